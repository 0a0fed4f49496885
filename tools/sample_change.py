"""Publishes a change of the policy in a demo mall, so that its members are asked something.

``python -m tools.sample_change --data DIR`` announces it for 40 days from now and prints its number.
For pictures and for walks through the pages; no shop needs it.
"""

import argparse
import datetime
import sys
from pathlib import Path

from yaksok.cli.main import settle
from yaksok.cli.reach import open_books

DAYS = 40
PROFILE = 'profile = "lawful_kr"\n'
PURPOSES = 'purposes = ["member_service", '
GRANT = '  { roles = ["member"], actions = ["erase"], purposes = ["rights"], own = true },\n'
NEW_GRANT = (
    '  { roles = ["system"], actions = ["open"], purposes = ["delivery", "payment"],'
    ' items = ["email"] },\n'
)
SAYS = (
    'changes = { ko = "배송이 늦어지거나 결제가 끝나지 않았을 때 회원 정보의 이메일로도 알려 드립니다.",'
    ' en = "We also write to the e-mail of your membership when a delivery is late or a payment did'
    ' not end." }\n'
)


def document(day: datetime.date) -> str:
    """The packaged document as it would be from ``day`` on."""
    from yaksok.policy.in_force import packaged

    text = packaged().read_text("utf-8")
    dates = [line for line in text.splitlines() if line.startswith(("version =", "effective ="))]
    replaced = (
        (dates[0], f'version = "{day}"'),
        (dates[1], f"effective = {day}"),
        (PROFILE, SAYS + PROFILE),
        (PURPOSES, f'{PURPOSES}"delivery", "payment", '),
        (GRANT, GRANT + NEW_GRANT),
    )
    for before, after in replaced:
        if before not in text:
            msg = f"the packaged document has no {before!r}"
            raise SystemExit(msg)
        text = text.replace(before, after, 1)
    return text


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the mall's data directory")
    root = settle(parser.parse_args().data)
    with open_books(root):
        from yaksok.journeys import publish
        from yaksok.kernel import clock
        from yaksok.kernel.actor import Actor

        mall = Actor.system("publish")
        day = clock.now().astimezone(clock.SEOUL).date() + datetime.timedelta(days=DAYS)
        done = publish.publish(document(day), base=publish.found(mall), actor=mall)
    sys.stdout.write(f"{done.number}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
