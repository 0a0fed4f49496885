"""Runs Django's migrations as the owner of the tables."""

import django
from django.core.management import call_command

from yaksok.database.router import OWNER_ALIAS


def migrate() -> None:
    """Every migration that is not yet in the database, through the alias ``owner``."""
    django.setup()
    call_command("migrate", database=OWNER_ALIAS, interactive=False, verbosity=0, skip_checks=True)
