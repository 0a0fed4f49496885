"""A guest's order over the API."""

from django.http import HttpRequest

from yaksok.api.shapes import LineOut, LookUpIn, OrderOut
from yaksok.journeys import look_up


def look_up_order(request: HttpRequest, proof: LookUpIn) -> OrderOut:
    """The order that ``proof`` proves, masked. Attempts are counted per order and per address."""
    view = look_up.look_up(
        proof.number, proof.secret, address_key=request.META.get("REMOTE_ADDR", "")
    )
    return OrderOut(
        number=view.order_number,
        state=view.state,
        state_label=str(view.state_label),
        placed_at=view.placed_at.isoformat(timespec="seconds"),
        total=view.total,
        lines=[
            LineOut(
                name=line.name, option=line.option, quantity=line.quantity, subtotal=line.subtotal
            )
            for line in view.lines
        ],
        recipient={str(item): str(mask) for item, mask in view.recipient_masked.items()},
    )
