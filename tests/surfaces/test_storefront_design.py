"""The look keeps its budgets: weight, contrast in both themes, and nothing inline."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

import yaksok

PACKAGE = Path(yaksok.__file__).parent
TEMPLATES = sorted((PACKAGE / "web").rglob("templates/**/*.html"))
STYLES = ("tokens", "base", "components", "fonts")
MOST_CSS, MOST_SCRIPT = 40_000, 30_000

WORDS = {
    "ink": ("ground", "raised", "sunken", "jade-wash", "amber-wash", "vermilion-wash"),
    "soft": ("ground", "raised", "sunken"),
    "jade": ("ground", "raised", "sunken"),
    "jade-deep": ("ground", "raised", "sunken"),
    "vermilion": ("ground", "raised", "vermilion-wash"),
    "amber": ("ground", "raised", "amber-wash"),
    "on-jade": ("jade", "jade-deep"),
    "ground": ("ink",),
}
LINES = {"edge": ("ground", "raised"), "focus": ("ground", "raised", "sunken")}


def found(name):
    path = finders.find(name)
    assert path, name
    return Path(path).read_bytes()


def packed(*names):
    return sum(len(gzip.compress(found(name))) for name in names)


def tokens(theme):
    text = found("design/tokens.css").decode()
    light, _, dark = text.partition("@media (prefers-color-scheme: dark)")
    values = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", light))
    return values | (
        dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", dark)) if theme == "dark" else {}
    )


def brightness(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    bright, dark = sorted((brightness(one), brightness(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_and_lines_stand_out_as_wcag_aa_asks(theme):
    held = tokens(theme)
    for pairs, least in ((WORDS, 4.5), (LINES, 3.0)):
        for front, grounds in pairs.items():
            for ground in grounds:
                reached = contrast(held[front], held[ground])
                assert reached >= least, f"{theme}: {front} on {ground} is {reached:.2f}"


def test_the_contrast_test_can_fail():
    assert contrast("#777777", "#fbf9f4") < 4.5


def test_styles_and_scripts_of_the_heaviest_page_keep_their_weight():
    styles = [f"design/{name}.css" for name in STYLES] + ["storefront/shop.css"]
    assert packed(*styles) <= MOST_CSS
    assert packed(*styles, "design/policy.css", "yaksok/looked.css") <= MOST_CSS
    scripts = ["design/basket.js", "storefront/shop.js", "storefront/listing.js"]
    assert packed(*scripts) <= MOST_SCRIPT


def test_the_letters_are_ours_with_their_licence():
    css = found("design/fonts.css").decode()
    names = re.findall(r"url\(([^)]+)\)", css)
    assert len(names) > 80
    assert all(found(f"design/{name}")[:4] == b"wOF2" for name in names)
    assert css.count("font-display:swap") == css.count("unicode-range:") == len(names)
    assert b"SIL OPEN FONT LICENSE" in found("design/fonts/OFL.txt")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_nothing_stands_inline_that_the_content_policy_forbids(path):
    text = path.read_text("utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"""(?:src|href|action)=["']https?:""", text)


def test_styles_and_scripts_ask_no_other_origin():
    for name in (*(f"design/{style}.css" for style in STYLES), "storefront/shop.css"):
        assert b"http" not in found(name).replace(b"http://www.w3.org", b"")
    for name in ("design/basket.js", "storefront/shop.js", "storefront/listing.js"):
        script = found(name)
        assert b"http" not in script
        assert b"localStorage" not in script
        assert b"cookie" not in script
