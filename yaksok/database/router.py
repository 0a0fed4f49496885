"""Django's database router: the running mall is on ``default``; only ``owner`` changes tables."""

from typing import Any

OWNER_ALIAS = "owner"


class OwnerMigrates:
    """Sends every migration to the alias ``owner`` and everything else to ``default``."""

    def db_for_read(self, model: type, **hints: Any) -> str:  # noqa: ANN401, ARG002 - Django's signature
        """``default``, always."""
        return "default"

    def db_for_write(self, model: type, **hints: Any) -> str:  # noqa: ANN401, ARG002 - Django's signature
        """``default``, always."""
        return "default"

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:  # noqa: ANN401, ARG002 - Django's signature
        """Objects live in one database, whichever alias fetched them."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:  # noqa: ANN401, ARG002 - Django's signature
        """Only the owner of the tables may change them."""
        return db == OWNER_ALIAS
