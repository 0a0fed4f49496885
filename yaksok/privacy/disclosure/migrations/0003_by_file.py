from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0002_following")]

    operations = [
        migrations.AddField("handover", "way", models.TextField(default="wire")),
        migrations.AddIndex(
            "handover",
            models.Index(
                fields=["next_try"],
                name="disclosure_handover_by_file",
                condition=Q(way="file", state__in=["filed", "planned"]),
            ),
        ),
    ]
