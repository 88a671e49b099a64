from django.db import migrations, models


class Migration(migrations.Migration):
    """A call is named by the screen that logged it, so that a screen sent twice is one call."""

    dependencies = [("cases", "0006_months_made_by_one")]
    operations = [migrations.AddField("call", "key", models.CharField(max_length=80, null=True, unique=True))]
