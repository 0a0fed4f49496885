"""Puts the demo's words together: goods with options, stock and a description, ready to be brought in."""

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from dev.demo_goods.drawing import draw
from yaksok.mall.catalogue.intake import Item, Shelf, Shot

FOLDER = Path(__file__).parent
SOLD_OUT = frozenset({"moon-jar", "trio-norigae", "low-chest"})
FEW_IN = 9
"""One product in so many has only a few left."""

OLDEST_DAYS = 420
ENOUGH = 2
"""Sentences of a description, besides the summary."""

Keep = Callable[[bytes, str], str]
"""Stores a picture and gives its name."""

_SENTENCE = re.compile(r"(?<=[.?!])\s+")


@dataclass(frozen=True, slots=True)
class Words:
    """One line of a words file."""

    shelf: str
    slug: str
    ko: str
    en: str
    price: int
    look: str
    options: str
    said_ko: str
    said_en: str

    @property
    def chance(self) -> bytes:
        """Bytes that are always the same for this product, to vary it by."""
        return hashlib.sha256(f"goods {self.slug}".encode()).digest()


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


SHARED = _toml(FOLDER / "shared.toml")


def shelves() -> list[Shelf]:
    """Every category, parents first."""
    return [
        Shelf(slug, parent or None, place, ko, en, about_ko, about_en)
        for place, (slug, parent, ko, en, about_ko, about_en) in enumerate(
            SHARED["shelves"], start=1
        )
    ]


def words() -> list[Words]:
    """Every product of the demo, a shelf after the other."""
    order = [row[0] for row in SHARED["shelves"]]
    return [
        Words(shelf, *row)
        for shelf in order
        if (path := FOLDER / "words" / f"{shelf}.toml").exists()
        for row in _toml(path)["goods"]
    ]


def items(keep: Keep, now: datetime) -> Iterator[Item]:
    """Every variant of every product. Each product's pictures are drawn when it comes to it."""
    line = 0
    for place, one in enumerate(words()):
        shots = _shots(one, keep)
        for number, option in enumerate(SHARED["options"].get(one.options, [["", "", 1.0]])):
            line += 1
            yield _item(one, place, line, number, option, shots if number == 0 else (), now)


def _item(
    one: Words,
    place: int,
    line: int,
    number: int,
    option: list[Any],
    shots: tuple[Shot, ...],
    now: datetime,
) -> Item:
    label_ko, label_en, times = option
    summary_ko, *more_ko = _SENTENCE.split(one.said_ko)
    summary_en, *more_en = _SENTENCE.split(one.said_en)
    maker = _maker(one)
    part = _part(one, place)
    told = [part or SHARED["parts"]["any"][place % 7]]
    if len(more_ko) + len(told) < ENOUGH or (part and place % 5 == 0):
        told.append(maker[4:6])
    more_ko += [ko for ko, _ in told]
    more_en += [en for _, en in told]
    return Item(
        line=line,
        product=one.slug,
        sku=f"{one.slug.upper()}-{number + 1}",
        category=one.shelf,
        name_ko=one.ko,
        name_en=one.en,
        price=round(one.price * times / 100) * 100,
        stock=_stock(one, number),
        option_ko=label_ko,
        option_en=label_en,
        summary_ko=summary_ko,
        summary_en=summary_en,
        description_ko=" ".join(more_ko),
        description_en=" ".join(more_en),
        maker_ko=maker[0],
        maker_en=maker[1],
        origin_ko=maker[2],
        origin_en=maker[3],
        weight_g=round(SHARED["grams"][one.shelf] * (0.7 + one.chance[3] / 350) / 10) * 10,
        loved=(one.chance[4] * one.chance[5]) // 130,
        created_at=now
        - timedelta(days=(one.chance[6] * 256 + one.chance[7]) % OLDEST_DAYS, minutes=place),
        shots=shots,
        question="engraving" if one.options == "engrave" else "",
    )


def _maker(one: Words) -> list[str]:
    material = one.look.split("/")[1]
    shelf = SHARED["instead"].get(one.shelf, {}).get(material, one.shelf)
    found: list[str] = SHARED["makers"][shelf]
    return found


def _part(one: Words, place: int) -> list[str] | None:
    """A sentence that is true of what the product is made of, or None."""
    motif, material, *_ = one.look.split("/")
    suits = dict(
        entry.split(":") if ":" in entry else (entry, entry) for entry in SHARED["suits"][one.shelf]
    )
    key = suits.get(material) or suits.get(motif)
    if key is None:
        return None
    parts: list[list[str]] = SHARED["parts"][key]
    return parts[place % len(parts)]


def _stock(one: Words, number: int) -> int:
    if one.slug in SOLD_OUT:
        return 0
    chance = one.chance[8 + number]
    return 1 + chance % 4 if one.chance[2] % FEW_IN == 0 else 8 + chance % 90


def _shots(one: Words, keep: Keep) -> tuple[Shot, ...]:
    far, near = draw(one.slug, one.look), draw(one.slug, one.look, close=True)
    return (
        Shot(
            keep(far.content, "svg"),
            far.side,
            far.side,
            f"{one.ko}을(를) 그린 그림",
            f"Drawing of: {one.en}",
        ),
        Shot(
            keep(near.content, "svg"),
            near.side,
            near.side,
            f"{one.ko}, 가까이에서",
            f"{one.en}, close up",
        ),
    )
