"""The hand that draws: a sheet of paper, an ink line, a few colours, and the shapes of things."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

INK = "#2b2926"
JADE = "#3f8571"
VERMILION = "#c5503a"
AMBER = "#d9a64a"
PAPER = "#fbf7ef"

SIDE = 480
HAIRLINE = 2.2
GROUND = 366
"""Where things stand, in units from the top of a sheet of 480."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Material:
    """How a material looks: its surface, its shaded or second colour, its ornament."""

    fill: str
    deep: str
    mark: str


MATERIALS = {
    "white": Material("#f7f4ec", "#dfd9cb", "#5a7a96"),
    "celadon": Material("#a9c6b3", "#86a996", "#f3efe3"),
    "buncheong": Material("#c9c1b1", "#a79c89", "#f6f1e6"),
    "onggi": Material("#8a5a3c", "#6a412a", "#b98a63"),
    "black": Material("#4b4744", "#33302e", "#a89f93"),
    "oak": Material("#d8b483", "#bd9462", "#8c6a41"),
    "walnut": Material("#94694a", "#775037", "#c79f79"),
    "pine": Material("#ebd3a4", "#d4b67f", "#b18f58"),
    "bamboo": Material("#d5c98a", "#b7a964", "#7f8a4e"),
    "brass": Material("#dcb65c", "#bd9440", "#f6e6b3"),
    "iron": Material("#56534f", "#3d3a37", "#8a857e"),
    "linen": Material("#e6dcc6", "#cfc2a6", "#3f8571"),
    "cotton": Material("#f3eee4", "#dcd3c2", "#c5503a"),
    "ramie": Material("#dfe8dc", "#c3d2c2", "#3f8571"),
    "indigo": Material("#4b6283", "#374a66", "#e9e4d6"),
    "wool": Material("#d9c3a5", "#bfa683", "#8e5f43"),
    "silk": Material("#c96a52", "#a9503b", "#e9c069"),
    "jade": Material("#6ea892", "#3f8571", "#f3e4b8"),
    "hanji": Material("#f6efdd", "#e4d8bd", "#c5503a"),
    "leather": Material("#b37a4f", "#935f39", "#e3c39d"),
    "glass": Material("#dceae8", "#b9d2cf", "#7aa39e"),
    "wax": Material("#f2e3bd", "#dfc98f", "#d9a64a"),
    "leaf": Material("#8fa86c", "#6c8650", "#d9a64a"),
    "clay": Material("#c98b66", "#ab6e4b", "#f0d9c4"),
    "paint": Material("#e0b557", "#c5503a", "#3f8571"),
    "herb": Material("#b9b3cf", "#948cb3", "#6c8650"),
}


