from django.db import migrations, models


class Migration(migrations.Migration):
    """When the personal data of a case were removed."""

    dependencies = [("cases", "0007_call_key")]
    operations = [
        migrations.AddField("live", "forgotten_on", models.DateField(null=True)),
    ]
