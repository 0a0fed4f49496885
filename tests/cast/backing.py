"""A mall whose backups are tried: who is in it, what happens to them, what must come back.

``python -m tests.cast.backing PLAN`` does the steps of a plan in one process, on the mall that
``YAKSOK_DATA`` names, and writes what it saw as one JSON object. Nothing in it is about a real person.
"""

import json
import secrets
import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

Json = dict[str, Any]
BATCH = 500


def play(data_root: Path, steps: list[list[Any]]) -> Json:
    """Do ``steps``, each a name and its arguments, and return what they saw."""
    from yaksok.cli.reach import reached_database
    from yaksok.database.layout import DataDirectory
    from yaksok.database.prepare import prepare

    data = DataDirectory(data_root)
    data.create()
    with reached_database(data_root):
        from yaksok.database.address import make_passwords

        make_passwords(data)
        prepare(data)
        import django

        django.setup()
        seen: Json = {"seconds": {}}
        for number, (name, *arguments) in enumerate(steps):
            began = time.monotonic()
            STEPS[name](data, seen, *arguments)
            seen["seconds"][f"{number} {name}"] = round(time.monotonic() - began, 2)
        from django.db import connections

        connections.close_all()
    return seen


def members(_: Any, seen: Json, number: int) -> None:
    """So many members, straight through the gate; the cast's sign-up is too slow for thousands."""
    from yaksok.database.roles import keeper
    from yaksok.kernel.actor import Actor
    from yaksok.kernel.ids import new_subject_id
    from yaksok.policy.vocabulary import AgeClass, Item, Language, Purpose, RecordKind
    from yaksok.privacy.consent import ledger
    from yaksok.privacy.vault import gate

    people = seen.setdefault("people", {})
    for start in range(0, number, BATCH):
        ids = [new_subject_id() for _ in range(min(BATCH, number - start))]
        values = {
            one: {
                Item.LOGIN_ID: f"m{secrets.token_hex(8)}",
                Item.EMAIL: f"{secrets.token_hex(8)}@mail.example",
                Item.NAME: f"한{secrets.token_hex(4)}",
            }
            for one in ids
        }
        with keeper():
            receipts = ledger.receive_all(
                [ledger.Answer(one, {"prefill": True}, AgeClass.ADULT) for one in ids],
                notice="0" * 64,
                policy_version="2026-11-24",
                language=Language.KOREAN,
            )
            gate.seal_all(
                [
                    gate.Sealing(one, RecordKind.MEMBERSHIP, values[one], receipt)
                    for one, receipt in zip(ids, receipts, strict=True)
                ],
                purpose=Purpose.MEMBER_SERVICE,
                actor=Actor.visitor(),
            )
        people |= {str(one): {item.value: v for item, v in values[one].items()} for one in ids}


def signed_up(_: Any, seen: Json, number: int) -> None:
    """Members who signed up as people do, with a password."""
    from tests.cast.people import member

    for _ in range(number):
        one = member()
        seen.setdefault("signed_up", {})[str(one.subject)] = [
            one.person.login_id,
            one.person.password,
        ]


def orders(_: Any, seen: Json, number: int) -> None:
    """Guests' orders, paid."""
    from tests.cast.orders import ordered

    for _ in range(number):
        one = ordered()
        held = {"name": one.recipient.name, "address": one.recipient.address}
        seen.setdefault("orders", {})[str(one.now().recipient)] = held


def erase(_: Any, seen: Json, number: int, since: str = "erased") -> None:
    """So many members go, as they asked; ``since`` is under which name they are remembered."""
    from yaksok.database.roles import keeper
    from yaksok.kernel.actor import Actor
    from yaksok.kernel.ids import SubjectId
    from yaksok.policy.vocabulary import Purpose
    from yaksok.privacy.vault import gate

    for one in list(seen["people"])[:number]:
        subject = SubjectId(UUID(one))
        with keeper():
            gate.erase(subject, actor=Actor.member(subject), purpose=Purpose.RIGHTS, reason="left")
        seen.setdefault(since, {})[one] = seen["people"].pop(one)


