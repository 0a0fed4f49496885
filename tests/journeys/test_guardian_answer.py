"""Only the guardian answers: each lawful way, and everybody else who might try."""

import re
import threading
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.db import connection

from tests.cast import children, people
from tests.cast.children import KO, agrees, asks, secret
from tests.cast.sandboxes import Sandbox
from yaksok.database.roles import keeper
from yaksok.journeys import guardian_answer, guardian_asked, guardian_paper, tell
from yaksok.journeys.guardian_asked import State
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import Busy, Invalid, NotFound, Refused, Throttled
from yaksok.kernel.ids import SubjectId
from yaksok.policy.law.tables import guardian_methods
from yaksok.policy.vocabulary import AgeClass, Channel, Item, Purpose, RecordKind
from yaksok.privacy.consent import ledger
from yaksok.privacy.guardians import asking, keys
from yaksok.privacy.guardians.methods.choice import VERIFIERS
from yaksok.privacy.guardians.methods.method import LAW, Method
from yaksok.privacy.guardians.models import Asking, Key
from yaksok.privacy.post import tokens
from yaksok.privacy.post.letters import Template
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db


def the_guardian() -> SubjectId:
    with keeper():
        return SubjectId(
            Asking.objects.order_by("-asked_at").values_list("subject_id", flat=True)[0]
        )


def evidence() -> str:
    """What is sealed about the proof, read by the guardian themself."""
    guardian = the_guardian()
    with keeper():
        opened = gate.open_items(
            guardian,
            [Item.GUARDIAN_EVIDENCE],
            kind=RecordKind.GUARDIAN,
            purpose=Purpose.RIGHTS,
            actor=Actor.guardian(guardian),
        )
    return opened[Item.GUARDIAN_EVIDENCE].reveal()


def test_every_lawful_way_has_its_article_and_its_port() -> None:
    assert VERIFIERS.keys() == LAW.keys() == set(Method)
    assert set(LAW.values()) == guardian_methods(datetime(2026, 11, 24, tzinfo=UTC).date()).keys()
    for method, verifier in VERIFIERS.items():
        assert verifier.method is method


def test_link_code_and_name_of_the_letter_agree(mail_sandbox: Sandbox) -> None:
    who = people.guardian()
    waiting = asks(who)
    tell.send_due()
    letter = mail_sandbox.call("GET", "/sandbox/letters")[1][0]
    token, code = children.link_and_code(letter["text"])
    assert who.name not in letter["subject"] + letter["text"]
    assert agrees(who, token, code=code.lower().replace("-", " ")) == ""
    assert guardian_asked.state(waiting.key) is State.AGREED
    assert re.fullmatch(r"email_reply \S+ [0-9a-f]{16}", evidence())
    with keeper():
        facts = ledger.standing(the_guardian())
    assert facts.age is AgeClass.ADULT
    assert guardian_answer.CONSENT in facts.consents
    (said,) = children.letters(Template.GUARDIAN_CONFIRMED)
    assert said.context["number"]


def test_a_forwarded_link_is_not_enough() -> None:
    who = people.guardian()
    waiting = asks(who)
    for code in ("", "0000-0000", tokens.code_of("x" * 43)):
        with pytest.raises(Invalid) as wrong:
            agrees(who, code=code)
        assert wrong.value.problems.keys() == {"code"}
    assert guardian_asked.state(waiting.key) is State.WAITING


def test_the_wrong_person_who_got_the_letter_does_not_know_the_name() -> None:
    waiting = asks(people.guardian())
    with pytest.raises(Invalid) as wrong:
        agrees(people.stranger().person)
    assert wrong.value.problems.keys() == {"name"}
    assert guardian_asked.state(waiting.key) is State.WAITING
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT reason FROM audit_entry WHERE event = 'guardian:answer:refused'")
        assert cursor.fetchall() == [("name",)]


def test_a_code_cannot_be_tried_without_end() -> None:
    who = people.guardian()
    asks(who)
    token = secret(Template.GUARDIAN_ASKED)
    for _ in range(5):
        with pytest.raises(Invalid):
            agrees(who, token, code="0000-0000")
    with pytest.raises(Throttled):
        agrees(who, token)


