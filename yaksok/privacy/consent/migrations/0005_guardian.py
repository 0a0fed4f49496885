from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consent", "0004_lifted")]

    operations = [
        migrations.AddField(
            model_name="standing", name="guardian_id", field=models.UUIDField(null=True)
        ),
    ]
