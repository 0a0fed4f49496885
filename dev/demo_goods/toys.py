"""Toys: what is pulled, spun, flown, built up and held."""

from dev.demo_goods.ink import AMBER, INK, JADE, PAPER, VERMILION, Material, Sheet


def blocks(s: Sheet, m: Material, v: int) -> None:
    """Wooden blocks built up into a house or a gate."""
    c = (m.fill, JADE, VERMILION, AMBER, "#4b6283")
    s.box(-102, -72, 60, 72, c[v % 5], 4)
    s.box(42, -72, 60, 72, c[(v + 1) % 5], 4)
    s.box(-116, -104, 232, 32, c[0], 4)
    s.path("M-36 -104a36 36 0 0 1 72 0z", c[(v + 2) % 5])
    s.box(-80, -164, 44, 60, c[(v + 3) % 5], 4)
    s.path("M36 -104h60l-30 -62z", c[(v + 4) % 5])
    if v % 2:
        s.path("M-92 -164L-58 -204L-24 -164z", c[2])
    s.oval(0, -24, 24, 24, c[(v + 3) % 5])


def animal(s: Sheet, m: Material, v: int) -> None:
    """A rocking or pull-along animal: a tiger, a duck, a rabbit."""
    kind = v % 3
    if kind == 0:
        s.path(
            "M-92 -30q-14 -96 84 -96h30q72 4 66 96v30h-36v-46h-82V0h-36v-30q-14 0 -26 -10z", m.fill
        )
        s.path("M-92 -76q-40 -10 -36 -58", line=m.deep, width=11)
        s.oval(62, -136, 52, 46, m.fill)
        for x in (26, 94):
            s.oval(x, -176, 15, 15, m.fill)
        for x in (-58, -30, -2):
            s.path(f"M{x} -122q8 18 2 38", line=INK, width=5)
        s.path("M50 -176v14M62 -180v18M74 -176v14", line=INK, width=4)
        face = 62
    elif kind == 1:
        s.path("M-112 -84q40 14 70 -16h70q60 0 56 50q-4 40 -62 40h-62q-66 0 -72 -74z", m.fill)
        s.path("M-44 -62q44 -22 78 6q-22 40 -78 -6z", m.deep)
        s.oval(62, -136, 40, 38, m.fill)
        s.path("M96 -146l42 14l-42 14z", AMBER)
        for x in (-42, 40):
            s.oval(x, -10, 20, 20, VERMILION)
            s.oval(x, -10, 5, 5, PAPER)
        face = 66
    else:
        s.path("M40 -178q-22 -76 2 -86q20 8 16 84zM70 -178q0 -72 26 -82q18 12 -4 92z", m.fill)
        s.path("M-90 0q-30 -110 60 -116q70 -4 96 40q16 40 6 76z", m.fill)
        s.oval(-92, -28, 20, 19, PAPER)
        s.oval(62, -140, 50, 44, m.fill)
        s.path("M18 -98q40 26 84 2l-6 18q-36 20 -74 0z", VERMILION)
        face = 66
    for x in (face - 16, face + 18):
        s.oval(x, -140, 4, 5, INK, line="none")
    s.path(f"M{face - 6} -122q7 8 14 0", width=2.5)


def top(s: Sheet, m: Material, v: int) -> None:
    """Spinning tops with their cord."""
    for x, size, turn in ((-62, 1.0, -8), (66, 0.74, 10)):
        with s.at(x, 0, size, turn):
            s.path("M-74 -116Q0 -136 74 -116Q58 -40 0 0Q-58 -40 -74 -116z", m.fill)
            s.oval(0, -116, 74, 20, (VERMILION, JADE)[(v + (x > 0)) % 2])
            s.oval(0, -117, 48, 12, AMBER)
            s.oval(0, -118, 22, 5, PAPER)
            s.path("M-58 -80Q0 -60 58 -80M-40 -46Q0 -30 40 -46", line=m.deep, width=3)
    s.path("M-130 -4q40 -30 60 -6t60 -4t60 6t70 -10", line="#c79f79", width=4)


def kite(s: Sheet, m: Material, v: int) -> None:
    """A shield kite with its hole and tail, or a fan."""
    if v % 2:
        with s.at(0, -20):
            s.path("M0 0L-152 -132Q-90 -250 0 -252T152 -132z", m.fill)
            for x, y in ((-104, -196), (-56, -236), (0, -252), (56, -236), (104, -196)):
                s.path(f"M0 0L{x} {y}", line=m.deep, width=2.5)
            s.oval(0, -176, 34, 34, VERMILION)
            s.path("M-34 -176a34 34 0 0 0 68 0a17 17 0 0 0 -34 0a17 17 0 0 1 -34 0z", "#4b6283")
            s.path("M-7 -24h14V34q-7 8 -14 0z", m.deep)
        return
    s.box(-92, -286, 184, 224, m.fill)
    s.box(-92, -286, 184, 50, (VERMILION, JADE, AMBER)[v // 2 % 3])
    s.path("M-92 -286L92 -62M92 -286L-92 -62M0 -286V-62M-92 -174H92", line="#b7a964", width=3)
    s.oval(0, -174, 32, 32, PAPER)
    s.path("M-92 -62q-30 30 -6 62M92 -62q30 30 6 62", line=VERMILION, width=4)


def doll(s: Sheet, m: Material, v: int) -> None:
    """A stuffed doll in a hanbok, or a jointed wooden one."""
    s.path("M-82 0Q-60 -112 0 -118T82 0Q0 18 -82 0z", (VERMILION, "#4b6283", JADE)[v % 3])
    s.path(
        "M-46 -92q-34 4 -46 40l20 12q12 -24 30 -30zM46 -92q34 4 46 40l-20 12q-12 -24 -30 -30z",
        m.fill,
    )
    s.path("M-50 -90Q0 -132 50 -90L44 -64Q0 -54 -44 -64z", m.fill)
    s.path("M-8 -104L4 -74L18 -104M6 -80q26 20 14 56", line=VERMILION, width=5)
    s.oval(0, -164, 46, 48, "#f5dfc6")
    s.path("M-47 -164Q-46 -222 0 -222T47 -164Q30 -194 0 -196Q-30 -194 -47 -164z", INK)
    s.oval(0, -226, 13, 11, INK)
    for x in (-16, 16):
        s.oval(x, -162, 3.4, 4.2, INK, line="none")
        s.oval(x * 1.7, -146, 6, 4, "#e8a48e", line="none")
    s.path("M-7 -142q7 7 14 0", width=2.4)


TOYS = {
    "animal": animal,
    "blocks": blocks,
    "doll": doll,
    "kite": kite,
    "top": top,
}
