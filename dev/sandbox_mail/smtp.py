"""As much of SMTP (RFC 5321) as a shop's mail client speaks."""

import contextlib
import re
import socketserver
from collections.abc import Callable

from dev.sandbox_mail.letters import Letters
from dev.serving.faults import Faults

LARGEST = 1024 * 1024
LONGEST_LINE = 64 * 1024
MOST_RECIPIENTS = 10
PATH = re.compile(r"(?:FROM|TO):\s*<([^>]*)>", re.IGNORECASE)


class Mailbox(socketserver.ThreadingTCPServer):
    """Takes letters on 127.0.0.1."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, port: int, letters: Letters, faults: Faults) -> None:
        self.letters, self.faults = letters, faults
        super().__init__(("127.0.0.1", port), _Conversation)


class _Conversation(socketserver.StreamRequestHandler):
    server: Mailbox
    timeout = 30

    def setup(self) -> None:
        super().setup()
        self._sender: str | None = None
        self._recipients: list[str] = []
        self._over = False

    def handle(self) -> None:
        if self.server.faults.down:
            return
        self._say("220 mail.sandbox ready")
        with contextlib.suppress(OSError):
            while (line := self._line()) is not None:
                self._answer(line)
                if self._over:
                    break

    def _answer(self, line: str) -> None:
        verb, _, rest = line.partition(" ")
        known: dict[str, Callable[[str], None]] = {
            "HELO": lambda _: self._say("250 mail.sandbox"),
            "EHLO": self._greet,
            "MAIL": self._from,
            "RCPT": self._to,
            "DATA": self._data,
            "RSET": lambda _: self._reset("250 forgotten"),
            "NOOP": lambda _: self._say("250 still here"),
            "QUIT": self._quit,
        }
        known.get(verb.upper(), self._unknown)(rest)

    def _unknown(self, _: str) -> None:
        self._say("502 unknown command")

    def _greet(self, _: str) -> None:
        self._say(f"250-mail.sandbox\r\n250-SIZE {LARGEST}\r\n250-8BITMIME\r\n250 SMTPUTF8")

    def _quit(self, _: str) -> None:
        self._say("221 bye")
        self._over = True

    def _reset(self, word: str) -> None:
        self._sender, self._recipients = None, []
        self._say(word)

    def _from(self, rest: str) -> None:
        found = PATH.match(rest)
        if not found:
            self._say("501 MAIL FROM:<address>")
            return
        self._sender, self._recipients = found[1], []
        self._say("250 sender taken")

    def _to(self, rest: str) -> None:
        found = PATH.match(rest)
        if not found or self._sender is None or "@" not in found[1]:
            self._say("501 RCPT TO:<address> after MAIL")
        elif len(self._recipients) >= MOST_RECIPIENTS:
            self._say("452 too many recipients")
        else:
            self._recipients.append(found[1])
            self._say("250 recipient taken")

    def _data(self, _: str) -> None:
        if not self._recipients:
            self._say("503 RCPT first")
            return
        self._say("354 end with a line that is a dot")
        raw = self._text()
        if raw is None:
            self._reset("552 too large")
            return
        self.server.letters.keep(self._sender or "", self._recipients, raw)
        if self.server.faults.lost > 0:
            self.server.faults.lost -= 1
            self._over = True
            return
        self._reset("250 letter taken")

    def _text(self) -> bytes | None:
        lines, size = [], 0
        while (line := self.rfile.readline(LONGEST_LINE)) not in {b".\r\n", b""}:
            size += len(line)
            if size <= LARGEST:
                lines.append(line[1:] if line.startswith(b"..") else line)
        return b"".join(lines) if size <= LARGEST else None

    def _line(self) -> str | None:
        raw = self.rfile.readline(LONGEST_LINE)
        return raw.decode("utf-8", "replace").strip() if raw else None

    def _say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")
