"""The one door through which notifications leave to a browser: its push service (RFC 8030).

The service carries a sealed message (RFC 8291) and learns who writes (RFC 8292), to which of its own
endpoints, and how long it may wait. It is never sent elsewhere: no redirect is followed, no answer is
read beyond its status, and the name of the service must not lead into a network of our own.
"""

import hashlib
import json
import socket
from base64 import urlsafe_b64encode
from http import HTTPStatus
from ipaddress import ip_address
from urllib.parse import urlsplit
from uuid import UUID

from yaksok.kernel.personal import Personal
from yaksok.policy import push_address
from yaksok.policy.push_address import PushAddress
from yaksok.privacy.post import push_sealing, push_services, push_voucher
from yaksok.privacy.post.answers import Gone, NoSuchAddress, NotTaken
from yaksok.privacy.post.templates import Written

CONNECT_SECONDS = 3.0
ANSWER_SECONDS = 8.0
URGENCY = "very-low"
"""What RFC 8030, section 5.3, has for advertisements: on power and a free line."""

TOPIC_LENGTH = 32
TAKEN = frozenset({HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.ACCEPTED, HTTPStatus.NO_CONTENT})
OVER = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
FOR_GOOD = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE})


def post(letter: Written, to: Personal, *, key: UUID, seconds: int) -> None:
    """Hand one notification to the push service of the browser.

    Sent again under the same ``key`` it takes the place of the first one, at the service and on the
    screen; so a lost answer shows nothing twice.

    Arguments:
        seconds: How long the service may keep it for a browser that is not there; at least 0.

    Raises:
        NotTaken: no service, no answer, or "later".
        NoSuchAddress: no address that may be written to, or more than a service carries.
        Gone: the browser is not reached there any more, and never will be again.
    """
    address = push_address.read(to.reveal())
    if address is None or not push_services.is_known(address.endpoint):
        msg = "not an endpoint of a push service that the policy names"
        raise NoSuchAddress(msg)
    if address.ours != push_voucher.public_key():
        msg = "the browser bound its endpoint to a key that the mall has no more"
        raise Gone(msg)
    topic = topic_of(key)
    try:
        sealed = push_sealing.seal(content(letter, topic), address.point, address.secret)
    except push_sealing.TooLong:
        msg = "more than a push service carries"
        raise NoSuchAddress(msg) from None
    _judge(_sent(address, sealed, topic, seconds))


def content(letter: Written, topic: str = "") -> bytes:
    """What the browser is to show, as the mall's own script for it reads it."""
    said = {
        "title": letter.subject,
        "text": letter.text,
        "link": letter.link,
        "stop": letter.stop,
        "language": letter.language.value,
        "tag": topic,
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def topic_of(key: UUID) -> str:
    """By what a repetition is known: a hash that leads nowhere."""
    return urlsafe_b64encode(hashlib.sha256(key.bytes).digest()).decode()[:TOPIC_LENGTH]


def _sent(address: PushAddress, sealed: bytes, topic: str, seconds: int) -> int:
    import httpx  # 4 MB; a process that sends nothing goes without it

    parts = urlsplit(address.endpoint)
    headers = {
        "Host": parts.netloc,
        "Authorization": push_voucher.voucher(address.origin),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(seconds),
        "Topic": topic,
        "Urgency": URGENCY,
    }
    sandbox = push_services.is_sandbox(address.endpoint)
    host = parts.hostname or ""
    url = (
        address.endpoint
        if sandbox
        else str(httpx.URL(address.endpoint).copy_with(host=_number(host)))
    )
    patience = httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS)
    try:
        with (
            httpx.Client(timeout=patience, trust_env=False, follow_redirects=False) as line,
            line.stream(
                "POST", url, content=sealed, headers=headers, extensions={"sni_hostname": host}
            ) as answer,
        ):
            return answer.status_code
    except (httpx.HTTPError, httpx.InvalidURL):
        msg = "the push service does not answer"
        raise NotTaken(msg) from None


def _number(host: str) -> str:
    """The address of ``host`` in the internet. What leads into a network of our own is not asked.

    The very address that was looked at is the one that is spoken to; the certificate must still be
    that of the name.
    """
    try:
        found = {
            ip_address(one[4][0])
            for one in socket.getaddrinfo(host, push_services.PORT, type=socket.SOCK_STREAM)
        }
    except (OSError, ValueError):
        msg = "the push service has no address"
        raise NotTaken(msg) from None
    if not found or not all(one.is_global for one in found):
        msg = "the name of the push service leads into a network of our own"
        raise NotTaken(msg)
    return str(min(found, key=lambda one: (one.version, one)))


def _judge(status: int) -> None:
    if status in TAKEN:
        return
    if status in OVER:
        msg = "the push service does not know the browser any more"
        raise Gone(msg)
    if status in FOR_GOOD:
        msg = "the push service refuses the notification for good"
        raise NoSuchAddress(msg)
    msg = f"the push service answers {status}"
    raise NotTaken(msg)
