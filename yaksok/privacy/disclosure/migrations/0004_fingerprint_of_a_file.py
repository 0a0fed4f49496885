from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0003_by_file")]

    operations = [migrations.AddField("demand", "fingerprint", models.TextField(default=""))]
