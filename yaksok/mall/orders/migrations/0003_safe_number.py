from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0002_discount")]

    operations = [
        migrations.AddField(
            "order", "safe_number", models.BooleanField(db_default=False, default=False)
        )
    ]
