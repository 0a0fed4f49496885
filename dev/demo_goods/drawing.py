"""From a few words to a picture: ``bowl/celadon`` stands in a quiet room, and once more up close."""

import hashlib
import re
from dataclasses import dataclass

from dev.demo_goods.ink import AMBER, GROUND, JADE, MATERIALS, SIDE, VERMILION, Sheet
from dev.demo_goods.keepsakes import KEEPSAKES
from dev.demo_goods.rooms import ROOMS
from dev.demo_goods.toys import TOYS
from dev.demo_goods.vessels import VESSELS

MOTIFS = VESSELS | ROOMS | KEEPSAKES | TOYS

TINTS = (
    ("#f6efe1", "#eadfca"),
    ("#eff0e6", "#dfe2d2"),
    ("#f5e9de", "#e9d7c6"),
    ("#ecefee", "#dbe1df"),
    ("#f4eedb", "#e8ddbd"),
    ("#f1eaea", "#e3d7d6"),
)
"""Wall and table."""

HANGS = frozenset({"hanging", "kite", "knot", "pendant", "trio"})
"""What does not stand on the table."""

TALL = frozenset({"brush", "broom", "chair", "garden", "jar", "lamp", "shelf", "vase", "plant"})

SIZES = {
    "animal": 1.38,
    "apron": 1.18,
    "bag": 1.3,
    "blocks": 1.5,
    "book": 1.4,
    "bottle": 1.5,
    "bowl": 1.55,
    "bowls": 1.5,
    "box": 1.4,
    "candle": 1.6,
    "chest": 1.4,
    "cup": 1.9,
    "cushion": 1.5,
    "doll": 1.38,
    "envelope": 1.42,
    "folded": 1.45,
    "incense": 1.35,
    "knot": 1.3,
    "leaves": 1.55,
    "mug": 1.75,
    "notebook": 1.38,
    "pack": 1.32,
    "pan": 1.15,
    "paper": 1.3,
    "plate": 1.4,
    "plates": 1.5,
    "pot": 1.35,
    "skein": 1.4,
    "soap": 1.5,
    "table": 1.35,
    "teapot": 1.42,
    "tin": 1.65,
    "top": 1.45,
    "tray": 1.45,
    "trio": 1.25,
    "wrapped": 1.45,
}
"""How large a thing is drawn; the others by :data:`USUAL`."""
USUAL = 1.16


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture as bytes, with the side of its square in pixels."""

    content: bytes
    side: int = 960


def draw(slug: str, look: str, *, close: bool = False) -> Drawn:
    """The picture of ``slug``. ``look`` is ``motif/material`` and perhaps ``/variation``.

    The same words give the same bytes, on any machine. ``close`` is the second view: nearer, in
    another light.
    """
    motif, material, *rest = look.split("/")
    digest = hashlib.sha256(slug.encode()).digest()
    variation = int(rest[0]) if rest else digest[0]
    sheet = Sheet()
    wall, table = TINTS[(digest[1] + (3 if close else 0)) % len(TINTS)]
    sheet.box(0, 0, SIDE, SIDE, wall, line="none")
    _behind(sheet, (digest[2] + (1 if close else 0)) % 5, table)
    if motif not in HANGS:
        sheet.path(f"M0 {GROUND - 40}H{SIDE}V{SIDE}H0z", table, line="none")
        sheet.path(f"M0 {GROUND - 40}H{SIDE}", line="#b8ad98", width=1.4)
        sheet.oval(246, GROUND + 4, 150, 15, "#2b2926", line="none", fade=0.13)
    with sheet.at(SIDE / 2, GROUND + (34 if motif in HANGS else 10), SIZES.get(motif, USUAL)):
        MOTIFS[motif](sheet, MATERIALS[material], variation)
    if motif not in HANGS and digest[3] % 4 == 0 and not close:
        _beside(sheet, digest[4])
    crop = (96, 120 if motif in HANGS | TALL else 164, 270) if close else (0, 0, SIDE)
    return Drawn(_tidy(sheet.svg(crop)).encode())


def _behind(sheet: Sheet, kind: int, tone: str) -> None:
    if kind == 0:  # the sun, or a round window
        sheet.oval(322, 142, 86, 86, tone, line="none")
    elif kind == 1:  # light that falls through a window
        sheet.path(
            "M70 40l120 -24v250l-120 34zM206 12l96 -18v250l-96 22z",
            "#fffdf6",
            line="none",
            fade=0.7,
        )
    elif kind == 2:  # a paper screen
        for x in (330, 372, 414, 456):
            sheet.path(f"M{x} 0V{GROUND - 40}", line=tone, width=5)
        for y in (60, 150, 240):
            sheet.path(f"M310 {y}H480", line=tone, width=5)
    elif kind == 3:  # far hills
        sheet.path("M0 292Q70 210 138 262T300 224T480 276V330H0z", tone, line="none", fade=0.75)
    else:  # a branch from above
        sheet.path("M0 54Q70 62 120 104M62 66Q84 40 118 42", line="#b9a98f", width=3)
        for x, y in ((120, 104), (96, 84), (118, 42), (84, 52), (40, 58)):
            sheet.oval(x + 6, y + 6, 11, 6, tone, line="#b9a98f", width=1.6)


def _beside(sheet: Sheet, kind: int) -> None:
    colour = (JADE, VERMILION, AMBER)[kind % 3]
    with sheet.at(404, GROUND + 52, 0.9):
        if kind % 2:
            sheet.path("M-40 0q30 -40 74 -30q-16 42 -74 30zM-40 0q34 -6 60 -24", colour, fade=0.85)
        else:
            for x, y in ((-22, 0), (2, -12), (22, 4)):
                sheet.oval(x, y - 8, 12, 11, colour)
                sheet.path(f"M{x} {y - 19}q4 -8 10 -8", width=1.8)


def _tidy(svg: str) -> str:
    return re.sub(r"(\d)\.0\b", r"\1", svg)
