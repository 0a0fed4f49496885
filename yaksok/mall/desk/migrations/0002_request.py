from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("desk", "0001_initial")]

    operations = [
        migrations.RemoveField(model_name="ticket", name="request_id"),
        migrations.AddField(
            model_name="ticket", name="request", field=models.TextField(default="")
        ),
    ]
