"""The board's table: what the mall tells everybody. Who wrote a notice stands in the log alone."""

from yaksok.kernel.holdings import Impersonal

HOLDINGS = (
    Impersonal("board_notice", "쇼핑몰이 모두에게 알리는 글 / what the mall tells everybody"),
)
