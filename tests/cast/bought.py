"""Pieces that somebody bought on some day, without anybody's data."""

from datetime import datetime, timedelta
from uuid import uuid4

from tests.cast.orders import WAY
from yaksok.database.roles import keeper
from yaksok.kernel.clock import SEOUL
from yaksok.kernel.ids import OrderId, RecordId, new_id, new_order_number, new_subject_id
from yaksok.mall.orders import moving, placing
from yaksok.policy.vocabulary import Language

PRICE = 1_000


def on_weekday(year: int, month: int, weekday: int) -> datetime:
    """Noon of the first such day of that month in Seoul; 1 is Monday."""
    day = datetime(year, month, 1, 12, tzinfo=SEOUL)
    return day + timedelta(days=(weekday - day.isoweekday()) % 7)


def one_piece(slug: str, *, pieces: int = 1, member: bool = True) -> None:
    """A paid order of ``slug`` by somebody new."""
    blank = {Language.KOREAN: "", Language.ENGLISH: ""}
    subject, order = new_subject_id(), OrderId(new_id())
    line = placing.NewLine(uuid4(), slug, blank, blank, PRICE, pieces, 100)
    with keeper():
        placing.write(
            placing.NewOrder(
                subject=subject,
                id=order,
                number=new_order_number(),
                recipient=new_subject_id(),
                payer_record=RecordId(new_id()),
                recipient_record=RecordId(new_id()),
                member=member,
                language=Language.KOREAN,
                goods_total=PRICE * pieces,
                shipping_fee=0,
                lines=[line],
                verifier=None if member else "x",
            )
        )
        for state in WAY:
            moving.move(moving.lock(subject, order), state)
