"""Cups, bowls, pots, jars, bottles: what is turned on a wheel or beaten from metal."""

from dev.demo_goods.ink import AMBER, JADE, PAPER, VERMILION, Material, Sheet, band, smooth, turned


def ornament(s: Sheet, m: Material, v: int, radius: float, height: float) -> None:
    """What is painted on the belly: nothing, a ring, an orchid, plum dots, a fish, hatching."""
    kind = v % 6
    if kind == 1:
        band(s, radius * 0.97, height, m.mark)
        band(s, radius * 0.96, height - 8, m.mark, 1.5)
    elif kind == 2:
        for lean, tall in ((-26, 44), (-6, 58), (18, 40), (34, 22)):
            s.path(
                f"M0 {-height + 26}Q{lean * 0.3:.0f} {-height - tall * 0.5:.0f} {lean} {-height + 20 - tall}",
                line=m.mark,
                width=3,
            )
    elif kind == 3:
        s.path(f"M-34 {-height + 22}Q-8 {-height + 6} 30 {-height - 24}", line=m.mark, width=2.5)
        for x, y in ((-16, 6), (4, -10), (22, -30), (12, 8)):
            s.oval(x, -height + y, 5.5, 5.5, VERMILION, line="none")
    elif kind == 4:
        s.path(
            f"M-30 {-height}q22 -20 46 0q-24 20 -46 0zM16 {-height}l16 -11v22z",
            line=m.mark,
            width=2.5,
        )
        s.oval(-18, -height - 2, 1.6, 1.6, m.mark, line="none")
    elif kind == 5:
        for x in range(-30, 31, 10):
            s.path(f"M{x} {-height - 12}l7 22", line=m.mark, width=2)


