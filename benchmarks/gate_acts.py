"""The five acts of the gate, each in a transaction of its own that is on disk when it ends."""

from collections.abc import Callable
from functools import partial

from benchmarks.timing import Took, once
from yaksok.database.roles import keeper
from yaksok.kernel.actor import Actor
from yaksok.kernel.ids import RecordId, SubjectId, new_subject_id
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import AgeClass, Item, Language, Purpose, RecordKind
from yaksok.privacy.consent import ledger
from yaksok.privacy.vault import gate

ITEMS = {Item.NAME: "홍카나리", Item.PHONE: "010-0000-0000", Item.ADDRESS: "서울 종로구 약속로 1"}
KIND = RecordKind.ORDER_RECIPIENT
SYSTEM = Actor.system("benchmark")

HMAC = "HMAC-SHA256"
SEAL = "AES-GCM encrypt + wrap"
OPEN = "AES-GCM unwrap + decrypt"
FLOORS = {"seal": SEAL, "open": OPEN, "open_many": OPEN, "find": HMAC, "erase": OPEN}


def _told(subjects: list[SubjectId]) -> tuple[ledger.Receipt, ...]:
    answers = [ledger.Answer(one, {}, AgeClass.ADULT) for one in subjects]
    version = policy().version
    return ledger.receive_all(
        answers, notice="0" * 64, policy_version=version, language=Language.KOREAN
    )


def seal(subject: SubjectId, receipt: ledger.Receipt) -> RecordId:
    """Seal the three items of one recipient."""
    return gate.seal(
        subject, KIND, ITEMS, purpose=Purpose.ORDER, actor=Actor.guest(subject), receipt=receipt
    )


def handing_over(subject: SubjectId, record: RecordId) -> Callable[[], gate.Opened]:
    """What opens the three items for the courier."""
    return partial(
        gate.open_items,
        subject,
        ITEMS,
        kind=KIND,
        purpose=Purpose.DELIVERY,
        actor=SYSTEM,
        record=record,
        recipient="courier",
    )


def list_all(names: list[gate.Name]) -> object:
    """Open the three items of many at once."""
    return gate.open_many(
        names, ITEMS, kind=KIND, purpose=Purpose.DELIVERY, actor=SYSTEM, reason="pick_list"
    )


def seek(value: str) -> object:
    """Find a member by e-mail."""
    return gate.find(
        RecordKind.MEMBERSHIP,
        Item.EMAIL,
        value,
        purpose=Purpose.MEMBER_SERVICE,
        actor=Actor.visitor(),
    )


def erase(subject: SubjectId) -> object:
    """Erase everything of one recipient."""
    return gate.erase(subject, actor=SYSTEM, purpose=Purpose.DELIVERY, reason="period_over")


def kept(act: Callable[[], object]) -> None:
    """``act`` in a transaction of its own, on disk when it returns."""
    with keeper():
        act()


def a_round(people: int, emails: list[str]) -> dict[str, Took]:
    """Seal, open, list, seek and erase ``people`` persons; microseconds for one of them."""
    subjects = [new_subject_id() for _ in range(people)]
    with keeper():
        receipts = iter(_told(subjects))
    whose, opening, gone = (iter(subjects) for _ in range(3))
    records: list[RecordId] = []
    addresses = iter(emails)

    def seals() -> None:
        records.append(seal(next(whose), next(receipts)))

    took = {"seal": once(lambda: kept(seals), people)}
    ids = iter(records)
    took["open"] = once(lambda: kept(handing_over(next(opening), next(ids))), people)
    names = list(zip(subjects, records, strict=True))
    many = once(lambda: kept(lambda: list_all(names)), 1)
    took["open_many"] = Took(many.cpu / people, many.wall / people)
    took["find"] = once(lambda: kept(lambda: seek(next(addresses))), people)
    took["erase"] = once(lambda: kept(lambda: erase(next(gone))), people)
    return took


def members(people: int) -> list[str]:
    """Seal ``people`` members, and return the e-mails by which they can be found."""
    emails = [f"m{number}@mail.example" for number in range(people)]
    subjects = [new_subject_id() for _ in emails]
    with keeper():
        gate.seal_all(
            [
                gate.Sealing(
                    subject,
                    RecordKind.MEMBERSHIP,
                    {Item.LOGIN_ID: f"m{number}", Item.EMAIL: emails[number]},
                    receipt,
                )
                for number, (subject, receipt) in enumerate(
                    zip(subjects, _told(subjects), strict=True)
                )
            ],
            purpose=Purpose.MEMBER_SERVICE,
            actor=Actor.visitor(),
        )
    return emails
