"""The operator brings their own goods in: all rows or none, and every wrong cell is named."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from PIL import Image
from pytest_django import Settings

from tests.cast.policies import obeying, policy_of, without_table
from tests.cast.shelves import Shop
from yaksok.cli.goods import bring_in
from yaksok.cli.trouble import Trouble
from yaksok.journeys import browse
from yaksok.kernel.errors import NotFound
from yaksok.mall.catalogue.columns import COLUMNS, TEMPLATE
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Language

KO, EN = Language.KOREAN, Language.ENGLISH

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

ROW = {
    "product": "ash-comb",
    "sku": "COMB-1",
    "category": "wood",
    "name_ko": "물푸레 빗",
    "name_en": "Ash comb",
    "price": "18,000원",
    "stock": "12",
}

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path, settings: Settings, shelves: Shop) -> Write:
    """Writes rows as a CSV file; the media directory is one of the test's own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    assert shelves.variants

    def written(
        *rows: dict[str, str], encoding: str = "utf-8", names: list[str] | None = None
    ) -> Path:
        stream = io.StringIO()
        header = names or [column.name for column in COLUMNS]
        writer = csv.DictWriter(stream, header)
        writer.writeheader()
        writer.writerows(rows)
        path = tmp_path / "goods.csv"
        path.write_bytes(stream.getvalue().encode(encoding))
        return path

    return written


def _faults(path: Path, capsys: pytest.CaptureFixture[str], folder: Path | None = None) -> str:
    with pytest.raises(Trouble, match="nothing was imported"):
        bring_in(path, folder, keep=True)
    return capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_a_file_of_any_spreadsheet_is_taken(write: Write, encoding: str) -> None:
    two = ROW | {
        "sku": "COMB-2",
        "price": "24000",
        "option_ko": "크기: 큰 것",
        "name_ko": "",
        "category": "",
    }
    tally = bring_in(write(ROW, two, encoding=encoding), None, keep=True)
    assert (tally.products_new, tally.products_changed, tally.variants) == (1, 0, 2)
    comb = browse.product("ash-comb", KO)
    assert [(one.label, one.price, one.left) for one in comb.variants] == [
        ("", 18_000, 12),
        ("크기: 큰 것", 24_000, 12),
    ]
    assert browse.search("물푸레", 1, KO).page.total == 1


def test_korean_headers_semicolons_and_a_new_category(write: Write, tmp_path: Path) -> None:
    path = tmp_path / "semicolons.csv"
    path.write_text(
        "상품코드;품번;분류코드;분류명;상품명;판매가;재고\npen;PEN-1;desk/pens;책상/펜;대나무 펜;9000;5\n",
        encoding="utf-8",
    )
    bring_in(path, None, keep=True)
    assert [one.name for one in browse.category("pens", "", 1, KO).trail] == ["책상", "펜"]


def test_a_known_sku_is_changed_and_what_is_set_aside_stays(write: Write, shelves: Shop) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE yaksok_keeper")
        cursor.execute(
            "UPDATE catalogue_stock SET reserved = 2 WHERE variant_id = %s", [shelves["CUP-W-S"]]
        )
        cursor.execute("SET ROLE yaksok_storefront")
    row = ROW | {
        "product": "white-cup",
        "sku": "CUP-W-S",
        "category": "tea-cups",
        "name_ko": "새 백자 찻잔",
        "price": "23000",
        "stock": "1",
    }
    tally = bring_in(write(row), None, keep=True)
    assert (tally.products_new, tally.products_changed) == (0, 1)
    cup = browse.product("white-cup", KO)
    assert cup.name == "새 백자 찻잔"
    assert {one.sku: one.price for one in cup.variants} == {"CUP-W-S": 23_000, "CUP-W-L": 21_000}
    assert cup.price == 21_000
    assert shelves.stock("CUP-W-S") == (2, 2)
    assert len(cup.pictures) == 1


