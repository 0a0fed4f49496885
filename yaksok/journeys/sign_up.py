"""A person becomes a member: told first, 14 or older, and asked for no more than the policy says."""

from collections.abc import Mapping
from dataclasses import dataclass

from yaksok.database.roles import keeper, retrying
from yaksok.guard import throttle
from yaksok.journeys import ad_addresses, tell
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Invalid
from yaksok.kernel.ids import SubjectId, new_subject_id
from yaksok.mall.accounts import credentials
from yaksok.mall.accounts.verifiers import verifier_of
from yaksok.policy import forms
from yaksok.policy.entries import Text
from yaksok.policy.in_force import policy
from yaksok.policy.notice import NOTICE_CHANGED, Notice, notice
from yaksok.policy.vocabulary import AgeClass, FormName, Item, Language, Purpose, RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.consent import campaigns, ledger
from yaksok.privacy.guardians import age
from yaksok.privacy.guardians.notice import for_children
from yaksok.privacy.vault import gate

VISITOR = Actor.visitor()
ALSO = frozenset({"notice"})
"""Names on the form that carry nothing personal."""

TAKEN_LIMIT = 10
TAKEN_SECONDS = 3600
"""How often one address may meet a taken ID or e-mail in an hour. More would be asking around."""

ID_TAKEN = Text(
    ko="이미 쓰고 있는 아이디예요. 다른 아이디를 정해 주세요.",
    en="This ID is taken. Choose another one.",
)
CANNOT_JOIN = Text(
    ko="이 이메일로는 새로 가입할 수 없어요. 이미 회원이라면 로그인해 주세요. 아니라면 다른 이메일을 적어 주세요.",
    en="A new account cannot be opened with this e-mail address. If you are a member, log in;"
    " otherwise use another address.",
)


@dataclass(frozen=True, slots=True)
class SignUp:
    """What the sign-up page shows: the form, and the notice whose hash comes back with it."""

    form: forms.Form
    notice: Notice


def begin(language: Language) -> SignUp:
    """The form and the notice, both from the policy in force."""
    return SignUp(
        forms.form(policy(), FormName.SIGN_UP), notice(policy(), FormName.SIGN_UP, language)
    )


def under14(language: Language) -> tuple[str, ...]:
    """What a child is told, in a child's words. Takes nothing and stores nothing (P9.1)."""
    return for_children(language)


def sign_up(
    posted: Mapping[str, str], *, notice: str, language: Language, address_key: str = ""
) -> SubjectId:
    """The subject id of a new member.

    Stores nothing unless everything is right: the notice was shown before (P3.6), every field is
    declared (P1.5), the person attests to be 14 or older (P9.2).

    An ID that is taken is told, because another must be chosen. That an e-mail address belongs to
    a member is told only to somebody who typed it into this form, at most ten times an hour for one
    address (decision 0015).

    Arguments:
        notice: The hash of the notice that was shown beside the form.
        address_key: What tells clients apart for counting, such as the network address.

    Raises:
        Undeclared: a field that the policy does not declare.
        Invalid: what the person can do, by field.
        Throttled: too many taken IDs or addresses.

    Refuses:
        GuardianNeeded: the person is not known to be 14 or older.

    A letter of welcome goes into the outbox of the same transaction; by its link the person shows
    that the address is theirs.

    Records:
        Event.CONSENT_NOTICE_RECEIVED and the vault's Event.VAULT_RECORD_SEALED.
    """
    shown = begin(language)
    values = forms.read(shown.form, posted, language, also=ALSO)
    if notice != shown.notice.hash:
        raise Invalid({"": NOTICE_CHANGED.in_(language)})
    attests = next((box.name for box in shown.form.boxes if box.attests is Item.AGE_CLASS), "")
    age_class = age.attested(values, attests)
    age.must_be_adult(age_class)
    verifier = verifier_of(values[Item.PASSWORD.value])
    try:
        subject, taken = _join(shown, values, verifier, age_class, language)
    except gate.AlreadyHeld:  # somebody else was faster by a moment
        subject, taken = None, {"": CANNOT_JOIN}
    if subject is None:
        throttle.spend("sign_up:taken", address_key, limit=TAKEN_LIMIT, seconds=TAKEN_SECONDS)
        raise Invalid({field: text.in_(language) for field, text in taken.items()})
    return subject


@retrying
def _join(
    shown: SignUp,
    values: Mapping[str, str],
    verifier: str,
    age_class: AgeClass,
    language: Language,
) -> tuple[SubjectId | None, dict[str, Text]]:
    fields = shown.form.of(RecordKind.MEMBERSHIP)
    items = {item: values[name] for name, item in fields.items() if name in values}
    del items[Item.PASSWORD]
    with keeper():
        shown.notice.must_be_of(policy(), language)
        if taken := _taken(items):
            return None, taken
        subject = new_subject_id()
        receipt = ledger.receive(
            subject,
            given={box.name: box.name in values for box in shown.form.boxes},
            notice=shown.notice.hash,
            policy_version=shown.notice.version,
            language=language,
            age=age_class,
        )
        gate.seal(
            subject,
            RecordKind.MEMBERSHIP,
            {**items, Item.AGE_CLASS: age_class.value},
            purpose=Purpose.MEMBER_SERVICE,
            actor=VISITOR,
            receipt=receipt,
        )
        credentials.keep(subject, verifier)
        campaigns.ask_newcomer(subject)
        log.record(
            Event.CONSENT_NOTICE_RECEIVED,
            actor=VISITOR,
            trail=gate.trail_of(subject),
            kinds=[RecordKind.MEMBERSHIP],
            promise="P3.6",
        )
        ad_addresses.take_at_sign_up(receipt, items, actor=VISITOR)
        tell.welcome(subject, language=language)
    return subject, {}


def _taken(items: Mapping[Item, str]) -> dict[str, Text]:
    """What is held already. Both are sought, so that each answer takes the same work."""
    found = {
        item: gate.find(
            RecordKind.MEMBERSHIP,
            item,
            items[item],
            purpose=Purpose.MEMBER_SERVICE,
            actor=VISITOR,
        )
        for item in (Item.LOGIN_ID, Item.EMAIL)
        if item in items
    }
    if found.get(Item.LOGIN_ID):
        return {Item.LOGIN_ID.value: ID_TAKEN}
    return {"": CANNOT_JOIN} if found.get(Item.EMAIL) else {}
