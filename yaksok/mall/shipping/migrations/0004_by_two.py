"""A file for a courier is asked for by one person and allowed by another."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shipping", "0003_sheets")]

    operations = [
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.CheckConstraint(
                condition=models.Q(allowed_by=None) | ~models.Q(allowed_by=models.F("asked_by")),
                name="shipping_sheet_by_two",
            ),
        ),
    ]
