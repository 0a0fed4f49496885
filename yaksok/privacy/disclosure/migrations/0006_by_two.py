"""A demand by law that goes on was agreed to by two officers; no row can name one twice."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0005_safe_number")]

    operations = [
        migrations.AddConstraint(
            model_name="demand",
            constraint=models.CheckConstraint(
                condition=~models.Q(state__in=("approved", "met"))
                | (
                    models.Q(approved_by__len__gte=1)
                    & ~models.Q(approved_by__0=models.F("registered_by"))
                ),
                name="disclosure_demand_by_two",
            ),
        ),
    ]
