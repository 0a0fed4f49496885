"""The one door through which letters leave to the person: a mail server, or a provider of mail."""

import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from django.conf import settings

from yaksok.kernel import clock
from yaksok.kernel.loopback import is_here
from yaksok.kernel.personal import Personal
from yaksok.policy.in_force import policy
from yaksok.privacy.post import wire_anymail
from yaksok.privacy.post.answers import NoSuchAddress, NotTaken
from yaksok.privacy.post.templates import Written

SECONDS = 10.0
DEFAULT_PORT = 25


def post(letter: Written, to: Personal, *, key: str) -> None:
    """Hand one letter to the mail server, or to the provider of mail that is set. The address is in the envelope and the To line alone.

    Arguments:
        key: The same when a letter is sent again, so that the receiving side sees a repetition.

    Raises:
        NotTaken: no server, no answer, or "later".
        NoSuchAddress: refused for good.
    """
    if wire_anymail.chosen():
        wire_anymail.post(
            sender=f"{_sender(letter)}",
            to=to.reveal(),
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            headers=_headers(letter, key),
        )
        return
    host, _, port = settings.YAKSOK_SMTP.rpartition(":")
    if not host:
        msg = "no mail server is set: YAKSOK_SMTP"
        raise NotTaken(msg)
    try:
        with smtplib.SMTP(host.strip("[]"), int(port or DEFAULT_PORT), timeout=SECONDS) as line:
            _protect(line, host)
            line.send_message(_message(letter, to, key))
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPNotSupportedError):
        msg = "the mail server refuses the address"
        raise NoSuchAddress(msg) from None
    except (OSError, smtplib.SMTPException, ValueError):
        msg = "the mail server did not take the letter"
        raise NotTaken(msg) from None


def _protect(line: smtplib.SMTP, host: str) -> None:
    """Encrypt the line, unless it does not leave this machine."""
    line.ehlo_or_helo_if_needed()
    if line.has_extn("starttls"):
        line.starttls(context=ssl.create_default_context())
        line.ehlo()
    elif not is_here(host):
        msg = "the mail server offers no encryption"
        raise smtplib.SMTPException(msg)


def _message(letter: Written, to: Personal, key: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = letter.subject
    message["From"] = _sender(letter)
    message["To"] = Address(addr_spec=to.reveal())
    message["Date"] = format_datetime(clock.now())
    for name, value in _headers(letter, key).items():
        message[name] = value
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    return message


def _sender(letter: Written) -> Address:
    mall = policy().document.body.mall
    return Address(mall.name.in_(letter.language), addr_spec=mall.email)


def _headers(letter: Written, key: str) -> dict[str, str]:
    """What the letter says about itself; nothing about the person."""
    domain = policy().document.body.mall.email.rpartition("@")[2]
    said = {
        "Message-ID": f"<{key}@{domain}>",
        "Content-Language": letter.language.value,
        "Auto-Submitted": "auto-generated",
    }
    if letter.stop:
        said["List-Unsubscribe"] = f"<{letter.stop}>"
        said["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return said