def test_every_wrong_cell_is_named_and_nothing_is_imported(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    said = _faults(
        write(
            ROW,
            ROW | {"sku": "COMB-2", "price": "삼만원", "stock": "-1"},
            ROW | {"sku": "COMB-1", "product": "Ash Comb"},
            ROW | {"sku": "COMB-4", "name_ko": "다른 빗"},
            ROW | {"sku": "COMB-5", "product": "other", "name_ko": "", "category": "nowhere"},
            ROW | {"sku": "COMB-6", "question": "engravings", "pictures": "a.png"},
        ),
        capsys,
    )
    for line in (
        "row 3, column price: is not a whole number",
        "row 3, column stock: is not a whole number",
        "row 4, column sku: is also in row 2",
        "row 4, column product: is not a code",
        "row 5, column name_ko: differs from row 2",
        "row 6, column name_ko: is empty",
        "row 6, column category_ko: has no name for the new category nowhere",
        "row 7, column question: names no question of the policy in force (P2.13)",
        "row 7, column pictures: names pictures, but no folder was given",
    ):
        assert line in said
    with pytest.raises(NotFound):
        browse.product("ash-comb", KO)


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("description_ko", "문의는 010-1234-5678 로", "mobile phone number"),
        ("maker_ko", "９００１０１－１２３４５６７", "resident registration number"),
        ("summary_ko", "보이지 않는 \x07 글자", "invisible control character"),
        ("summary_ko", "가" * 201, "more than 200 characters"),
        ("price", "1" * 400, "is more than"),
        ("price", "１e5", "is not a whole number"),
        ("active", "아마도", "neither yes nor no"),
        ("category", "a/b/c", "more than two levels"),
        ("pictures", "../secret.png", "leads out of the folder"),
        ("question", "monogram", "write one of these: engraving"),
    ],
)
def test_what_does_not_fit_is_refused(
    write: Write, capsys: pytest.CaptureFixture[str], column: str, cell: str, words: str
) -> None:
    said = _faults(write(ROW | {column: cell}), capsys)
    assert f"row 2, column {column}: " in said
    assert words in said
    assert cell[:200] not in said or len(cell) < 6


def test_an_sku_of_another_product_is_refused(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    said = _faults(write(ROW | {"sku": "TEA-G"}), capsys)
    assert "row 2, column sku: belongs to the product green-tea" in said


def test_a_question_of_the_policy_is_named_until_the_policy_drops_it(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    bring_in(write(ROW | {"question": "engraving"}), None, keep=True)
    asked = browse.question(browse.product("ash-comb", KO))
    assert asked is not None
    assert asked.label == policy().document.body.questions["engraving"].label
    assert capsys.readouterr().err == ""
    with obeying(policy_of(without_table("questions.engraving"))):
        assert browse.question(browse.product("ash-comb", KO)) is None
        bring_in(write(ROW | {"sku": "COMB-2"}), None, keep=True)
    said = capsys.readouterr().err
    assert "the policy declares no question engraving any more; 1 products ask nothing" in said


def test_a_dry_run_checks_and_leaves_everything(write: Write) -> None:
    assert bring_in(write(ROW), None, keep=False).products_new == 1
    with pytest.raises(NotFound):
        browse.product("ash-comb", KO)


def test_pictures_are_made_small_and_say_nothing_else(write: Write, tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    large = Image.new("RGB", (3000, 1500), "#3f8571")
    exif = Image.Exif()
    exif[0x010E] = "taken at the workshop of somebody"
    large.save(folder / "comb.jpg", exif=exif)
    row = ROW | {"pictures": "comb.jpg", "alt_ko": "빗 하나"}
    bring_in(write(row), folder, keep=True)
    picture = browse.product("ash-comb", EN).pictures[0]
    stored = tmp_path / "media" / picture.name
    assert (picture.width, picture.height, picture.alt) == (1200, 600, "Ash comb")
    assert b"workshop" not in stored.read_bytes()
    with Image.open(stored) as opened:
        assert (opened.format, opened.size) == ("WEBP", (1200, 600))
        assert not opened.getexif()


def test_what_is_no_picture_is_named(
    write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "fake.png").write_bytes(b"<svg onload=alert(1)>")
    row = ROW | {"pictures": "fake.png|gone.png"}
    assert "gone.png: there is no such file" in _faults(write(row), capsys, tmp_path)
    said = _faults(write(ROW | {"pictures": "fake.png"}), capsys, tmp_path)
    assert "row 2, column pictures: fake.png: the file is no JPEG" in said


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (b"\xff\xfea\x00", "UTF-16"),
        (b"\x00\x01\x02", "neither UTF-8 nor CP949"),
        (b"product,product\n", "stands twice"),
        (b'product,sku\n"open', "cannot be read"),
    ],
)
def test_what_is_no_table_is_told(write: Write, tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "broken.csv"
    path.write_bytes(content)
    with pytest.raises(Trouble, match=words) as caught:
        bring_in(path, None, keep=True)
    assert caught.value.cure


def test_unknown_columns_and_empty_files_are_named(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "row 1, column colour: is no column" in _faults(
        write(ROW | {"colour": "x"}, names=[*ROW, "colour"]), capsys
    )
    assert "row 2: no goods" in _faults(write(), capsys)


def test_a_terminal_obeys_nothing_out_of_a_file(
    write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = _faults(write(ROW | {"pictures": "\x1b]0;title\x07.png"}), capsys, tmp_path)
    assert "\x1b" not in said
    assert "title" in said


def test_the_template_has_every_column() -> None:
    assert TEMPLATE.strip().split(",") == [column.name for column in COLUMNS]
