"""Of what only grows the journeys may overwrite one column: who did it, when that is over."""

from django.db import migrations

from yaksok.database.address import KEEPER


class Migration(migrations.Migration):
    dependencies = [
        ("retention", "0003_ends_of_registers"),
        ("disclosure", "0002_following"),
    ]

    operations = [
        migrations.RunSQL(
            [
                f"GRANT UPDATE (acted_by) ON privacy.disclosure_programme TO {KEEPER}",
                f"GRANT UPDATE (entered_by) ON privacy.disclosure_oversight TO {KEEPER}",
            ],
            migrations.RunSQL.noop,
        )
    ]