@pytest.mark.parametrize("token", ["", "x" * 43, "가" * 43, "x" * 5000])
def test_a_guessed_link_leads_nowhere(token: str) -> None:
    asks(people.guardian())
    with pytest.raises(NotFound):
        guardian_answer.question(token, KO)
    with pytest.raises(NotFound):
        guardian_answer.agree(token, {}, language=KO)
    with pytest.raises(NotFound):
        guardian_answer.refuse(token)


def test_a_link_of_another_letter_answers_for_nobody_else() -> None:
    first, second = people.guardian(), people.guardian()
    asks(first)
    token = secret(Template.GUARDIAN_ASKED)
    waiting = asks(second)
    with pytest.raises(Invalid):
        agrees(second, token)
    with pytest.raises(Invalid):
        agrees(second, token, code=tokens.code_of(secret(Template.GUARDIAN_ASKED)))
    assert guardian_asked.state(waiting.key) is State.WAITING


def test_a_link_is_used_once() -> None:
    who = people.guardian()
    asks(who)
    token = secret(Template.GUARDIAN_ASKED)
    guardian_answer.question(token, KO)
    guardian_answer.question(token, KO)  # a program that looks into mail opened it before
    agrees(who, token)
    with pytest.raises(NotFound):
        agrees(who, token)
    with pytest.raises(NotFound):
        guardian_answer.refuse(token)


def test_a_link_is_over_with_the_time_to_answer(standing_clock: FixedClock) -> None:
    who = people.guardian()
    waiting = asks(who)
    token = secret(Template.GUARDIAN_ASKED)
    standing_clock.move_to(waiting.until - timedelta(seconds=1))
    guardian_answer.question(token, KO)
    standing_clock.move_to(waiting.until)
    for act in (
        lambda: guardian_answer.question(token, KO),
        lambda: agrees(who, token),
        lambda: guardian_answer.refuse(token),
    ):
        with pytest.raises(NotFound):
            act()


@pytest.mark.parametrize("stranger", [False, True])
def test_a_no_destroys_what_was_kept_at_once(*, stranger: bool) -> None:
    waiting = asks(people.guardian())
    guardian = the_guardian()
    guardian_answer.refuse(secret(Template.GUARDIAN_ASKED), stranger=stranger)
    assert guardian_asked.state(waiting.key) is State.GONE
    with keeper():
        assert gate.holdings(guardian) == ()
        assert asking.of(guardian) is None
        assert ledger.standing(guardian) == ledger.UNKNOWN


def test_silence_and_other_words_are_no_yes() -> None:
    who = people.guardian()
    asks(who)
    for other, field in (
        ({"agree": ""}, "agree"),
        ({"notice": "0" * 64}, ""),
        ({"method": ""}, "method"),
        ({"method": "telepathy"}, "method"),
    ):
        with pytest.raises(Invalid) as wrong:
            agrees(who, **other)
        assert wrong.value.problems.keys() == {field}


def test_by_text_message_where_the_child_gave_a_telephone() -> None:
    who = people.guardian()
    waiting = asks(who, guardian_email="", guardian_phone=who.phone)
    (letter,) = children.letters(Template.GUARDIAN_ASKED)
    assert letter.channel == Channel.SMS
    agrees(who, method="sms")
    assert guardian_asked.state(waiting.key) is State.AGREED
    (said,) = children.letters(Template.GUARDIAN_CONFIRMED)
    assert said.channel == Channel.SMS


def at_the_window(sandbox: Sandbox, url: str, choice: str = "done", **typed: str) -> str:
    """What the guardian does in the provider's window; returns the reference they come back with."""
    parts = urlsplit(url)
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    assert sandbox.call("GET", f"{parts.path}?{parts.query}")[0] == 200
    body = urlencode({**asked, "choice": choice, **typed})
    status, _, headers = sandbox.call("POST", parts.path, body)
    assert status == 303
    back = parse_qs(urlsplit(headers["location"]).query)
    return (back.get("identityVerificationId") or back["paymentId"])[0]


