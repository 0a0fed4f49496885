from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consent", "0002_campaigns")]

    operations = [
        migrations.AddField(
            model_name="asked", name="told_at", field=models.DateTimeField(null=True)
        ),
        migrations.AddField(
            model_name="asked", name="tell_after", field=models.DateTimeField(null=True)
        ),
        migrations.AddIndex(
            model_name="asked",
            index=models.Index(
                fields=["number", "subject_id"],
                name="consent_asked_untold",
                condition=models.Q(told_at=None),
            ),
        ),
    ]
