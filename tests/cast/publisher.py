"""Publishing as a process of its own, that can be killed: ``python -m tests.cast.publisher``.

``members DATA N`` fills a mall with members; ``publish DATA FILE [STEP]`` publishes, and kills itself
as with ``kill -9`` before STEP, or after the commit if STEP is ``end``. Both print one JSON object.
"""

import json
import os
import resource
import signal
import sys
import time
from pathlib import Path
from typing import NoReturn

AT_ONCE = 500
NOTICE = "0" * 64
STEPS = (
    "register.lock",
    "register.keep",
    "posting.post",
    "campaigns.open_for_all",
    "log.record",
    "end",
)
"""Where the process can be killed, in the order in which it comes by."""


def members(count: int) -> dict[str, float]:
    """``count`` members with their receipts, sealed by the gate itself."""
    from yaksok.database.roles import keeper
    from yaksok.journeys import publish
    from yaksok.kernel.actor import Actor

    publish.found(Actor.system("publisher"))
    began = time.monotonic()
    for start in range(0, count, AT_ONCE):
        with keeper():
            for number in range(start, min(start + AT_ONCE, count)):
                _member(number)
    return {"members": count, "seconds": time.monotonic() - began}


def _member(number: int) -> None:
    from yaksok.kernel.actor import Actor
    from yaksok.kernel.ids import new_subject_id
    from yaksok.policy.in_force import policy
    from yaksok.policy.vocabulary import AgeClass, Item, Language, Purpose, RecordKind
    from yaksok.privacy.consent import ledger
    from yaksok.privacy.vault import gate

    subject = new_subject_id()
    receipt = ledger.receive(
        subject,
        given={"terms": True},
        notice=NOTICE,
        policy_version=policy().version,
        language=Language.KOREAN,
        age=AgeClass.ADULT,
    )
    gate.seal(
        subject,
        RecordKind.MEMBERSHIP,
        {
            Item.LOGIN_ID: f"crowd{number}",
            Item.EMAIL: f"crowd{number}@mail.example",
            Item.AGE_CLASS: AgeClass.ADULT.value,
        },
        purpose=Purpose.MEMBER_SERVICE,
        actor=Actor.visitor(),
        receipt=receipt,
    )


def publish(file: Path, step: str) -> dict[str, float]:
    """Publish ``file`` as the version after the first; die before ``step``."""
    from yaksok.journeys import publish as publishing
    from yaksok.kernel.actor import Actor

    if step and step != "end":
        module, name = step.split(".")
        setattr(getattr(publishing, module), name, _die)
    before = _peak()
    began = time.monotonic()
    done = publishing.publish(
        file.read_text("utf-8"), base=1, actor=Actor.system("publisher"), file=file.name
    )
    seconds = time.monotonic() - began
    if step == "end":
        _die()
    return {
        "asked": done.asked,
        "seconds": seconds,
        "peak_mib": _peak(),
        "before_mib": before,
    }


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _die(*_: object, **__: object) -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def main() -> None:
    """The command."""
    act, data, what, *step = sys.argv[1:]
    os.environ["YAKSOK_DATA"] = data
    os.environ["DJANGO_SETTINGS_MODULE"] = "yaksok.settings.main"
    from yaksok.cli.reach import open_books

    with open_books(Path(data)):
        done = members(int(what)) if act == "members" else publish(Path(what), "".join(step))
    print(json.dumps(done))


if __name__ == "__main__":
    main()
