"""The tables of figures: sums over at least as many persons as the policy says, and nobody's row."""

from yaksok.kernel.holdings import Impersonal

HOLDINGS = (
    Impersonal(
        "figures_table",
        "아무도 알아볼 수 없게 합친 수 / sums in which nobody can be recognised",
    ),
    Impersonal(
        "figures_release",
        "그 수를 무엇에 쓰려고 내보냈는지 / for what such sums were given out",
    ),
)
