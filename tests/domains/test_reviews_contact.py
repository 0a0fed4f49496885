"""Numbers and addresses in words that everybody will read, and what only looks like them."""

import pytest

from yaksok.mall.reviews.contact import names_contact


@pytest.mark.parametrize(
    "text",
    [
        "010-1234-5678",
        "01012345678",
        "010 1234 5678",
        "010.1234.5678",
        "(02) 123-4567",
        "031-123-4567로 전화",
        "+82 10-1234-5678",
        "+1 202 555 0199",
        "０１０－１２３４－５６７８",
        "٠١٠-١٢٣٤-٥٦٧٨",
        "010\u200b1234\u200b5678",
        "공일공 일이삼사 오육칠팔",
        "공1공-1234-5678",
        "070-1234-5678",
        "0507-1234-5678",
        "durumi@mail.example",
        "durumi @ mail . example",
        "durumi(at)mail.example",
        "ＤＵＲＵＭＩ＠mail.example",
        "두루미골뱅이mail.com",
    ],
)
def test_numbers_and_addresses_are_found_however_they_are_written(text: str) -> None:
    assert names_contact(text)
    assert names_contact(f"정말 좋아요. {text} 로 연락 주세요!")


@pytest.mark.parametrize(
    "text",
    [
        "32,000원에 샀는데 1,000원 할인받았어요.",
        "2026년 11월 25일에 받았어요. 10시 30분쯤.",
        "사이즈 270, 높이 12.5cm, 무게 1200g",
        "100% 만족! 5점 만점에 10점 @_@",
        "주문번호 2026-1125-0001 아직 안 왔었는데 오늘 왔네요",
        "이 차는 삼오이 삼삼오오 모여 마시기 좋아요",
        "1, 2, 3, 4, 5, 6, 7, 8, 9",
        "0점도 아깝다",
        "가로 20 세로 30 높이 40 깊이 50",
        "ISBN 978-89-546-7890-1",
    ],
)
def test_prices_sizes_and_dates_are_not_taken_for_numbers(text: str) -> None:
    assert not names_contact(text)