def cup(s: Sheet, m: Material, v: int) -> None:
    """A tea cup without a handle; a saucer under every third."""
    shapes = (
        [(60, 84), (58, 50), (42, 16), (28, 8), (28, 0)],
        [(50, 98), (56, 60), (50, 18), (34, 0)],
        [(70, 70), (56, 38), (34, 14), (30, 0)],
        [(48, 96), (48, 40), (44, 8), (40, 0)],
    )
    lift = 0
    if v % 3 == 2:
        turned(s, [(96, 14), (70, 6), (50, 0)], MATERIAL_OF_SAUCERS, mouth=0.16, inside="#c9a878")
        lift = 10
    with s.at(0, -lift):
        turned(s, shapes[v % 4], m, inside="#cdd8b4" if v % 2 else "")
        ornament(s, m, v // 2, 52, 46)


MATERIAL_OF_SAUCERS = Material("#d8b483", "#bd9462", "#8c6a41")


def mug(s: Sheet, m: Material, v: int) -> None:
    """A cup with a handle."""
    s.path("M50 -92q54 -4 50 34q-4 34 -54 32", line=m.deep, width=15)
    s.path("M50 -100q64 -6 58 42q-5 42 -62 40M50 -84q44 -4 41 26q-3 26 -45 24")
    turned(s, [(58, 118), (59, 70), (56, 14), (44, 0)], m)
    ornament(s, m, v, 56, 62)


def bowl(s: Sheet, m: Material, v: int) -> None:
    """A bowl for rice, soup or noodles."""
    shapes = (
        [(100, 92), (90, 52), (58, 20), (40, 12), (40, 0)],
        [(84, 96), (86, 60), (66, 22), (44, 12), (44, 0)],
        [(122, 70), (98, 36), (58, 14), (46, 0)],
    )
    turned(s, shapes[v % 3], m)
    ornament(s, m, v, 78, 44)


def bowls(s: Sheet, m: Material, v: int) -> None:
    """Three bowls nested, the smallest on top."""
    for step, lift in ((1.0, 0), (0.86, 34), (0.72, 62)):
        with s.at(0, -lift, step):
            turned(s, [(108, 86), (96, 48), (60, 18), (44, 0)], m)
            if v % 2:
                band(s, 104, 74, m.mark)


def plate(s: Sheet, m: Material, v: int) -> None:
    """A plate that leans, so that its face is seen."""
    s.oval(0, -104, 112, 106, m.fill)
    s.oval(0, -104, 112, 106)
    s.oval(6, -100, 82, 78, m.deep, line="none", fade=0.35)
    s.oval(4, -102, 80, 76, m.fill)
    with s.at(0, -60):
        ornament(s, m, 2 + v % 4, 70, 40)
    s.path("M-84 0l14 -30M84 0l-14 -30", width=4)


def plates(s: Sheet, m: Material, v: int) -> None:
    """A pile of small plates."""
    for step in range(5):
        with s.at((-3, 4, 0, 5, -2)[step], -step * 20):
            turned(s, [(104, 22), (84, 8), (52, 0)], m, mouth=0.17)
    with s.at(0, -122):
        s.path(
            "M-20 0q16 -30 44 -20q-10 26 -44 20zM-20 0q20 -4 34 -14", (JADE, AMBER)[v % 2], fade=0.9
        )


def teapot(s: Sheet, m: Material, v: int) -> None:
    """A teapot: side handle, back handle, or a handle over it."""
    kind = v % 3
    s.path("M58 -62q44 0 50 -50q4 -16 18 -20l6 12q-14 6 -16 22q-4 60 -54 78z", m.fill)
    if kind == 0:
        s.path("M-62 -78q-66 -18 -62 30q4 44 60 30", line=m.deep, width=13)
        s.path("M-62 -86q-76 -20 -70 38q5 52 72 36M-64 -70q-54 -14 -52 22q4 34 50 24")
    elif kind == 1:
        s.path("M-52 -112q-4 -104 54 -104q58 0 52 104", line="#b7a964", width=9)
        s.path("M-56 -112q-6 -109 58 -109q63 0 56 109M-48 -112q-3 -99 50 -99q54 0 48 99")
    else:
        s.path("M-52 -60l-74 -30l-8 20l70 36z", "#d5c98a")
    turned(s, [(38, 118), (72, 98), (84, 62), (70, 20), (46, 0)], m, mouth=0)
    turned(s, [(12, 132), (40, 124), (42, 116)], m, mouth=0)
    s.oval(0, -140, 10, 9, m.fill)
    ornament(s, m, v, 74, 56)


def kettle(s: Sheet, m: Material, v: int) -> None:
    """A cast-iron kettle with a hoop."""
    s.path("M62 -90q34 -10 52 -44l18 8q-16 52 -58 66z", m.fill)
    s.path("M-66 -118q0 -92 68 -92q68 0 66 92", width=7, line=m.deep)
    turned(s, [(44, 128), (88, 96), (94, 52), (80, 8), (60, 0)], m, mouth=0)
    for row in range(3):
        for x in range(-72 + row * 10, 74 - row * 8, 18):
            s.oval(x, -48 - row * 18, 2.6, 2.6, m.mark, line="none")
    turned(s, [(16, 142), (44, 136), (48, 126)], m, mouth=0)
    s.oval(0, -150, 9, 9, (AMBER, m.mark)[v % 2])


def jar(s: Sheet, m: Material, v: int) -> None:
    """A moon jar, a shouldered jar or a storage jar with a lid."""
    kind = v % 3
    if kind == 0:
        turned(s, [(48, 206), (44, 194), (92, 160), (112, 104), (88, 36), (52, 12), (52, 0)], m)
    elif kind == 1:
        turned(s, [(40, 214), (36, 200), (96, 168), (90, 90), (56, 24), (54, 0)], m)
    else:
        turned(s, [(66, 176), (100, 150), (104, 90), (76, 12), (66, 0)], m, mouth=0)
        turned(s, [(20, 202), (72, 194), (80, 176), (70, 168)], m, mouth=0)
        s.oval(0, -208, 14, 10, m.deep)
    ornament(s, m, v // 3 + (2 if kind < 2 else 1), 96, 104)


def vase(s: Sheet, m: Material, v: int) -> None:
    """A vase with a branch."""
    blossom = (VERMILION, AMBER, "#f7f4ec", JADE)[v % 4]
    s.path(
        "M2 -160Q-8 -230 26 -292M6 -214Q40 -226 56 -262M0 -190Q-30 -214 -42 -254",
        width=3,
        line="#6b4a34",
    )
    for x, y in ((26, -292), (14, -256), (56, -262), (36, -234), (-42, -254), (-24, -222)):
        s.oval(x, y, 11, 10, blossom)
        s.oval(x + 2, y + 1, 3, 3, AMBER, line="none")
    shapes = (
        [(22, 164), (18, 132), (58, 84), (60, 42), (38, 0)],
        [(30, 150), (46, 120), (50, 60), (34, 0)],
        [(16, 168), (15, 110), (48, 70), (54, 30), (40, 0)],
    )
    turned(s, shapes[v % 3], m)
    ornament(s, m, v, 50, 54)


def bottle(s: Sheet, m: Material, v: int) -> None:
    """A bottle with a cork, for oil, scent or spirits."""
    s.box(-13, -196, 26, 22, "#c79f79", 4)
    turned(s, [(17, 178), (17, 146), (54, 116), (58, 60), (54, 6), (46, 0)], m, mouth=0)
    s.box(-32, -94, 64, 54, PAPER, 3)
    s.path("M-18 -78h36M-18 -66h24", width=2)
    s.oval(14, -56, 6, 6, (VERMILION, JADE, AMBER)[v % 3], line="none")


def tin(s: Sheet, m: Material, v: int) -> None:
    """A caddy of tea with a paper label and a few leaves beside it."""
    turned(s, [(58, 150), (58, 4), (56, 0)], m, mouth=0.2, inside=m.fill)
    s.path("M-58 -112Q0 -96 58 -112")
    s.path("M-34 -86Q0 -78 34 -86V-26Q0 -18 -34 -26z", PAPER)
    s.path("M-16 -66h32M-16 -54h20", width=2)
    s.oval(0, -40, 7, 7, (JADE, VERMILION, AMBER)[v % 3], line="none")
    for x, turn in ((84, 20), (104, -30), (-92, 10)):
        with s.at(x, -4, 1, turn):
            s.path("M-14 0q12 -14 28 -2q-14 10 -28 2z", ("#8fa86c", "#a5693d")[v % 2])


def leaves(s: Sheet, m: Material, v: int) -> None:
    """Loose tea, herbs or grain in a dish."""
    turned(s, [(112, 40), (88, 18), (56, 0)], Material("#f7f4ec", "#dfd9cb", "#5a7a96"), mouth=0.24)
    heap = [(-84, 44), (-50, 66), (-10, 80), (36, 70), (84, 44)]
    s.path(smooth([(x, -y) for x, y in heap]) + "Q0 -18 -84 -44z", m.fill)
    for index in range(16):
        x, y = -66 + (index * 37) % 132, 46 + (index * 17) % 22
        with s.at(x, -y, 1, (index * 53) % 180):
            s.path("M-9 0q8 -8 18 0q-9 7 -18 0z", (m.deep, m.fill, m.mark)[(index + v) % 3])


def pot(s: Sheet, m: Material, v: int) -> None:
    """A cooking pot with two ears and a lid."""
    s.path("M-100 -78h-22q-8 14 4 22h20M100 -78h22q8 14 -4 22h-20", m.deep)
    turned(s, [(100, 92), (100, 40), (86, 4), (70, 0)], m, mouth=0)
    turned(s, [(26, 120), (86, 108), (104, 92), (102, 86)], m, mouth=0)
    s.oval(0, -128, 16, 11, ("#d8b483", m.deep)[v % 2])
    if v % 2:
        s.path("M-24 -150q-10 -14 0 -26t0 -26M12 -150q-10 -14 0 -26t0 -26", fade=0.5)


def pan(s: Sheet, m: Material, v: int) -> None:
    """A frying pan with a wooden handle."""
    s.path("M92 -34l112 -34l5 15l-110 36z", ("#d8b483", "#94694a")[v % 2])
    turned(s, [(112, 44), (104, 20), (88, 0)], m, mouth=0.2, inside=m.deep)


VESSELS = {
    "bottle": bottle,
    "bowl": bowl,
    "bowls": bowls,
    "cup": cup,
    "jar": jar,
    "kettle": kettle,
    "leaves": leaves,
    "mug": mug,
    "pan": pan,
    "plate": plate,
    "plates": plates,
    "pot": pot,
    "teapot": teapot,
    "tin": tin,
    "vase": vase,
}
