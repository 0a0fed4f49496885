"""Small things: paper, tools of the table, bags, plants, knots."""

from dev.demo_goods.ink import AMBER, INK, JADE, PAPER, VERMILION, Material, Sheet, turned


def notebook(s: Sheet, m: Material, v: int) -> None:
    """A stitched notebook, upright, another behind it."""
    s.path("M-40 0L-20 -214L112 -202L92 12z", ("#e4d8bd", JADE, "#4b6283")[v % 3])
    s.path("M-96 6L-96 -206H44V6z", m.fill)
    s.path("M-96 6L-96 -206H-74V6z", m.deep)
    for y in (-186, -146, -106, -66, -26):
        s.path(f"M-96 {y}h22", line=PAPER, width=3)
    if v % 2:
        s.box(-44, -178, 58, 76, PAPER)
        s.path("M-32 -160h34M-32 -146h24", width=2)
        s.oval(-4, -118, 6, 6, VERMILION, line="none")
    else:
        s.path("M-40 -60Q-10 -120 22 -70T30 -150", line=m.mark, width=3)


def book(s: Sheet, m: Material, v: int) -> None:
    """A pile of bound books with a ribbon."""
    for step, (fill, width) in enumerate(((m.fill, 220), (JADE, 196), (m.deep, 208))):
        y, x = -step * 38, -width / 2 + (step % 2) * 8
        s.box(x, y - 36, width, 36, fill, 4)
        s.path(f"M{x + width - 10} {y - 30}v24h-26M{x + width - 34} {y - 30}h24", PAPER)
        s.path(f"M{x + 22} {y - 36}v36M{x + 34} {y - 36}v36", line=m.mark, width=2)
    s.path("M-20 -114v-64q36 -18 70 4v60", PAPER)
    s.path("M-20 -178q-36 -18 -70 4v60h70", PAPER)
    for y in (-160, -148, -136):
        s.path(f"M-76 {y}h44M-6 {y}h42", width=1.5, fade=0.7)
    s.path("M40 -114q14 20 4 52", line=(VERMILION, AMBER)[v % 2], width=4)


def paper(s: Sheet, m: Material, v: int) -> None:
    """Sheets of paper, fanned, with a deckle edge."""
    colours = (m.fill, "#e9c9b8", "#cfdccb", "#e8d49c", "#c9d3dc")
    for step in range(5):
        with s.at(0, 0, 1, -22 + step * 11):
            s.path(
                "M-62 -4q8 -6 16 0t16 0t16 0t16 0t16 0t16 0t16 0L62 -226q-8 6 -16 0t-16 0t-16 0t-16 0t-16 0t-16 0t-16 0z",
                colours[(step + v) % 5],
            )
    s.path("M-30 -190q30 -24 44 20M-24 -60l50 -8", line=m.deep, fade=0.7)


def envelope(s: Sheet, m: Material, v: int) -> None:
    """Letters: an envelope with a seal and a card."""
    with s.at(18, -20, 1, 8):
        s.box(-96, -180, 176, 120, PAPER)
        s.path("M-76 -156h110M-76 -140h84M-76 -124h96", width=1.6, fade=0.7)
    s.box(-112, -132, 212, 132, m.fill, 3)
    s.path("M-112 -130L-6 -52L100 -130M-112 -2L-30 -68M100 -2L18 -68")
    if v % 2:
        s.oval(-6, -54, 18, 18, VERMILION)
        s.path("M-14 -54h16M-6 -62v16", line=PAPER, width=2.5)
    else:
        s.path("M-112 -84H100M-6 -132V0", line=JADE, width=4)