def leave(_: Any, seen: Json) -> None:
    """One who signed up leaves the mall as people do."""
    from yaksok.journeys import leave as leaving
    from yaksok.kernel.actor import Actor
    from yaksok.kernel.ids import SubjectId
    from yaksok.policy.vocabulary import Language

    one, (login, password) = next(iter(seen["signed_up"].items()))
    leaving.confirm(Actor.member(SubjectId(UUID(one))), password, language=Language.KOREAN)
    del seen["signed_up"][one]
    seen.setdefault("left", {})[one] = [login, password]


def amend(_: Any, seen: Json, number: int) -> None:
    """The last members correct their name; their records get new keys."""
    from yaksok.database.roles import keeper
    from yaksok.kernel.actor import Actor
    from yaksok.kernel.ids import SubjectId
    from yaksok.policy.vocabulary import Item, Purpose, RecordKind
    from yaksok.privacy.vault import gate

    for one in list(seen["people"])[-number:]:
        subject, name = SubjectId(UUID(one)), f"김{secrets.token_hex(4)}"
        with keeper():
            gate.amend(
                subject,
                RecordKind.MEMBERSHIP,
                {Item.NAME: name},
                purpose=Purpose.RIGHTS,
                actor=Actor.member(subject),
            )
        seen["people"][one]["name"] = name


def withdraw(_: Any, seen: Json) -> None:
    """The last member but one takes the name back."""
    from yaksok.database.roles import keeper
    from yaksok.kernel.actor import Actor
    from yaksok.kernel.ids import SubjectId
    from yaksok.policy.vocabulary import Item, Purpose, RecordKind
    from yaksok.privacy.vault import gate

    one = list(seen["people"])[-2]
    subject = SubjectId(UUID(one))
    with keeper():
        gate.amend(
            subject,
            RecordKind.MEMBERSHIP,
            {},
            purpose=Purpose.RIGHTS,
            actor=Actor.member(subject),
            without=[Item.NAME],
        )
    del seen["people"][one]["name"]


def close(_: Any, seen: Json) -> None:
    """The epoch is over."""
    from yaksok.privacy.vault import closing

    seen["epoch"] = closing.close().epoch + 1


def close_rehearsed(_: Any, seen: Json) -> None:
    """The epoch is over, and a backup of the new keys must be tried first."""
    from yaksok.journeys import forget
    from yaksok.privacy.vault import rehearsed

    seen["epoch"] = forget.close_epoch().epoch + 1
    last = rehearsed.last()
    seen["rehearsed"] = [last.epoch, last.records] if last else []


def close_backed_up_meanwhile(data: Any, seen: Json, place: str) -> None:
    """The epoch is over, and somebody backs up and rehearses when the survivors have just moved."""
    from yaksok.journeys import backups, forget, rehearsing
    from yaksok.privacy.vault import closing

    def watch(progress: closing.Progress) -> None:
        if progress.point is closing.Point.ALL_COPIED:
            backups.write(data, Path(place))
            rehearsing.rehearse(data, Path(place))

    seen["epoch"] = forget.close_epoch(watch).epoch + 1


def close_in_vain(_: Any, seen: Json) -> None:
    """The epoch is over, and no backup of the new keys can be tried."""
    from yaksok.journeys import forget, rehearsing

    try:
        forget.close_epoch()
    except rehearsing.NotRehearsed as error:
        seen.setdefault("refused", []).append(str(error))


def moment(_: Any, seen: Json) -> None:
    """A moment to go back to: later than every commit before, and earlier than all after."""
    seen["moment"] = datetime.now(UTC).isoformat()


def back_up(data: Any, seen: Json, place: str, kind: str = "all") -> None:
    """Write a backup, as the command does."""
    from yaksok.journeys import backups

    folders = backups.write(data, Path(place), keys_only=kind == "keys")
    seen["bytes"] = {one.kind: one.size for one in folders}


def newcomers(_: Any, seen: Json, number: int) -> None:
    """Members who come after the data was copied."""
    mine: Json = {}
    members(_, mine, number)
    seen.setdefault("newcomers", {}).update(mine["people"])


def expected(_: Any, seen: Json, path: str) -> None:
    """Go on with what another process saw."""
    seen.update(json.loads(Path(path).read_text("utf-8")))


