"""The guard's table names nobody."""

from yaksok.kernel.holdings import Impersonal

HOLDINGS = (
    Impersonal(
        "guard_tally",
        "시도한 것의 열쇠 해시와 횟수뿐이며, 몇 분의 창이 지나면 없어짐"
        " / a keyed hash of what was attempted and a count; dies after its window of minutes",
    ),
)
