"""Furniture, lamps, cloth: what a room is furnished with."""

from dev.demo_goods.ink import AMBER, JADE, PAPER, VERMILION, Material, Sheet, band, turned


def chair(s: Sheet, m: Material, v: int) -> None:
    """A chair with a slatted, a round or a plain back."""
    s.path("M-58 0L-50 -100H-38L-44 0zM58 0L50 -100H38L44 0z", m.deep)
    s.path("M-50 -104L-56 -244H-44L-38 -104zM50 -104L56 -244H44L38 -104z", m.fill)
    if v % 3 == 0:
        for y in (-236, -204, -172):
            s.path(f"M-55 {y}Q0 {y - 10} 55 {y}v16Q0 {y + 6} -55 {y + 16}z", m.fill)
    elif v % 3 == 1:
        s.path("M-57 -250Q0 -270 57 -250v38Q0 -228 -57 -212z", m.fill)
    else:
        for x in (-28, -10, 8, 26):
            s.box(x, -228, 5, 124, m.fill)
        s.path("M-57 -246Q0 -262 57 -246v18Q0 -240 -57 -228z", m.fill)
    s.path("M-72 -112L-60 -128H60L72 -112V-98H-72z", m.fill)
    s.path("M-72 -112H72")
    if v % 2:
        s.path("M-64 -118Q0 -140 64 -118L66 -112H-66z", (JADE, VERMILION, AMBER)[v % 3])


def stool(s: Sheet, m: Material, v: int) -> None:
    """A stool on three legs."""
    s.path("M-62 0L-36 -118H-22L-46 0zM62 0L36 -118H22L46 0zM-7 0L-6 -118H8L9 0z", m.deep)
    s.path("M-46 -52H46v9H-48z", m.deep)
    s.path("M-84 -128a84 19 0 0 0 168 0v-12h-168z", m.fill)
    s.oval(0, -140, 84, 19, m.fill)
    if v % 2:
        for rx in (60, 36, 14):
            s.oval(0, -140, rx, rx * 0.22, line=m.mark, width=1.5)


def table(s: Sheet, m: Material, v: int) -> None:
    """A low table (소반) with curved legs, or a side table."""
    if v % 2 == 0:
        for side in (-1, 1):
            s.path(
                f"M{88 * side} -96q{26 * side} 30 {4 * side} 62q{-12 * side} 22 {8 * side} 34h{-16 * side}q{-18 * side} -16 {-6 * side} -40q{16 * side} -30 {-8 * side} -56z",
                m.deep,
            )
        s.path("M-92 -100q92 40 184 0v16q-92 34 -184 0z", m.deep)
        s.oval(0, -110, 142, 26, m.fill)
        s.oval(0, -116, 142, 26, m.fill)
        s.oval(0, -116, 124, 21, line=m.mark, width=1.5)
    else:
        s.path("M-100 0L-92 -132H-78L-86 0zM100 0L92 -132H78L86 0z", m.deep)
        s.box(-88, -120, 176, 26, m.deep)
        s.oval(0, -107, 6, 6, AMBER)
        s.path("M-128 -144L-104 -164H104L128 -144V-132H-128z", m.fill)
        s.path("M-128 -144H128")


def shelf(s: Sheet, m: Material, v: int) -> None:
    """An open shelf with a few things on it."""
    for x in (-94, 84):
        s.box(x, -262, 10, 262, m.deep)
    for y in (-256, -172, -88, -18):
        s.box(-104, y, 208, 12, m.fill)
    for index, (x, y) in enumerate(
        ((-70, -172), (-54, -172), (-39, -172), (30, -88), (46, -88), (60, -88))
    ):
        tall = (52, 60, 46, 44, 56, 50)[(index + v) % 6]
        s.box(x, y - tall, 13, tall, (JADE, PAPER, VERMILION, AMBER, "#4b6283")[(index + v) % 5])
    with s.at(40, -172, 0.4):
        turned(
            s, [(48, 156), (92, 120), (104, 70), (52, 0)], Material("#f7f4ec", "#dfd9cb", "#5a7a96")
        )
    with s.at(-40, -88, 0.42):
        turned(
            s, [(60, 84), (58, 50), (42, 16), (28, 0)], Material("#a9c6b3", "#86a996", "#f3efe3")
        )


def chest(s: Sheet, m: Material, v: int) -> None:
    """A small chest of drawers with brass fittings."""
    s.box(-110, -14, 220, 14, m.deep)
    s.box(-120, -164, 240, 150, m.fill, 3)
    columns = (1, 2, 3)[v % 3]
    width = 224 / columns
    for row in range(2):
        for column in range(columns):
            x, y = -112 + column * width, -156 + row * 70
            s.box(x + 3, y, width - 6, 64, m.fill)
            s.box(x + width / 2 - 15, y + 24, 30, 14, "#dcb65c", 4)
            s.oval(x + width / 2, y + 38, 9, 7)
    s.path("M-130 -164L-116 -180H116L130 -164z", m.fill)


