"""The closed words of reviews: why one is hidden."""

from enum import StrEnum


class Hidden(StrEnum):
    """Why a review is hidden. Not liking the goods is no reason, so there is no word for it."""

    AGAIN = "again"
    """It was written anew where one was hidden before; staff have not looked at it yet."""
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


FOR_STAFF = tuple(why for why in Hidden if why is not Hidden.AGAIN)
"""What staff can choose from."""
