"""Django's settings, all from the environment; the defaults run a mall on this machine alone.

================================  ==================================================
``YAKSOK_DATA``                   the data directory
``YAKSOK_KEYS``                   the vault's keys; by default ``keys`` in the data directory
``YAKSOK_ROOT``                   who keeps the root keys: ``file`` (default), ``kms``, ``pkcs11``,
                                  ``transit``; their ``YAKSOK_ROOT_…`` stand in docs/roots.md
``YAKSOK_POLICY``                 the policy document, or a profile that comes with the mall: ``lawful_kr``
                                  (default), ``lawful_eu``, ``as_written`` (this machine alone)
``YAKSOK_ORIGIN``                 how shoppers reach the mall: ``https://mall.example``
``YAKSOK_HOSTS``                  further host names the mall answers to, comma-separated
``YAKSOK_DEBUG``                  ``1`` shows tracebacks; refused beside a real vault
``YAKSOK_LOG``                    least level of what is logged: ``info`` (default), ``warning`` …
``YAKSOK_PAYMENT_URL``            the payment provider
``YAKSOK_PAYMENT_SECRET``         our secret with it
``YAKSOK_PAYMENT_WEBHOOK_SECRET`` what its calls to us are signed with
``YAKSOK_COURIER_URL``            the courier
``YAKSOK_COURIER_SECRET``         our secret with it, both ways
``YAKSOK_SAFE_NUMBER_URL``        provider of safe numbers, if ``[recipients.safe_number]`` names one
``YAKSOK_SAFE_NUMBER_SECRET``     our secret with it
``YAKSOK_PARTNER_<NAME>_URL``     a partner of ``[recipients]``, by its key in capital letters
``YAKSOK_PARTNER_<NAME>_SECRET``  our secret with it, both ways
``YAKSOK_MAIL``                   by what letters leave: ``smtp`` (default), or a provider as django-anymail
                                  calls it: ``postmark``, ``mailgun``, ``resend`` …
``YAKSOK_ANYMAIL_…``              what anymail needs of it: ``YAKSOK_ANYMAIL_POSTMARK_SERVER_TOKEN`` …
``YAKSOK_SMTP``                   mail server, ``host:port``
``YAKSOK_IDENTITY_URL``           provider that identifies guardians (the API of PortOne, version 2)
``YAKSOK_IDENTITY_SECRET``        our secret with it; its answers are signed with it too
``YAKSOK_IDENTITY_STORE``         what it calls this mall
``YAKSOK_SMS``                    provider of text messages (the API of Solapi, version 4)
``YAKSOK_SMS_KEY``                our key with it
``YAKSOK_SMS_SECRET``             our secret with it
``YAKSOK_SMS_SENDER``             the number registered with it; by default the mall's telephone
``YAKSOK_PUSH_SANDBOX``           a push service that is played on this machine; real ones stand in the policy
``DATABASE_URL``                  a PostgreSQL to use instead of the embedded one
================================  ==================================================
"""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from yaksok.database.address import DJANGO_CREDENTIAL, django_databases
from yaksok.database.layout import DataDirectory
from yaksok.settings.logs import configure as configure_logs
from yaksok.web.doors import CONTEXT, DOORS

PACKAGE = Path(__file__).resolve().parent.parent

