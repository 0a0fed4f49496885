"""A child makes an account once the guardian agreed: an ID, a password, a month of birth; no words of their own."""

from collections.abc import Mapping
from dataclasses import dataclass

from yaksok.database.roles import keeper, retrying
from yaksok.guard import throttle
from yaksok.journeys import guardianship
from yaksok.journeys.guardian_answer import CONSENT
from yaksok.journeys.sign_up import ID_TAKEN, TAKEN_LIMIT, TAKEN_SECONDS
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Invalid, NotFound
from yaksok.kernel.ids import SubjectId, new_subject_id
from yaksok.mall.accounts import credentials
from yaksok.mall.accounts.verifiers import verifier_of
from yaksok.policy import fields, forms
from yaksok.policy.in_force import policy
from yaksok.policy.notice import NOTICE_CHANGED, Notice, notice
from yaksok.policy.vocabulary import AgeClass, FormName, Item, Language, Purpose, RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.consent import ledger
from yaksok.privacy.consent import wards as standing
from yaksok.privacy.guardians import asking, keys, of_age, wards
from yaksok.privacy.guardians.asking import Asking
from yaksok.privacy.vault import gate

VISITOR = Actor.visitor()
ALSO = frozenset({"key", "notice"})
FORM = FormName.CHILD_ACCOUNT


@dataclass(frozen=True, slots=True)
class Account:
    """What the page shows: the form, its notice, and the months of birth to choose from."""

    form: forms.Form
    notice: Notice
    months: tuple[str, ...]


def begin(key: str, language: Language) -> Account:
    """The form for the child who holds ``key``.

    Raises:
        NotFound: there is no such key, the guardian did not agree (yet), or there is an account.
    """
    with keeper():
        _agreed(key)
    months = of_age.months_of_children(clock.now(), policy().document.body.children.age)
    return Account(forms.form(policy(), FORM), notice(policy(), FORM, language), months)


def finish(
    key: str, posted: Mapping[str, str], *, notice: str, language: Language, address_key: str = ""
) -> SubjectId:
    """The subject id of a child who is a member now, by the consent of their guardian.

    The key is used up. Nothing that a child can write freely is taken: no name, no address, no word.

    Raises:
        Undeclared: a field that the policy does not declare.
        Invalid: what the child can do, by field.
        NotFound: like :func:`begin`.
        Throttled: too many taken IDs.

    Records:
        Event.CONSENT_NOTICE_RECEIVED and the vault's Event.VAULT_RECORD_SEALED.

    Source:
        P9.2, PIPA 22-2(1).
    """
    shown = begin(key, language)
    values = forms.read(shown.form, posted, language, also=ALSO)
    if notice != shown.notice.hash:
        raise Invalid({"": NOTICE_CHANGED.in_(language)})
    if values[Item.BIRTH_MONTH] not in shown.months:
        raise Invalid({Item.BIRTH_MONTH.value: fields.BIRTH_MONTH.in_(language)})
    try:
        return _make(key, shown, values, verifier_of(values[Item.PASSWORD]), language)
    except gate.AlreadyHeld:
        throttle.spend("sign_up:taken", address_key, limit=TAKEN_LIMIT, seconds=TAKEN_SECONDS)
        raise Invalid({Item.LOGIN_ID.value: ID_TAKEN.in_(language)}) from None


@retrying
def _make(
    key: str, shown: Account, values: Mapping[str, str], verifier: str, language: Language
) -> SubjectId:
    with keeper():
        shown.notice.must_be_of(policy(), language)
        asked = guardianship.known(_agreed(key).guardian)
        if keys.spend(keys.Use.CHILD, key) != asked.guardian:
            raise NotFound(guardianship.GONE)
        child = new_subject_id()
        receipt = ledger.receive(
            child,
            given={CONSENT: True},
            notice=shown.notice.hash,
            policy_version=shown.notice.version,
            language=language,
            age=AgeClass.CHILD,
        )
        standing.entrust(child, asked.guardian)
        gate.seal(
            child,
            RecordKind.MEMBERSHIP,
            {Item.LOGIN_ID: values[Item.LOGIN_ID], Item.AGE_CLASS: AgeClass.CHILD.value},
            purpose=Purpose.MEMBER_SERVICE,
            actor=VISITOR,
            receipt=receipt,
        )
        gate.seal(
            child,
            RecordKind.CHILDHOOD,
            {Item.BIRTH_MONTH: values[Item.BIRTH_MONTH]},
            purpose=Purpose.GUARDIAN_CONSENT,
            actor=VISITOR,
            receipt=receipt,
        )
        credentials.keep(child, verifier)
        wards.add(child, asked.guardian, looked_in=of_age.month_of(clock.now()))
        gate.set_end(asked.guardian, asked.record, None)
        asking.settle(asked.guardian)
        log.record(
            Event.CONSENT_NOTICE_RECEIVED,
            actor=VISITOR,
            trail=gate.trail_of(child),
            kinds=[RecordKind.MEMBERSHIP, RecordKind.CHILDHOOD],
            promise="P9.2",
        )
    return child


def _agreed(key: str) -> Asking:
    guardian = keys.owner(keys.Use.CHILD, key)
    asked = asking.of(guardian) if guardian else None
    if asked is None or not asked.confirmed or wards.of_guardian(asked.guardian) is not None:
        raise NotFound(guardianship.GONE)
    return asked
