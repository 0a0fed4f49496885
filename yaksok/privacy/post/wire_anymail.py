"""Letters through a provider of mail, by django-anymail: Postmark, Mailgun, Resend and the others it knows.

Chosen by ``YAKSOK_MAIL``. What anymail needs to know of the provider comes from ``YAKSOK_ANYMAIL_…``.
Neither links nor openings are tracked, and nothing but the letter is handed over.
"""

from collections.abc import Mapping

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMultiAlternatives, get_connection

from yaksok.privacy.post.answers import NoSuchAddress, NotTaken

SMTP = "smtp"


def chosen() -> bool:
    """Whether letters leave by a provider's own interface and not by SMTP."""
    return bool(settings.YAKSOK_MAIL != SMTP)


def post(
    *, sender: str, to: str, subject: str, text: str, html: str, headers: Mapping[str, str]
) -> None:
    """Hand one letter to the provider. ``to`` is in the one line that says who gets it.

    Raises:
        NotTaken: anymail or the provider is not set up, no answer, or "later".
        NoSuchAddress: the provider refuses the address for good.
    """
    try:
        from anymail.exceptions import AnymailError, AnymailInvalidAddress, AnymailRecipientsRefused
    except ImportError:
        msg = "django-anymail is not installed; cure: pip install 'yaksok[mail]'"
        raise NotTaken(msg) from None
    letter = EmailMultiAlternatives(subject, text, sender, [to], headers=dict(headers))
    letter.attach_alternative(html, "text/html")
    letter.track_clicks = letter.track_opens = False  # type: ignore[attr-defined]  # what anymail reads
    try:
        with get_connection(f"anymail.backends.{settings.YAKSOK_MAIL}.EmailBackend") as line:
            taken = line.send_messages([letter])
    except (AnymailRecipientsRefused, AnymailInvalidAddress):
        msg = "the provider of mail refuses the address"
        raise NoSuchAddress(msg) from None
    except (AnymailError, ImportError, ImproperlyConfigured, OSError):
        msg = "the provider of mail did not take the letter"
        raise NotTaken(msg) from None
    if not taken:
        msg = "the provider of mail did not take the letter"
        raise NotTaken(msg)
