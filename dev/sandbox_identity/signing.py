"""Who may ask, and that an answer is ours: a secret in the header, a signature over the answer."""

import base64
import hmac
import os
from dataclasses import replace
from http import HTTPStatus

from dev.serving import clock
from dev.serving.exchange import Answer, Declined, Exchange


def check_secret(exchange: Exchange, secret: str) -> None:
    """Nothing, for a shop that shows its secret. Raises Declined for everybody else."""
    given = exchange.headers.get("authorization", "")
    if not hmac.compare_digest(given.encode(), f"PortOne {secret}".encode()):
        message = "인증 정보를 확인하세요. / Check the API secret."
        raise Declined(HTTPStatus.UNAUTHORIZED, "UNAUTHORIZED", message)


def signed(answer: Answer, secret: str) -> Answer:
    """``answer`` with the three headers of Standard Webhooks, version 1."""
    name, stamp = f"msg_{os.urandom(12).hex()}", str(int(clock.now()))
    said = f"{name}.{stamp}.".encode() + answer.body
    signature = base64.b64encode(hmac.digest(secret.encode(), said, "sha256")).decode()
    headers = {
        **answer.headers,
        "webhook-id": name,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{signature}",
    }
    return replace(answer, headers=headers)