def lamp(s: Sheet, m: Material, v: int) -> None:
    """A table lamp with a paper shade."""
    s.oval(0, -150, 150, 130, "#f7dfa4", line="none", fade=0.35)
    kind = v % 3
    if kind == 0:
        turned(s, [(16, 108), (14, 96), (48, 66), (50, 34), (34, 0)], m, mouth=0)
        s.path("M-52 -212H52L84 -112Q0 -94 -84 -112z", "#f9edcf")
        s.path("M-26 -212L-44 -106M26 -212L44 -106M0 -212V-103", fade=0.5)
    elif kind == 1:
        s.path("M-40 0h80M0 0v-112", width=5, line=m.deep)
        s.oval(0, -166, 70, 62, "#f9edcf")
        for y in (-206, -186, -166, -146, -126):
            half = (1 - ((y + 166) / 62) ** 2) ** 0.5 * 70
            s.path(f"M{-half:.0f} {y}Q0 {y + 12} {half:.0f} {y}", fade=0.5)
    else:
        s.path("M-58 0h116v-12h-116z", m.fill)
        s.box(-50, -196, 100, 184, "#f9edcf")
        s.path("M-50 -196V-12M50 -196V-12", line=m.deep, width=7)
        s.path("M-17 -196V-12M17 -196V-12M-50 -150H50M-50 -104H50M-50 -58H50", line=m.deep, width=3)
        s.path("M-62 -196h124v-12h-124z", m.fill)


def pendant(s: Sheet, m: Material, v: int) -> None:
    """A lamp that hangs from above."""
    s.path("M0 -366V-250", width=2.5)
    s.oval(0, -150, 128, 110, "#f7dfa4", line="none", fade=0.3)
    if v % 2:
        s.path("M-14 -250h28q10 40 100 78q-114 26 -228 0q90 -38 100 -78z", m.fill)
        s.path("M-114 -172q114 26 228 0q-114 -22 -228 0z", "#f9e6b4")
    else:
        s.oval(0, -176, 96, 78, "#f9edcf")
        for x in (-64, -34, 0, 34, 64):
            s.path(f"M0 -254Q{x * 1.9:.0f} -176 0 -98", line=m.deep, width=2)
    s.box(-10, -266, 20, 16, m.deep, 3)


def candle(s: Sheet, m: Material, v: int) -> None:
    """Candles of different heights on a dish, or one in a glass."""
    if v % 2:
        s.box(-56, -120, 112, 120, "#e4efed", 8)
        s.box(-50, -76, 100, 70, m.fill, 6)
        s.box(-34, -60, 68, 38, PAPER, 2)
        s.path("M-20 -46h40M-20 -36h24M0 -76v-20", width=2)
        s.path("M0 -92q-12 -14 0 -32q12 18 0 32z", AMBER)
        return
    turned(s, [(104, 16), (84, 6), (60, 0)], Material("#dcb65c", "#bd9440", "#f6e6b3"), mouth=0.16)
    for x, tall in ((-46, 96), (2, 150), (48, 70)):
        s.box(x - 18, -14 - tall, 36, tall, m.fill, 5)
        s.path(f"M{x} {-14 - tall}v-10")
        s.path(f"M{x} {-22 - tall}q-9 -12 0 -26q9 14 0 26z", AMBER)


def incense(s: Sheet, m: Material, v: int) -> None:
    """Incense in a burner, its smoke drawn as one line."""
    s.path("M14 -72q-30 -36 4 -74t-6 -80q-24 -26 2 -58", line="#8f8a80", width=2.5, fade=0.8)
    turned(s, [(74, 56), (82, 34), (60, 6), (44, 0)], m)
    s.path("M-8 -52L18 -96", width=3, line="#8e5f43")
    s.oval(18, -96, 3, 3, VERMILION, line="none")
    s.path("M-52 -2l-12 12M52 -2l12 12", width=5, line=m.deep)
    band(s, 78, 40, m.mark if v % 2 else m.deep)


