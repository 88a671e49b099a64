from django.db import migrations, models

# The inbox walks what is at work; what is in force is listed the newest first. Both change hands only when a case comes to rest or wakes:
# every other update stays on its page (tests/cases/test_narrow_table.py). Only what is open rests, which the planner has to be told.
INDEXES = """
    create index live_at_work on cases_live (case_id) where is_open and not rests;
    create index live_in_force on cases_live (filed_on desc, case_id desc) where is_open and rests;
    create statistics live_rest (mcv) on is_open, rests from cases_live;
"""


class Migration(migrations.Migration):
    """Cases about which nobody has anything to do leave the inbox."""

    dependencies = [("cases", "0019_text_messages")]
    operations = [
        migrations.AddField("live", "rests", models.BooleanField(default=False, db_default=False)),
        migrations.RunSQL(INDEXES, "drop statistics live_rest; drop index live_at_work; drop index live_in_force"),
    ]