YAKSOK_DATA = DataDirectory.from_environment()
YAKSOK_KEYS = YAKSOK_DATA.keys
YAKSOK_ORIGIN = os.environ.get("YAKSOK_ORIGIN", "http://127.0.0.1:8080").rstrip("/")
YAKSOK_PAYMENT_URL = os.environ.get("YAKSOK_PAYMENT_URL", "").rstrip("/")
YAKSOK_PAYMENT_SECRET = os.environ.get("YAKSOK_PAYMENT_SECRET", "")
YAKSOK_PAYMENT_WEBHOOK_SECRET = os.environ.get("YAKSOK_PAYMENT_WEBHOOK_SECRET", "")
YAKSOK_COURIER_URL = os.environ.get("YAKSOK_COURIER_URL", "").rstrip("/")
YAKSOK_COURIER_SECRET = os.environ.get("YAKSOK_COURIER_SECRET", "")
YAKSOK_SAFE_NUMBER_URL = os.environ.get("YAKSOK_SAFE_NUMBER_URL", "").rstrip("/")
YAKSOK_SAFE_NUMBER_SECRET = os.environ.get("YAKSOK_SAFE_NUMBER_SECRET", "")
YAKSOK_PARTNERS = {
    name.removeprefix("YAKSOK_PARTNER_").removesuffix("_URL").lower(): (
        address.rstrip("/"),
        os.environ.get(f"{name.removesuffix('_URL')}_SECRET", ""),
    )
    for name, address in os.environ.items()
    if name.startswith("YAKSOK_PARTNER_") and name.endswith("_URL")
}
"""Address and shared secret of each partner, by its key in the policy's ``[recipients]``."""
YAKSOK_MAIL = os.environ.get("YAKSOK_MAIL", "smtp")
YAKSOK_SMTP = os.environ.get("YAKSOK_SMTP", "")
YAKSOK_IDENTITY_URL = os.environ.get("YAKSOK_IDENTITY_URL", "").rstrip("/")
YAKSOK_IDENTITY_SECRET = os.environ.get("YAKSOK_IDENTITY_SECRET", "")
YAKSOK_IDENTITY_STORE = os.environ.get("YAKSOK_IDENTITY_STORE", "store-yaksok")
YAKSOK_SMS = os.environ.get("YAKSOK_SMS", "").rstrip("/")
YAKSOK_SMS_KEY = os.environ.get("YAKSOK_SMS_KEY", "")
YAKSOK_SMS_SECRET = os.environ.get("YAKSOK_SMS_SECRET", "")
YAKSOK_SMS_SENDER = os.environ.get("YAKSOK_SMS_SENDER", "")
YAKSOK_PUSH_SANDBOX = os.environ.get("YAKSOK_PUSH_SANDBOX", "").rstrip("/")

DEBUG = os.environ.get("YAKSOK_DEBUG") == "1"
SECRET_KEY = YAKSOK_DATA.known_credential(DJANGO_CREDENTIAL) or secrets.token_hex()
ALLOWED_HOSTS = [
    host
    for host in (
        urlsplit(YAKSOK_ORIGIN).hostname,
        "127.0.0.1",
        "localhost",
        "[::1]",
        *os.environ.get("YAKSOK_HOSTS", "").split(","),
    )
    if host
]

INSTALLED_APPS = [
    "yaksok.privacy.published",
    "yaksok.privacy.audit",
    "yaksok.privacy.staff",
    "yaksok.privacy.guardians",
    "yaksok.privacy.consent",
    "yaksok.privacy.vault",
    "yaksok.privacy.disclosure",
    "yaksok.privacy.rights",
    "yaksok.privacy.retention",
    "yaksok.privacy.post",
    "yaksok.mall.accounts",
    "yaksok.mall.board",
    "yaksok.mall.campaigns",
    "yaksok.mall.catalogue",
    "yaksok.mall.desk",
    "yaksok.mall.figures",
    "yaksok.mall.orders",
    "yaksok.mall.payments",
    "yaksok.mall.promotions",
    "yaksok.mall.reviews",
    "yaksok.mall.shipping",
    "yaksok.mall.waiting",
    "yaksok.mall.wishes",
    "yaksok.guard",
    "yaksok.web",
    "yaksok.web.design",
    "yaksok.web.storefront",
    "yaksok.web.member",
    "yaksok.web.console",
    "yaksok.settings",
    "procrastinate.contrib.django",
]

MIDDLEWARE = list(DOORS)
ROOT_URLCONF = "yaksok.settings.urls"
WSGI_APPLICATION = "yaksok.settings.wsgi.application"
APPEND_SLASH = False

DATABASES = django_databases(YAKSOK_DATA)
DATABASE_ROUTERS = ["yaksok.database.router.OwnerMigrates"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request", CONTEXT]},
    }
]

LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", "한국어"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Seoul"

STATIC_URL = "/static/"
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_URL = "/media/"
MEDIA_ROOT = YAKSOK_DATA.media

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
"""Letters leave through ``privacy.post`` alone; Django's own way out leads nowhere."""
ANYMAIL = {"IGNORE_UNSUPPORTED_FEATURES": True, "REQUESTS_TIMEOUT": 10} | {
    name.removeprefix("YAKSOK_ANYMAIL_"): value
    for name, value in os.environ.items()
    if name.startswith("YAKSOK_ANYMAIL_")
}
"""A provider that cannot switch tracking off has none to switch off."""

LOGGING_CONFIG = None
configure_logs(os.environ.get("YAKSOK_LOG", "info"))
