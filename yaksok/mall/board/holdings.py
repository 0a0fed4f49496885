"""The board's table: what the mall tells everybody. Who wrote a notice stands in the log alone."""

from yaksok.kernel.holdings import Impersonal

HOLDINGS = (Impersonal("board_notice", "what the mall tells everybody"),)
