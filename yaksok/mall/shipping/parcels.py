"""Parcels: made once for an order, moved forwards only."""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from yaksok.kernel import clock
from yaksok.kernel.ids import OrderId, SubjectId, new_id
from yaksok.mall.shipping.models import Event, Number, Parcel, Tracking

NUMBER_BYTES = 10
"""80 random bits: it cannot be guessed, and says nothing about the order."""


class ParcelState(StrEnum):
    """Where a parcel is, in the order of the way it goes."""

    WAITING = "waiting"
    """The courier was not reached yet, or its answer is not here."""
    HANDED = "handed"
    """The courier has the label and gave a tracking number."""
    PICKED_UP = "picked_up"
    IN_TRANSIT = "in_transit"
    DELIVERED = "delivered"


WAY = tuple(ParcelState)
"""Forwards. Nothing goes the other way, in whatever order the news arrives."""

TOLD = frozenset({ParcelState.PICKED_UP, ParcelState.IN_TRANSIT, ParcelState.DELIVERED})
"""What a courier's call-back may say."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing the courier said."""

    state: ParcelState
    at: datetime


@dataclass(frozen=True, slots=True)
class Shipment:
    """One parcel as it stands."""

    subject: SubjectId
    order: OrderId
    number: str
    state: ParcelState
    tracking_number: str
    made_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class News:
    """What a courier's call-back says. ``key`` is the same when it is repeated."""

    key: str
    number: str
    state: ParcelState
    tracking_number: str
    at: datetime


def open_for(subject: SubjectId, order: OrderId) -> Shipment:
    """The parcel of an order; made now if there is none. The order must be locked."""
    at = clock.now()
    row, fresh = Parcel.objects.get_or_create(
        subject_id=subject,
        order_id=order,
        defaults={
            "id": new_id(),
            "number": secrets.token_hex(NUMBER_BYTES),
            "state": ParcelState.WAITING,
            "made_at": at,
            "changed_at": at,
        },
    )
    if fresh:
        Number.objects.create(number=row.number, subject_id=subject, order_id=order)
    return _shipment(row)


def place_of(number: str) -> tuple[SubjectId, OrderId] | None:
    """Whose parcel ``number`` is, and of which order."""
    found = Number.objects.filter(number=number).values_list("subject_id", "order_id").first()
    return (SubjectId(found[0]), OrderId(found[1])) if found else None


def tracked_by(tracking_number: str) -> tuple[SubjectId, OrderId] | None:
    """Whose parcel the courier calls ``tracking_number``, and of which order."""
    found = Tracking.objects.filter(number=tracking_number)
    place = found.values_list("subject_id", "order_id").first()
    return (SubjectId(place[0]), OrderId(place[1])) if place else None


def handed(subject: SubjectId, order: OrderId, tracking_number: str) -> Shipment:
    """The parcel after the courier took it. The order must be locked."""
    row = Parcel.objects.get(subject_id=subject, order_id=order)
    return _forwards(row, ParcelState.HANDED, tracking_number)


def heard(subject: SubjectId, order: OrderId, news: News) -> Shipment | None:
    """The parcel after ``news``; None when the same was heard before. The order must be locked.

    Late news is written down and changes nothing: a parcel never goes backwards.
    """
    row = Parcel.objects.get(subject_id=subject, order_id=order)
    _, fresh = Event.objects.get_or_create(
        subject_id=subject,
        parcel_id=row.id,
        id=news.key,
        defaults={"state": news.state, "at": news.at},
    )
    return _forwards(row, news.state, news.tracking_number) if fresh else None


def of_orders(places: Collection[tuple[SubjectId, OrderId]]) -> Mapping[OrderId, Shipment]:
    """The parcels of orders, by order; an order without one is absent. One statement."""
    rows = Parcel.objects.filter(
        subject_id__in=[subject for subject, _ in places],
        order_id__in=[order for _, order in places],
    )
    return {OrderId(row.order_id): _shipment(row) for row in rows}


def steps_of(subject: SubjectId, order: OrderId) -> tuple[Step, ...]:
    """What the courier said about an order's parcel, in the order of the way."""
    parcel = Parcel.objects.filter(subject_id=subject, order_id=order).first()
    if parcel is None:
        return ()
    rows = Event.objects.filter(subject_id=subject, parcel_id=parcel.id)
    steps = {ParcelState(row.state): row.at for row in rows.order_by("-at")}
    return tuple(Step(state, steps[state]) for state in WAY if state in steps)


def _forwards(row: Parcel, to: ParcelState, tracking_number: str) -> Shipment:
    ahead = WAY.index(to) > WAY.index(ParcelState(row.state))
    if ahead or (tracking_number and not row.tracking_number):
        row.state = to if ahead else row.state
        row.tracking_number = row.tracking_number or tracking_number
        row.changed_at = clock.now()
        row.save(update_fields=["state", "tracking_number", "changed_at"])
        if row.tracking_number:
            Tracking.objects.update_or_create(
                number=row.tracking_number,
                defaults={"subject_id": row.subject_id, "order_id": row.order_id},
            )
    return _shipment(row)


def _shipment(row: Parcel) -> Shipment:
    return Shipment(
        SubjectId(row.subject_id),
        OrderId(row.order_id),
        row.number,
        ParcelState(row.state),
        row.tracking_number,
        row.made_at,
        row.changed_at,
    )
