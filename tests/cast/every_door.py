"""Try every door of the gate for one subject: ``python -m tests.cast.every_door SUBJECT``.

Run inside a mall's environment (``YAKSOK_DATA``). Prints one JSON object: how many requests were
made, and which of them opened anything.
"""

import itertools
import json
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from yaksok.kernel.actor import Actor
    from yaksok.policy.vocabulary import Item, Purpose, RecordKind

    Ask = tuple[Actor, RecordKind, Purpose, Item, str | None]


def ask_all(subject: UUID) -> dict[str, object]:
    """Every role, kind and purpose, with every item of the kind alone; and for the courier."""
    from yaksok.database.roles import keeper
    from yaksok.kernel.errors import YaksokError
    from yaksok.kernel.ids import SubjectId
    from yaksok.privacy.vault import gate

    asked = 0
    opened: list[list[str | None]] = []
    person = SubjectId(subject)
    for actor, kind, purpose, item, recipient in _requests(person):
        asked += 1
        try:
            with keeper():
                values = gate.open_items(
                    person, [item], kind=kind, purpose=purpose, actor=actor, recipient=recipient
                )
        except YaksokError:
            continue
        if values:
            opened.append([actor.role, kind, purpose, item, recipient])
    with keeper():
        held = sorted(held.kind for held in gate.holdings(person))
    return {"asked": asked, "opened": opened, "held": held}


def _requests(person: UUID) -> "Iterator[Ask]":
    from yaksok.kernel.actor import Actor, Role
    from yaksok.kernel.ids import SubjectId
    from yaksok.policy.in_force import policy
    from yaksok.policy.vocabulary import Purpose

    actors = [Actor(role, SubjectId(person), trained=True, job="test") for role in Role]
    for kind, items in policy().items.items():
        yield from itertools.product(actors, [kind], Purpose, sorted(items), [None])
        yield from itertools.product(actors, [kind], [Purpose.DELIVERY], sorted(items), ["courier"])


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yaksok.settings.main")
    import django

    django.setup()
    sys.stdout.write(json.dumps(ask_all(UUID(sys.argv[1]))))
