"""Lays every picture of the demo out on one page, to look at: ``python -m dev.demo_goods.sheet_of_contacts OUT``."""

import sys
from pathlib import Path

from dev.demo_goods.drawing import MOTIFS, draw
from dev.demo_goods.ink import MATERIALS


def main() -> None:
    """Write one page with each motif in four materials."""
    out = Path(sys.argv[1])
    materials = list(MATERIALS)
    cells = []
    for place, motif in enumerate(sorted(MOTIFS)):
        for variation in range(4):
            material = materials[(place * 5 + variation * 7) % len(materials)]
            svg = draw(
                f"{motif}{variation}", f"{motif}/{material}/{variation}", close=variation == 3
            ).content.decode()
            cells.append(
                f"<figure>{svg}<figcaption>{motif} {material} {variation}</figcaption></figure>"
            )
    style = "body{display:grid;grid-template-columns:repeat(12,130px);gap:6px;font:10px sans-serif}figure{margin:0}svg{width:130px;height:130px}"
    out.write_text(
        f"<!doctype html><meta charset=utf-8><style>{style}</style>{''.join(cells)}",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