def check(_: Any, seen: Json) -> None:
    """Open everybody who lives, and try everybody who does not; counts what was right."""
    from yaksok.database.roles import keeper

    good = wrong = 0
    for one, values in seen["people"].items():
        with keeper():
            right = _open(one, values) and _found(values["login_id"]) == one
        good, wrong = good + right, wrong + (not right)
    opened = sum(_lives(one) for one in (*seen.get("erased", ()), *seen.get("erased_late", ())))
    found = sum(
        _finds(values["login_id"])
        for values in (*seen.get("erased", {}).values(), *seen.get("erased_late", {}).values())
    )
    came = sum(_lives(one) for one in seen.get("newcomers", ()))
    seen["checked"] = {
        "good": good,
        "wrong": wrong,
        "erased_living": opened,
        "erased_found": found,
        "newcomers_living": came,
        "orders": sum(_order_is(one, values) for one, values in seen.get("orders", {}).items()),
    }


def _open(one: str, values: Mapping[str, str]) -> bool:
    from yaksok.kernel.actor import Actor
    from yaksok.kernel.ids import SubjectId
    from yaksok.policy.vocabulary import Item, Purpose, RecordKind
    from yaksok.privacy.vault import gate

    subject = SubjectId(UUID(one))
    found = gate.open_items(
        subject,
        [Item.LOGIN_ID, Item.EMAIL, Item.NAME],
        kind=RecordKind.MEMBERSHIP,
        purpose=Purpose.RIGHTS,
        actor=Actor.member(subject),
    )
    return {item.value: value.reveal() for item, value in found.items()} == dict(values)


def _order_is(one: str, values: Mapping[str, str]) -> bool:
    from yaksok.database.roles import keeper
    from yaksok.kernel.ids import SubjectId
    from yaksok.privacy.vault import epochs, records, store

    with keeper():
        (row,) = store.of_subject(epochs.root().tenant, SubjectId(UUID(one)), None)
        items = records.unseal(row.record, epochs.current().kek).items
    return all(items[name] == value for name, value in values.items())


def _lives(one: str) -> bool:
    from yaksok.database.roles import keeper
    from yaksok.kernel.ids import SubjectId
    from yaksok.privacy.vault import gate

    with keeper():
        return bool(gate.holdings(SubjectId(UUID(one))))


def _found(login: str) -> str:
    from yaksok.kernel.actor import Actor
    from yaksok.policy.vocabulary import Item, Purpose, RecordKind
    from yaksok.privacy.vault import gate

    found = gate.find(
        RecordKind.MEMBERSHIP,
        Item.LOGIN_ID,
        login,
        purpose=Purpose.MEMBER_SERVICE,
        actor=Actor.visitor(),
    )
    return str(found[0]) if found else ""


def _finds(login: str) -> bool:
    from yaksok.database.roles import keeper

    with keeper():
        return bool(_found(login))


def again(_: Any, seen: Json) -> None:
    """Whoever was erased comes back with the id they had."""
    from dataclasses import replace

    from tests.cast.people import person, signs_up

    for login, password in seen["left"].values():
        who = replace(person(), login_id=login, password=password)
        seen.setdefault("came_again", []).append(str(signs_up(who)))


def log_in_all(_: Any, seen: Json) -> None:
    """Whoever signed up logs in; whoever left cannot."""
    from tests.cast.people import ADDRESS_KEY
    from yaksok.journeys import log_in
    from yaksok.kernel.errors import YaksokError
    from yaksok.policy.vocabulary import Language

    def works(login: str, password: str) -> bool:
        try:
            log_in.log_in(login, password, language=Language.KOREAN, address_key=ADDRESS_KEY)
        except YaksokError:
            return False
        return True

    seen["logged_in"] = sum(works(*one) for one in seen["signed_up"].values())
    seen["left_logged_in"] = sum(works(*one) for one in seen["left"].values())


STEPS: Mapping[str, Callable[..., None]] = {
    one.__name__: one
    for one in (
        *(again, amend, back_up, check, close, close_backed_up_meanwhile, close_in_vain),
        *(close_rehearsed, erase, expected, leave, log_in_all),
        *(members, moment, newcomers, orders, signed_up, withdraw),
    )
}


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yaksok.settings.main")
    told = json.loads(sys.argv[1])
    sys.stdout.write(json.dumps(play(Path(os.environ["YAKSOK_DATA"]), told)))
