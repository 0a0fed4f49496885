"""What is about privacy is read by two persons; no ticket can name one twice."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("desk", "0002_request")]

    operations = [
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.CheckConstraint(
                condition=models.Q(checked_by=None) | ~models.Q(checked_by=models.F("drafted_by")),
                name="desk_ticket_read_by_two",
            ),
        ),
    ]