def window(who: people.Person, method: str) -> str:
    url = agrees(who, method=method, code="")
    assert who.name not in url
    assert who.phone.replace("-", "") not in url
    return url


@pytest.mark.parametrize("method", ["phone_identity", "equivalent"])
def test_identified_at_a_provider(identity_sandbox: Sandbox, method: str) -> None:
    who = people.guardian()
    waiting = asks(who, guardian_phone=who.phone)
    phone = who.phone.replace("-", "")
    reference = at_the_window(
        identity_sandbox, window(who, method), name=who.name, birth="1985-06-01", phone=phone
    )
    guardian_answer.came_back(reference, language=KO)
    assert guardian_asked.state(waiting.key) is State.AGREED
    assert evidence().startswith(f"{method} ")
    assert " tx_" in evidence()
    assert phone not in evidence()
    with pytest.raises(NotFound):
        guardian_answer.came_back(reference, language=KO)


@pytest.mark.parametrize(
    ("typed", "choice"),
    [
        ({"name": "다른사람"}, "done"),
        ({"birth": "2012-01-01"}, "done"),
        ({"phone": "01099999999"}, "done"),
        ({}, "fail"),
    ],
)
def test_somebody_else_at_the_window_is_not_the_guardian(
    identity_sandbox: Sandbox, typed: dict[str, str], choice: str
) -> None:
    who = people.guardian()
    waiting = asks(who, guardian_phone=who.phone)
    right = {"name": who.name, "birth": "1985-06-01", "phone": who.phone.replace("-", "")}
    reference = at_the_window(
        identity_sandbox, window(who, "phone_identity"), choice, **{**right, **typed}
    )
    with pytest.raises(Invalid):
        guardian_answer.came_back(reference, language=KO)
    assert guardian_asked.state(waiting.key) is State.WAITING
    with pytest.raises(NotFound):  # the reference is spent, right or wrong
        guardian_answer.came_back(reference, language=KO)


def test_of_a_card_four_digits_are_kept_and_the_amount_goes_back(identity_sandbox: Sandbox) -> None:
    who = people.guardian()
    waiting = asks(who)
    reference = at_the_window(
        identity_sandbox, window(who, "card"), name=who.name, card="4330 1234 5678 9876"
    )
    guardian_answer.came_back(reference, language=KO)
    assert guardian_asked.state(waiting.key) is State.AGREED
    assert evidence().endswith(" ****9876")
    assert "433012" not in evidence()
    header = {"Authorization": "PortOne sandbox-secret"}
    status, paid, _ = identity_sandbox.call("GET", f"/payments/{reference}", **header)
    assert (status, paid["status"]) == (200, "CANCELLED")


def test_a_reference_that_was_guessed_or_is_too_old_leads_nowhere(
    identity_sandbox: Sandbox,
) -> None:
    who = people.guardian()
    asks(who)
    window(who, "card")
    for reference in ("", "card-", "sms-" + "x" * 43, "card-" + "x" * 43, "card-" + "x" * 900):
        with pytest.raises(NotFound):
            guardian_answer.came_back(reference, language=KO)


def test_a_provider_that_is_down_decides_nothing(identity_sandbox: Sandbox) -> None:
    who = people.guardian()
    waiting = asks(who)
    reference = at_the_window(
        identity_sandbox, window(who, "equivalent"), name=who.name, birth="1985-06-01", phone="0"
    )
    identity_sandbox.faults(down=True)
    with pytest.raises(Busy):
        guardian_answer.came_back(reference, language=KO)
    identity_sandbox.healthy()
    guardian_answer.came_back(reference, language=KO)
    assert guardian_asked.state(waiting.key) is State.AGREED


