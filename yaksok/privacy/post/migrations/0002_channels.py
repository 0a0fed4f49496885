from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("post", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="letter", name="channel", field=models.TextField(default="email")
        ),
        migrations.AddField(
            model_name="letter", name="about_kind", field=models.TextField(default="")
        ),
        migrations.AddField(
            model_name="letter", name="about_record", field=models.UUIDField(null=True)
        ),
        migrations.AddField(
            model_name="letter", name="reference", field=models.TextField(default="")
        ),
    ]
