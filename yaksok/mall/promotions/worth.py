"""What a coupon is worth. Whole won, rounded down; never more than the goods."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Worth:
    """Either ``amount`` won, or ``percent`` of the goods and at most ``cap`` won."""

    amount: int | None = None
    percent: int | None = None
    cap: int | None = None

    def off(self, goods_total: int) -> int:
        """By how many won an order with goods for ``goods_total`` won gets cheaper.

        The fee for the parcel is not made cheaper, and is judged by the goods before the discount.
        """
        if self.amount is not None:
            return min(self.amount, goods_total)
        part = goods_total * (self.percent or 0) // 100
        return min(part, self.cap if self.cap is not None else part)
