"""The doors a request passes, outermost first. Settings take this tuple as MIDDLEWARE."""

DOORS = (
    "yaksok.web.headers.Headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "yaksok.web.reproduction.Reproduction",
    "yaksok.web.transport.EncryptedOnly",
    "yaksok.web.language.LanguageOfPath",
    "yaksok.web.wellformed.WellFormed",
    "yaksok.web.version.InForce",
    "yaksok.web.session.Sessions",
    "yaksok.web.origin.OwnOrigin",
    "yaksok.web.collecting.DeclaredOnly",
    "yaksok.web.errors.Answers",
)
"""Headers first, so that a refusal by any later door carries them too; errors last, next to the
view, so that what a view raises becomes a page before any other door sees it."""

CONTEXT = "yaksok.web.session.context"
"""Context processor: ``person`` (facts of the session or None) and ``csrf``, its form token."""

CALLBACKS = "/callbacks/"
"""Machines with a signature of their own call here; no cookie is read and no origin asked."""

MACHINE_PATHS = (CALLBACKS, "/api/", "/healthz", "/media/", "/static/")
"""Paths that never depend on a session: its cookie is not even read."""