def brush(s: Sheet, m: Material, v: int) -> None:
    """Brushes on their stand, or pens in a cup."""
    if v % 2:
        for x, turn, colour in ((-18, -10, m.deep), (2, 3, "#c5503a"), (20, 14, "#3f8571")):
            with s.at(x, -60, 1, turn):
                s.box(-6, -168, 12, 170, colour, 4)
                s.path("M-6 -166l6 -20l6 20z", "#d8b483")
        turned(s, [(56, 128), (54, 60), (58, 4), (52, 0)], m)
        return
    s.path("M-104 0h208v-12h-208zM-92 -12V-232M92 -12V-232", line=m.deep, width=6)
    s.path("M-112 -232Q0 -256 112 -232", line=m.deep, width=9)
    for index, x in enumerate((-54, -18, 18, 54)):
        tall = (112, 126, 104, 92)[index]
        s.path(f"M{x} -240v16", width=1.6)
        s.box(x - 5, -224, 10, tall, m.fill, 3)
        s.path(f"M{x - 8} {-224 + tall}q-4 30 8 56q12 -26 8 -56z", (INK, "#8e5f43")[index % 2])


def box(s: Sheet, m: Material, v: int) -> None:
    """A wooden box, its lid ajar, with a brass catch."""
    s.path("M-116 0V-92H60V0zM60 0V-92L112 -124V-30z", m.fill)
    s.path("M60 0V-92L112 -124V-30z", m.deep)
    if v % 2:
        s.path("M-116 -92L-64 -124H112L60 -92z", m.fill)
        s.path(
            "M-122 -92H64V-112H-122zM64 -112L118 -144V-124L64 -92zM-122 -112L-68 -144H118L64 -112z",
            m.fill,
        )
    else:
        s.path("M-116 -92L-64 -124H112L60 -92z", m.deep)
        s.path("M-64 -124L-84 -222H92L112 -124z", m.fill)
        s.path("M-52 -136L-68 -208H80L96 -136z", line=m.mark, width=1.6)
    s.box(-42, -84, 28, 22, "#dcb65c", 3)
    s.oval(-28, -66, 5, 5)
    s.path("M-104 -20H48M-104 -52Q-40 -60 48 -50", line=m.mark, width=1.4, fade=0.8)


def board(s: Sheet, m: Material, v: int) -> None:
    """A cutting board that leans, with a sprig or a knife."""
    s.path("M-84 0V-196q0 -22 22 -22h40v-30q0 -14 22 -14t22 14v30h40q22 0 22 22V0z", m.fill)
    s.oval(0, -246, 7, 7, PAPER)
    for x in (-58, -26, 8, 44):
        s.path(f"M{x} -8Q{x + 8} -100 {x - 2} -206", line=m.deep, width=1.8)
    if v % 2:
        s.path("M96 -4V-120q0 -20 30 -26v142z", "#dfe3e2")
        s.path("M100 -146V-232q12 -10 24 0v80z", m.deep)
    else:
        s.path("M110 0q-10 -80 18 -150", line="#4f7d54", width=3)
        for y in (-30, -58, -86, -114):
            s.path(
                f"M112 {y}q26 -18 38 0q-20 14 -38 0zM110 {y - 8}q-26 -16 -36 2q18 14 36 -2z",
                "#8fa86c",
            )


def spoons(s: Sheet, m: Material, v: int) -> None:
    """Spoon and chopsticks, or ladles, on a rest of cloth."""
    s.path("M-122 -8L-96 -216H104L124 -8z", "#e6dcc6")
    s.path("M-112 -20H114", line=JADE, width=3)
    for shift in (-46, 26) if v % 2 else (-20,):
        with s.at(shift, -30, 1, -6):
            s.path("M-5 0L-4 -110H4L5 0q0 6 -5 6t-5 -6z", m.fill)
            s.oval(0, -134, 19, 27, m.fill)
            s.oval(3, -132, 11, 18, m.deep, line="none", fade=0.7)
    for shift in (34, 50) if not v % 2 else (66, 80):
        with s.at(shift, -30, 1, -4):
            s.path("M-4 0L-2 -166H2L4 0z", m.deep)


