from django.db import migrations


class Migration(migrations.Migration):
    """The closed cases, last ended first. `ended_at` changes only when a case is closed or opened again, which touches an index anyway
    (`live_open`): every other update stays on its page (tests/cases/test_narrow_table.py)."""

    dependencies = [("cases", "0008_forgotten_on")]
    operations = [
        migrations.RunSQL(
            "create index live_closed on cases_live (ended_at desc, case_id desc) where not is_open", "drop index live_closed"
        ),
    ]
