from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0004_fingerprint_of_a_file")]

    operations = [
        migrations.AddIndex(
            "handover",
            models.Index(
                fields=["next_try"],
                name="disclosure_handover_lent",
                condition=Q(recipient="safe_number", state="acknowledged", recalled_at=None),
            ),
        )
    ]
