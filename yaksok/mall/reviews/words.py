"""The closed words of reviews: why one is hidden."""

from enum import StrEnum


class Hidden(StrEnum):
    """Why staff hid a review. Not liking the goods is no reason, so there is no word for it."""

    ABUSE = "abuse"
    """It insults somebody, or uses words that others should not have to read."""
    ADVERTISING = "advertising"
    """It advertises something else."""
    OTHER_GOODS = "other_goods"
    """It is about other goods, or about nothing."""
    PERSONAL = "personal"
    """It says who somebody is, or how to reach them."""
    RIGHTS = "rights"
    """It takes somebody else's words or pictures, and they asked for it."""
