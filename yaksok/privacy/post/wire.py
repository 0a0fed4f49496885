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
from yaksok.privacy.post.answers import NoSuchAddress, NotTaken
from yaksok.privacy.post.templates import Written

SECONDS = 10.0
DEFAULT_PORT = 25


def post(letter: Written, to: Personal, *, key: str) -> None:
    """Hand one letter to the mail server. The address is in the envelope and the To line alone.

    Arguments:
        key: The same when a letter is sent again, so that the receiving side sees a repetition.

    Raises:
        NotTaken: no server, no answer, or "later".
        NoSuchAddress: refused for good.
    """
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
    mall = policy().document.body.mall
    domain = mall.email.rpartition("@")[2]
    message = EmailMessage()
    message["Subject"] = letter.subject
    message["From"] = Address(mall.name.in_(letter.language), addr_spec=mall.email)
    message["To"] = Address(addr_spec=to.reveal())
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = f"<{key}@{domain}>"
    message["Content-Language"] = letter.language.value
    message["Auto-Submitted"] = "auto-generated"
    if letter.stop:
        message["List-Unsubscribe"] = f"<{letter.stop}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    return message