def tray(s: Sheet, m: Material, v: int) -> None:
    """A tray with a little cup and a sweet."""
    s.path("M-136 -26L-104 -60H104L136 -26V-8q-136 14 -272 0z", m.deep)
    s.path("M-136 -26L-104 -60H104L136 -26Q0 -14 -136 -26z", m.fill)
    with s.at(-34, -40, 0.6):
        turned(s, [(56, 84), (54, 44), (34, 0)], Material("#a9c6b3", "#86a996", "#f3efe3"))
    s.oval(46, -50, 22, 16, ("#e9c9b8", "#cfdccb", "#e8d49c")[v % 3])
    s.oval(74, -44, 18, 14, PAPER)
    s.path("M38 -56q8 -8 18 0", width=1.8)


def bag(s: Sheet, m: Material, v: int) -> None:
    """A tote, a shoulder bag or a drawstring bag."""
    kind = v % 3
    if kind == 0:
        s.path(
            "M-50 -164Q-46 -268 0 -268T50 -164M-36 -164Q-32 -252 0 -252T36 -164",
            line=m.deep,
            width=7,
        )
        s.path("M-96 0L-86 -172H86L96 0Q0 12 -96 0z", m.fill)
        s.box(-34, -112, 68, 52, PAPER, 2)
        s.path("M-18 -88q18 -24 36 0q-18 22 -36 0z", (JADE, VERMILION, AMBER)[v // 3 % 3])
    elif kind == 1:
        s.path("M-94 -140Q-70 -292 96 -150", line=m.deep, width=8)
        s.path("M-106 0q-8 -90 8 -146h196q16 56 8 146q-106 14 -212 0z", m.fill)
        s.path("M-102 -146h204q-6 74 -46 82h-112q-40 -8 -46 -82z", m.deep)
        s.box(-12, -82, 24, 30, "#dcb65c", 4)
    else:
        s.path("M-88 -6q-24 -90 30 -150h116q54 60 30 150q-88 18 -176 0z", m.fill)
        s.path("M-58 -156Q-80 -200 -50 -204Q0 -188 50 -204Q80 -200 58 -156z", m.fill)
        s.path("M-62 -158Q0 -142 62 -158", line=VERMILION, width=5)
        s.path("M58 -158q40 20 30 66M62 -158q56 6 60 50", line=VERMILION, width=3)
        for x in (-30, 0, 30):
            s.path(f"M{x} -140Q{x * 1.6:.0f} -70 {x * 1.5:.0f} -10", line=m.deep, width=2)


def pack(s: Sheet, m: Material, v: int) -> None:
    """A backpack, or a small travel case."""
    if v % 2:
        s.box(-40, -196, 80, 40, "none", 12, line=m.deep, width=8)
        s.box(-124, -164, 248, 156, m.fill, 14)
        s.path("M-124 -96H124", line=m.deep, width=3)
        for x in (-88, 68):
            s.box(x, -164, 20, 156, m.deep)
            s.box(x - 2, -104, 24, 18, "#dcb65c", 3)
        return
    s.path("M-24 -226q0 -34 24 -34t24 34", line=m.deep, width=7)
    s.path("M-92 0Q-104 -220 0 -228Q104 -220 92 0Q0 14 -92 0z", m.fill)
    s.path("M-86 -118Q0 -102 86 -118L88 -160Q0 -228 -88 -160z", m.deep)
    s.path("M-60 -12V-84H60V-12", m.fill)
    s.path("M-60 -70H60")
    s.box(-9, -128, 18, 34, "#dcb65c", 4)


def plant(s: Sheet, m: Material, v: int) -> None:
    """A plant in a pot: broad leaves, a little pine, herbs, an orchid."""
    kind = v % 4
    if kind == 0:
        for turn in (-52, -26, 0, 26, 52):
            with s.at(0, -88, 1, turn):
                s.path(
                    "M0 0Q-30 -70 0 -140Q30 -70 0 0zM0 0V-124",
                    "#6f9a72" if turn % 52 else "#5b8463",
                )
    elif kind == 1:
        s.path("M0 -84Q-30 -130 6 -170T-10 -240", line="#7a5236", width=10)
        for x, y, rx in ((-52, -150, 46), (46, -186, 50), (-18, -244, 52)):
            s.oval(x, y, rx, 24, "#5b8463")
            s.path(f"M{x - rx + 12} {y + 4}q8 -14 16 0t16 0t16 0t16 0", line="#a9c6a0", width=2)
    elif kind == 2:
        for x, tall in ((-46, 100), (-22, 138), (0, 158), (24, 128), (46, 96)):
            s.path(
                f"M{x * 0.5:.0f} -84Q{x} {-84 - tall * 0.5:.0f} {x} {-84 - tall}",
                line="#5b8463",
                width=2.5,
            )
            for step in (0.4, 0.62, 0.84):
                s.oval(x - 8, -84 - tall * step, 9, 5, "#8fa86c")
                s.oval(x + 8, -90 - tall * step, 9, 5, "#8fa86c")
    else:
        for lean in (-104, -64, -20, 40, 88, 118):
            s.path(
                f"M0 -84Q{lean * 0.2:.0f} -190 {lean} {-232 + abs(lean)}", line="#5b8463", width=4
            )
        s.path("M6 -90Q20 -180 60 -240", line="#7a8f4e", width=2.5)
        for x, y in ((60, -240), (46, -212)):
            s.path(f"M{x} {y}q-20 -14 -6 -26q12 8 6 26zq20 -12 26 4q-12 12 -26 -4z", "#f3d9e0")
    turned(s, [(72, 96), (66, 56), (50, 6), (46, 0)], m, inside="#5a4636")


def garden(s: Sheet, m: Material, v: int) -> None:
    """A watering can, or a trowel with a fork."""
    if v % 2:
        for x, turn in ((-46, -12), (44, 12)):
            with s.at(x, 0, 1, turn):
                s.box(-9, -246, 18, 92, "#d8b483", 8)
                s.path("M-4 -154h8v40h-8z", m.deep)
                if x < 0:
                    s.path("M-28 -114h56q8 70 -28 112q-36 -42 -28 -112zM0 -104V-20", m.fill)
                else:
                    s.path("M-26 -8V-92q0 -22 26 -22t26 22V-8M0 -114V-4", line=m.deep, width=7)
        return
    s.path("M60 -44L146 -150l14 8l-74 116z", m.fill)
    s.path("M136 -162l32 20l-6 10l-34 -22z", m.deep)
    s.path("M-66 -116q-64 -20 -60 40q4 48 62 48", line=m.deep, width=9)
    turned(s, [(52, 142), (74, 118), (76, 6), (70, 0)], m)
    s.path("M-40 -142Q0 -214 40 -142", line=m.deep, width=8)
    s.path("M-40 -70Q0 -62 40 -70", line=m.mark, width=3)


def broom(s: Sheet, m: Material, v: int) -> None:
    """A short broom and its dustpan, or a brush."""
    s.box(-46, -262, 14, 130, "#d8b483", 6)
    s.path("M-56 -136h34q40 50 30 132q-46 14 -94 0q-10 -82 30 -132z", m.fill)
    s.path(
        "M-62 -118Q-39 -108 -16 -118M-68 -102Q-39 -90 -10 -102",
        line=VERMILION if v % 2 else JADE,
        width=4,
    )
    for x in (-72, -56, -39, -22, -6):
        s.path(f"M{-39 + (x + 39) * 0.5:.0f} -96L{x} -6", line=m.deep, width=2)
    s.path("M36 0L52 -96H140L128 0zM88 -96v-40h16v40", "#bfc4bd")
    s.path("M42 -20H130")


def knot(s: Sheet, m: Material, v: int) -> None:
    """A knotted ornament (매듭) that hangs, with its tassel."""
    cord, second = m.fill, (AMBER, JADE, VERMILION)[v % 3]
    s.path("M0 -300V-214", line=cord, width=7)
    kind = v % 3
    loops = {
        0: (
            "M0 -206q-66 -44 -70 6t70 44q66 44 70 -6t-70 -44zM0 -206q66 -44 70 6t-70 44q-66 44 -70 -6t70 -44z",
        ),
        1: (
            "M0 -214l44 44l-44 44l-44 -44zM-22 -192q-44 -40 -56 0t56 44M22 -192q44 -40 56 0t-56 44",
            "M0 -196l26 26l-26 26l-26 -26z",
        ),
        2: ("M0 -214q-90 10 -48 66t48 22q6 34 48 -22t-48 -66zM0 -196q-40 30 0 62q40 -32 0 -62z",),
    }[kind]
    for place, way in enumerate(loops):
        s.path(way, line=m.deep, width=13)
        s.path(way, line=(cord, second)[place % 2], width=9)
    s.oval(0, -112, 15, 15, second)
    s.path("M-8 -112h16M0 -120v16", line=PAPER, width=2)
    s.path("M-12 -96h24l8 96h-40z", cord)
    for x in (-8, 0, 8):
        s.path(f"M{x * 0.8:.0f} -92L{x * 1.4:.0f} -4", line=m.deep, width=2)
    s.path("M-13 -84h26", line=second, width=6)


def pendant_trio(s: Sheet, m: Material, v: int) -> None:
    """An ornament of three strands (삼작노리개)."""
    s.path("M-70 -288Q0 -258 70 -288", line=m.deep, width=7)
    for x, colour, lift in (
        (-54, VERMILION, 0),
        (0, m.fill, 22),
        (54, (JADE, AMBER, "#4b6283")[v % 3], 0),
    ):
        y = -196 + lift
        s.path(f"M{x} -276V{y}", line=colour, width=5)
        s.path(f"M{x} {y - 34}l20 20l-20 20l-20 -20z", line=colour, width=6)
        s.oval(x, y + 24, 17, 21, ("#6ea892", PAPER, "#dcb65c")[(x // 54 + v) % 3])
        s.path(f"M{x - 9} {y + 50}h18l7 94h-32z", colour)
        s.path(f"M{x - 10} {y + 60}h20", line=PAPER, width=4)


def soap(s: Sheet, m: Material, v: int) -> None:
    """Bars of soap on a dish, one with its paper band."""
    s.box(-110, -22, 220, 22, "#d8b483", 6)
    for x in range(-90, 91, 30):
        s.path(f"M{x} -22v22", width=1.6)
    s.box(-92, -74, 118, 52, m.fill, 16)
    s.path("M-58 -74v52h40v-52z", PAPER)
    s.oval(-38, -48, 8, 8, (JADE, VERMILION)[v % 2])
    with s.at(50, -30, 1, -12):
        s.box(-46, -54, 104, 48, m.deep, 16)
        s.path("M-26 -34q26 12 62 -2", width=1.8)
    for x, y, r in ((-112, -104, 9), (-94, -126, 6), (78, -126, 8)):
        s.oval(x, y, r, r, "#eef4f1")


def skein(s: Sheet, m: Material, v: int) -> None:
    """A hank of cord, twisted, with its paper band."""
    for step, lift in enumerate((0, 30, 60)):
        s.path(
            f"M-104 {-34 - lift}q0 -30 40 -30q64 44 128 0q40 0 40 30q0 30 -40 30q-64 -44 -128 0q-40 0 -40 -30z",
            (m.fill, m.deep)[step % 2],
        )
        for x in (-78, -52, 52, 78):
            s.path(f"M{x} {-58 - lift}q14 24 0 48", line=m.mark, width=1.8)
    s.path("M-18 -138h36v124h-36z", PAPER)
    s.oval(0, -76, 9, 9, (VERMILION, JADE)[v % 2])
    s.path("M100 -34q40 10 30 34q-30 10 -70 0", line=m.fill, width=5)


KEEPSAKES = {
    "bag": bag,
    "board": board,
    "book": book,
    "box": box,
    "broom": broom,
    "brush": brush,
    "envelope": envelope,
    "garden": garden,
    "knot": knot,
    "notebook": notebook,
    "pack": pack,
    "paper": paper,
    "plant": plant,
    "skein": skein,
    "soap": soap,
    "spoons": spoons,
    "tray": tray,
    "trio": pendant_trio,
}