class Sheet:
    """Collects the marks of one drawing and writes them as SVG."""

    def __init__(self) -> None:
        self._marks: list[str] = []

    def path(
        self,
        way: str,
        fill: str = "none",
        *,
        line: str | None = None,
        width: float = 0,
        fade: float = 1,
    ) -> None:
        """One shape along ``way`` (SVG path data). ``line`` "none" leaves the outline out."""
        extra = f' stroke="{line}"' if line else ""
        extra += f' stroke-width="{width:g}"' if width else ""
        extra += f' opacity="{fade:g}"' if fade != 1 else ""
        colour = "" if fill == "none" else f' fill="{fill}"'
        self._marks.append(f'<path d="{way}"{colour}{extra}/>')

    def line(
        self,
        points: Sequence[Point],
        *,
        colour: str | None = None,
        width: float = 0,
        fade: float = 1,
    ) -> None:
        """A polyline through ``points``."""
        self.path(polyline(points), line=colour, width=width, fade=fade)

    def shape(
        self, points: Sequence[Point], fill: str, *, line: str | None = None, fade: float = 1
    ) -> None:
        """A closed polygon."""
        self.path(polyline(points) + "z", fill, line=line, fade=fade)

    def oval(
        self,
        x: float,
        y: float,
        rx: float,
        ry: float,
        fill: str = "none",
        **style: float | str | None,
    ) -> None:
        """An ellipse around (x, y)."""
        way = f"M{x - rx:.1f} {y:.1f}a{rx:.1f} {ry:.1f} 0 1 0 {2 * rx:.1f} 0a{rx:.1f} {ry:.1f} 0 1 0 {-2 * rx:.1f} 0z"
        self.path(way, fill, **style)  # type: ignore[arg-type]  # the styles of path, passed on

    def box(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        fill: str = "none",
        r: float = 0,
        **style: object,
    ) -> None:
        """A rectangle with its upper left corner at (x, y) and corners rounded by ``r``."""
        if r:
            way = (
                f"M{x + r:.1f} {y:.1f}h{w - 2 * r:.1f}q{r:g} 0 {r:g} {r:g}v{h - 2 * r:.1f}q0 {r:g} {-r:g} {r:g}"
                f"h{2 * r - w:.1f}q{-r:g} 0 {-r:g} {-r:g}v{2 * r - h:.1f}q0 {-r:g} {r:g} {-r:g}z"
            )
        else:
            way = f"M{x:.1f} {y:.1f}h{w:.1f}v{h:.1f}h{-w:.1f}z"
        self.path(way, fill, **style)  # type: ignore[arg-type]  # the styles of path, passed on

    @contextmanager
    def at(self, x: float, y: float, size: float = 1, turn: float = 0) -> Iterator[None]:
        """What is drawn in the block stands at (x, y), ``size`` times as large, turned by degrees."""
        turned_by = f" rotate({turn:g})" if turn else ""
        grown = f" scale({size:g})" if size != 1 else ""
        width = f' stroke-width="{HAIRLINE / size:.2f}"' if size != 1 else ""  # one pen for all
        self._marks.append(f'<g transform="translate({x:g} {y:g}){grown}{turned_by}"{width}>')
        yield
        self._marks.append("</g>")

    def svg(self, crop: tuple[int, int, int]) -> str:
        """The drawing; ``crop`` gives the left, the top and the side of the square that is shown."""
        left, top, side = crop
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="960" height="960" viewBox="{left} {top} {side} {side}">'
            f'<g fill="none" stroke="{INK}" stroke-width="{HAIRLINE}" stroke-linecap="round" stroke-linejoin="round">'
            f"{''.join(self._marks)}</g></svg>"
        )


def polyline(points: Sequence[Point]) -> str:
    """Path data through ``points``."""
    first, *others = points
    return f"M{first[0]:.1f} {first[1]:.1f}" + "".join(f"L{x:.1f} {y:.1f}" for x, y in others)


def smooth(points: Sequence[Point], *, go_on: bool = False) -> str:
    """Path data of a soft curve through ``points``; ``go_on`` continues from where the pen is."""
    way = "" if go_on else f"M{points[0][0]:.1f} {points[0][1]:.1f}"
    padded = [points[0], *points, points[-1]]
    for before, here, there, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        way += (
            f"C{here[0] + (there[0] - before[0]) / 6:.1f} {here[1] + (there[1] - before[1]) / 6:.1f}"
            f" {there[0] - (after[0] - here[0]) / 6:.1f} {there[1] - (after[1] - here[1]) / 6:.1f}"
            f" {there[0]:.1f} {there[1]:.1f}"
        )
    return way


def turned(
    sheet: Sheet,
    profile: Sequence[Point],
    material: Material,
    *,
    mouth: float = 0.2,
    inside: str = "",
) -> None:
    """A thing turned on a wheel. ``profile`` lists (radius, height above the ground) from rim to foot."""
    right = [(r, -h) for r, h in profile]
    left = [(-r, -h) for r, h in reversed(profile)]
    foot_r, foot_h = profile[-1]
    body = (
        smooth(right)
        + f"Q0 {-foot_h + foot_r * 0.14:.1f} {-foot_r:.1f} {-foot_h:.1f}"
        + smooth(left, go_on=True)
        + "z"
    )
    sheet.path(body, material.fill)
    shade = [(r * 0.52, -h) for r, h in reversed(profile)]
    sheet.path(
        smooth(right) + f"L{shade[0][0]:.1f} {shade[0][1]:.1f}" + smooth(shade, go_on=True) + "z",
        material.deep,
        line="none",
        fade=0.6,
    )
    sheet.path(smooth(right))
    rim_r, rim_h = profile[0]
    if mouth:
        sheet.oval(0, -rim_h, rim_r, rim_r * mouth, inside or material.deep)


def band(sheet: Sheet, radius: float, height: float, colour: str, width: float = 3) -> None:
    """A painted ring around a turned thing."""
    sheet.path(
        f"M{-radius:.1f} {-height:.1f}Q0 {-height + radius * 0.3:.1f} {radius:.1f} {-height:.1f}",
        line=colour,
        width=width,
    )
