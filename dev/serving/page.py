"""The look of the sandboxes' own pages: plain, readable at 390 px, light and dark, no script."""

from collections.abc import Mapping, Sequence
from html import escape

STYLE = """
:root{color-scheme:light dark;--ink:#1b2430;--soft:#5b6675;--line:#d9dee6;--ground:#f2f4f8;
--card:#fff;--accent:#1f5fd6;--bad:#b3261e;--good:#17744a}
@media (prefers-color-scheme:dark){:root{--ink:#e8ecf2;--soft:#a3adba;--line:#384252;
--ground:#12161d;--card:#1b212b;--accent:#7fa8ff;--bad:#ff9b93;--good:#6fd3a4}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);line-height:1.6;word-break:keep-all;
overflow-wrap:anywhere;font:16px/1.6 "Noto Sans KR","Apple SD Gothic Neo","Malgun Gothic",sans-serif}
header,main,footer{max-width:var(--width,34rem);margin:0 auto;padding:0 1.25rem}
header{display:flex;justify-content:space-between;align-items:center;gap:1rem;padding-top:1.25rem}
header strong{font-size:1.05rem}
header a,td a,p a,pre a{color:var(--accent)}
main{padding-top:.5rem;padding-bottom:1.5rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:1.5rem 1.25rem}
h1{font-size:1.35rem;line-height:1.35;margin:.25rem 0 .5rem}
.tag{display:inline-block;margin-bottom:.5rem;font-size:.8rem;border:1px solid var(--line);border-radius:999px;
padding:.1rem .7rem;color:var(--soft)}
.sum{font-size:1.9rem;font-weight:700;margin:.25rem 0 1rem;font-variant-numeric:tabular-nums}
.soft,footer{color:var(--soft);font-size:.9rem}
label{display:block;font-size:.9rem;margin:.9rem 0 .25rem}
input{width:100%;font:inherit;padding:.65rem .75rem;border:1px solid var(--line);border-radius:9px;
background:var(--ground);color:inherit}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:.75rem}
button,.button{display:block;width:100%;font:inherit;font-weight:600;padding:.75rem 1rem;
margin-top:.6rem;border-radius:10px;border:1px solid var(--line);background:transparent;
color:inherit;cursor:pointer;text-align:center;text-decoration:none}
button.main,.button.main{background:var(--accent);border-color:var(--accent);color:#fff;margin-top:1.4rem}
@media (prefers-color-scheme:dark){button.main,.button.main{color:#0d1420}}
button:focus-visible,input:focus-visible,a:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
fieldset{border:0;border-top:1px dashed var(--line);margin:1.5rem 0 0;padding:.75rem 0 0}
legend{font-size:.85rem;color:var(--soft);padding:0 .5rem 0 0}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{text-align:left;padding:.55rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
th{color:var(--soft);font-weight:500;white-space:nowrap}
td button{margin:0;padding:.4rem .8rem;white-space:nowrap}
pre{white-space:pre-wrap;font:inherit;margin:0}
@media (min-width:561px){td span{overflow-wrap:normal}}
@media (max-width:560px){table.stack thead{position:absolute;left:-999em}
table.stack tr{display:block;padding:.6rem 0;border-bottom:1px solid var(--line)}
table.stack td{display:grid;grid-template-columns:6.5rem 1fr;gap:.5rem;border:0;padding:.15rem 0}
table.stack td::before{content:attr(data-name);color:var(--soft)}}
"""


def page(
    *, title: str, brand: str, language: str, path: str, body: str, foot: str, wide: bool = False
) -> str:
    """A whole page. ``body`` is HTML; the other texts are plain."""
    other, name = ("en", "English") if language == "ko" else ("ko", "한국어")
    width = ' style="--width:72rem"' if wide else ""
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)} · {escape(brand)}</title><style>{STYLE}</style><body{width}>"
        f'<header><strong>{escape(brand)}</strong><a href="{escape(path)}?lang={other}" lang="{other}">'
        f"{name}</a></header><main>{body}</main><footer><p>{escape(foot)}</p></footer></body></html>"
    )


def listing(text: Mapping[str, str], rows: Sequence[tuple[str, ...]]) -> str:
    """A card with a list: ``title``, ``lead`` and ``heads`` of ``text``, or its ``none``."""
    heads = tuple(text["heads"].split("|"))
    shown = table(heads, rows) if rows else f"<p>{escape(text['none'])}</p>"
    return (
        f'<div class="card"><h1>{escape(text["title"])}</h1>'
        f'<p class="soft">{escape(text["lead"])}</p>{shown}</div>'
    )


def won(amount: int, language: str) -> str:
    """An amount as a person reads it."""
    return f"{amount:,}원" if language == "ko" else f"₩{amount:,}"


def table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A table that becomes a list of cards on a narrow screen. Cells are HTML."""
    top = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    lines = "".join(
        "<tr>"
        + "".join(
            f'<td data-name="{escape(head)}"><span>{cell}</span></td>'
            for head, cell in zip(heads, row, strict=True)
        )
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="wide"><table class="stack"><thead><tr>{top}</tr></thead>'
        f"<tbody>{lines}</tbody></table></div>"
    )
