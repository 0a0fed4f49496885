"""``python -m dev.sandbox_mail --port N --smtp-port N --data DIR``: pages on one, letters on the other."""

import threading
from collections.abc import Sequence
from http import HTTPStatus
from pathlib import Path

from dev.sandbox_mail.letters import TABLES, Letters
from dev.sandbox_mail.page import letter_page, letters_page
from dev.sandbox_mail.smtp import Mailbox
from dev.serving.exchange import Answer, Declined, Exchange, as_json, as_page
from dev.serving.faults import Faults
from dev.serving.ledger import Ledger
from dev.serving.server import Route, arguments, run


class MailSink:
    """The sink: a mailbox for the shop, pages for people."""

    def __init__(self, folder: Path, smtp_port: int) -> None:
        self.faults = Faults()
        self._ledger = Ledger(folder, "letters.db", TABLES)
        self._letters = Letters(self._ledger)
        self._mailbox = Mailbox(smtp_port, self._letters, self.faults)
        self._thread = threading.Thread(
            target=self._mailbox.serve_forever, args=(0.1,), name="smtp", daemon=True
        )

    def routes(self) -> Sequence[Route]:
        """The pages, the letters as JSON, and the switches."""
        return (
            ("GET", r"/", self._list),
            ("GET", r"/letters/(\d+)", self._one),
            ("GET", r"/sandbox/letters", self._as_json),
        )

    def start(self) -> None:
        """Begin to take letters."""
        self._thread.start()

    def stop(self) -> None:
        """End and write everything down."""
        self._mailbox.shutdown()
        self._mailbox.server_close()
        self._ledger.close()

    def _list(self, exchange: Exchange, _: str) -> Answer:
        return as_page(letters_page(self._letters.all(), exchange.language()))

    def _one(self, exchange: Exchange, number: str) -> Answer:
        letter = self._letters.get(int(number))
        if letter is None:
            message = "there is no such letter"
            raise Declined(HTTPStatus.NOT_FOUND, "UNKNOWN_LETTER", message)
        return as_page(letter_page(letter, exchange.language()))

    def _as_json(self, _exchange: Exchange, _: str) -> Answer:
        return as_json([dict(row) for row in self._letters.all()])


def main() -> None:
    """Serve until told to stop."""
    parser = arguments("A sandbox mail server on loopback.")
    parser.add_argument("--smtp-port", type=int, required=True, help="port that takes letters")
    given = parser.parse_args()
    sink = MailSink(given.data, given.smtp_port)
    print(f"mail sandbox on http://127.0.0.1:{given.port}, smtp on {given.smtp_port}", flush=True)
    run(sink, given.port)


if __name__ == "__main__":
    main()
