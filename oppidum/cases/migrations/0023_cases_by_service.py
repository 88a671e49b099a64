from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """The cases of one service among a million: pages of services that answer calls look for open calls. Made while residents file."""

    atomic = False
    dependencies = [("cases", "0022_lists_sent_at_the_desk")]
    operations = [AddIndexConcurrently("case", models.Index(fields=["service"], name="case_service"))]
