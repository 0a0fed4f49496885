"""A hold, a look and the end of a membership take two officers; no row can name one twice."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("retention", "0004_emptied_columns")]

    operations = [
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(seconded_by=None) | ~models.Q(seconded_by=models.F("asked_by")),
                name="retention_hold_by_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(released_by=None)
                | ~models.Q(released_by=models.F("release_by")),
                name="retention_hold_released_by_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="look",
            constraint=models.CheckConstraint(
                condition=models.Q(seconded_by=None) | ~models.Q(seconded_by=models.F("asked_by")),
                name="retention_look_by_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=~models.Q(stage="lost") | ~models.Q(decided_by=models.F("proposed_by")),
                name="retention_case_lost_by_two",
            ),
        ),
    ]
