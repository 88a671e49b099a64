from django.db import migrations, models

KEEP = """
    update people_resident set ways = '{"step": "none", "reminder": "none"}' where not notify
"""


class Migration(migrations.Migration):
    """Who wanted no mail at each step wants none of the steps and no reminder; what the law owes them is told."""

    dependencies = [("people", "0009_residents")]
    operations = [
        migrations.AddField("resident", "ways", models.JSONField(default=dict)),
        migrations.RunSQL(KEEP, "update people_resident set notify = false where ways ->> 'step' = 'none'"),
        migrations.RemoveField("resident", "notify"),
    ]
