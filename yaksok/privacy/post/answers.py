"""What a wire can say when it does not take a letter."""

from yaksok.kernel.errors import YaksokError


class NotTaken(YaksokError):
    """The letter was not taken now, or whether it was is not known. Try again later.

    ``forgotten``: the provider does not know the group any more that was begun for the letter.
    """

    def __init__(self, reason: str, *, forgotten: bool = False) -> None:
        super().__init__(reason)
        self.forgotten = forgotten


class NoSuchAddress(YaksokError):
    """Refused for good: there is nobody, or no such letter can be sent. Trying again will not help."""


class Gone(NoSuchAddress):
    """The person was reached there once and never will be again; the address is of no more use."""
