"""Fills an empty mall with the demo's goods and its clerk: ``python -m yaksok.cli.seed``.

Harmless to repeat: with goods on the shelves, it does nothing.
"""

import os
import sys

from rich.console import Console
from rich.progress import track

from yaksok.kernel.hardening import harden


def seed() -> int:
    """Bring the demo's goods in, unless there are goods. Returns how many products are new."""
    from dev.demo_goods import reading
    from yaksok.kernel import clock
    from yaksok.mall.catalogue.intake import intake, is_empty
    from yaksok.mall.catalogue.pictures import keep

    if not is_empty():
        return 0
    variants = sum(len(reading.SHARED["options"].get(one.options, [0])) for one in reading.words())
    console = Console(stderr=True)
    with intake() as goods:
        goods.shelves(reading.shelves())
        goods.items(
            track(
                reading.items(keep, clock.now()),
                description="demo goods",
                total=variants,
                console=console,
                transient=True,
                disable=not console.is_terminal,
            )
        )
        return goods.finish().products_new


def main() -> int:
    """Set Django up, seed, say how many."""
    harden()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yaksok.settings.main")
    import django

    django.setup()
    number = seed()
    sys.stderr.write(
        f"demo goods: {number} products\n"
        if number
        else "demo goods: the shelves are filled already\n"
    )
    from yaksok.journeys import staff_door

    staff_door.demo()
    return 0


if __name__ == "__main__":
    sys.exit(main())