def folded(s: Sheet, m: Material, v: int) -> None:
    """Blankets or towels, folded and piled."""
    others = ((JADE, "#2f6a59"), ("#f3eee4", "#dcd3c2"), ("#4b6283", "#374a66"))
    for step, (fill, deep) in enumerate(((m.fill, m.deep), others[v % 3], (m.fill, m.deep))):
        y = -step * 48
        s.path(f"M-112 {y}H96q26 -2 26 -24t-26 -22H-112q-10 22 0 46z", fill)
        s.path(f"M-106 {y - 16}H90M-106 {y - 31}H90", line=deep, width=2)
        s.path(f"M96 {y - 46}q-14 4 -14 23t14 23")
    for x in range(-104, -40, 10):
        s.path(f"M{x} -144v14", line=m.mark, width=2.5)


def cushion(s: Sheet, m: Material, v: int) -> None:
    """A cushion with a pattern."""
    s.path("M-108 -4Q-92 -86 -112 -172Q0 -152 112 -172Q92 -86 108 -4Q0 -22 -108 -4z", m.fill)
    if v % 3 == 0:
        for x in (-60, -20, 20, 60):
            s.path(f"M{x} -160V-16", line=m.mark, width=3)
    elif v % 3 == 1:
        s.path(
            "M-70 -130h64v46h-64zM-6 -130h70v46h-70zM-70 -84h64v50h-64zM-6 -84h70v50h-70z",
            line=m.deep,
        )
        s.box(-70, -130, 64, 46, JADE, fade=0.8)
        s.box(-6, -84, 70, 50, VERMILION, fade=0.75)
        s.box(-6, -130, 70, 46, AMBER, fade=0.7)
    else:
        s.oval(0, -88, 46, 44, line=m.mark, width=3)
        s.path(
            "M-46 -88q46 -30 92 0q-46 30 -92 0zM0 -132q-30 44 0 88q30 -44 0 -88z",
            line=m.mark,
            width=2,
        )
    for x, y in ((-112, -172), (112, -172), (-108, -4), (108, -4)):
        s.oval(x, y, 6, 6, m.deep)


def hanging(s: Sheet, m: Material, v: int) -> None:
    """A cloth over a rod: a curtain, a runner, a patchwork."""
    s.path("M-140 -286H140", line="#8c6a41", width=7)
    s.path("M-104 -286H104V-30Q84 -22 64 -30T20 -30T-24 -30T-68 -30T-104 -30z", m.fill)
    if v % 2:
        colours = (m.deep, JADE, PAPER, AMBER, m.fill, VERMILION, "#4b6283")
        place = 0
        for y in range(-278, -80, 50):
            for x, w in ((-100, 58), (-42, 74), (32, 68)):
                s.box(x, y, w, 50, colours[(place * 3 + v) % 7], fade=0.72)
                place += 1
    else:
        for x in (-70, -24, 22, 68):
            s.path(f"M{x} -282Q{x - 8} -160 {x} -34", line=m.deep, width=2)
        s.path("M-104 -66H104M-104 -76H104", line=m.mark, width=3)


def wrapped(s: Sheet, m: Material, v: int) -> None:
    """A wrapping cloth (보자기) tied over a box."""
    second = (AMBER, JADE, VERMILION)[v % 3]
    s.path("M-100 0V-108Q0 -128 100 -108V0Q0 10 -100 0z", m.fill)
    s.path(
        "M-100 -108Q-30 -96 -8 -132M100 -108Q30 -96 8 -132M-100 -4Q-40 -60 -8 -128M100 -4Q40 -60 8 -128",
        line=m.deep,
    )
    s.path("M-6 -134Q-86 -214 -104 -164Q-98 -136 -6 -128z", m.fill)
    s.path("M6 -134Q86 -214 104 -164Q98 -136 6 -128z", second)
    s.path("M-4 -128Q-50 -96 -40 -66Q-8 -84 0 -124zM4 -128Q50 -96 40 -66Q8 -84 0 -124z", second)
    s.oval(0, -134, 16, 14, m.deep)


def apron(s: Sheet, m: Material, v: int) -> None:
    """An apron on a hook."""
    s.path("M-34 -232Q0 -300 34 -232", width=3)
    s.path(
        "M-36 -236H36L44 -150Q84 -146 84 -132L92 0Q0 14 -92 0L-84 -132Q-84 -146 -44 -150z", m.fill
    )
    s.path("M-48 -96H48V-44Q0 -30 -48 -44zM0 -96V-36", m.deep if v % 2 else m.fill)
    s.path("M-84 -132Q-120 -120 -112 -70M84 -132Q120 -120 112 -70", width=3)
    s.box(-12, -216, 24, 14, m.mark)


ROOMS = {
    "apron": apron,
    "candle": candle,
    "chair": chair,
    "chest": chest,
    "cushion": cushion,
    "folded": folded,
    "hanging": hanging,
    "incense": incense,
    "lamp": lamp,
    "pendant": pendant,
    "shelf": shelf,
    "stool": stool,
    "table": table,
    "wrapped": wrapped,
}