def test_an_answer_that_the_provider_did_not_sign_is_not_believed(
    identity_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = people.guardian()
    waiting = asks(who)
    reference = at_the_window(
        identity_sandbox, window(who, "equivalent"), name=who.name, birth="1985-06-01", phone="0"
    )
    late = clock.now() + timedelta(minutes=6)
    with clock.fixed(late), pytest.raises(Invalid):  # a recorded answer is of no use later
        guardian_answer.came_back(reference, language=KO)
    assert guardian_asked.state(waiting.key) is State.WAITING
    again = at_the_window(
        identity_sandbox, window(who, "equivalent"), name=who.name, birth="1985-06-01", phone="0"
    )
    import hmac

    real = hmac.digest
    monkeypatch.setattr(
        "yaksok.privacy.guardians.methods.wire.hmac.digest",
        lambda key, said, kind: (
            real(key + b"x", said, kind) if b"verifiedCustomer" in said else real(key, said, kind)
        ),
    )
    with pytest.raises(Invalid):
        guardian_answer.came_back(again, language=KO)
    assert guardian_asked.state(waiting.key) is State.WAITING


def numbered() -> str:
    with keeper():
        return str(Asking.objects.order_by("-asked_at").values_list("number", flat=True)[0])


def test_a_signed_paper_is_taken_in_by_its_number() -> None:
    who, officer = people.guardian(), people.officer()
    waiting = asks(who)
    number = numbered()
    with pytest.raises(Invalid) as wrong:
        guardian_paper.take_in(
            number, "다른 사람", method="signed", actor=officer.actor, language=KO
        )
    assert wrong.value.problems.keys() == {"name"}
    typed = number.lower().replace("-", " ")
    guardian_paper.take_in(typed, who.name, method="signed", actor=officer.actor, language=KO)
    assert guardian_asked.state(waiting.key) is State.AGREED
    assert evidence().startswith("signed ")
    assert evidence().endswith(number)
    with pytest.raises(Invalid) as again:
        guardian_paper.take_in(number, who.name, method="signed", actor=officer.actor, language=KO)
    assert again.value.problems.keys() == {"number"}


def test_a_call_needs_the_code_of_the_letter() -> None:
    who, officer = people.guardian(), people.officer()
    waiting = asks(who, guardian_phone=who.phone)
    number, code = numbered(), tokens.code_of(secret(Template.GUARDIAN_ASKED))
    called = guardian_paper.whom_to_call(number, actor=officer.actor, language=KO)
    assert (called.name, called.phone) == (who.name, who.phone)
    for typed in ("", "0000-0000"):
        with pytest.raises(Invalid) as wrong:
            guardian_paper.take_in(
                number, who.name, method="call_back", code=typed, actor=officer.actor, language=KO
            )
        assert wrong.value.problems.keys() == {"code"}
    guardian_paper.take_in(
        number, who.name, method="call_back", code=code, actor=officer.actor, language=KO
    )
    assert guardian_asked.state(waiting.key) is State.AGREED


def test_a_code_of_another_letter_proves_no_call() -> None:
    officer, first, second = people.officer(), people.guardian(), people.guardian()
    asks(first)
    code = tokens.code_of(secret(Template.GUARDIAN_ASKED))
    asks(second)
    with pytest.raises(Invalid) as wrong:
        guardian_paper.take_in(
            numbered(), second.name, method="call_back", code=code, actor=officer.actor, language=KO
        )
    assert wrong.value.problems.keys() == {"code"}


def test_nobody_but_a_trained_officer_takes_a_paper_in() -> None:
    who = people.guardian()
    waiting = asks(who)
    number = numbered()
    for actor in (people.clerk().actor, people.newcomer().actor, people.auditor().actor):
        with pytest.raises(Refused):
            guardian_paper.take_in(number, who.name, method="signed", actor=actor, language=KO)
        with pytest.raises(Refused):
            guardian_paper.whom_to_call(number, actor=actor, language=KO)
    assert guardian_asked.state(waiting.key) is State.WAITING


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_counts() -> None:
    who = people.guardian()
    asks(who)
    token = secret(Template.GUARDIAN_ASKED)
    came: list[str] = []

    def answer() -> None:
        try:
            agrees(who, token)
            came.append("yes")
        except NotFound:
            came.append("no")
        finally:
            connection.close()

    both = [threading.Thread(target=answer) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(came) == ["no", "yes"]
    assert len(children.letters(Template.GUARDIAN_CONFIRMED)) == 1
    with keeper():
        assert Key.objects.filter(use=keys.Use.CODE).count() == 0
