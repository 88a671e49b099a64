from django.db import migrations


def settle(apps, schema_editor):
    """Batch by batch, each in a transaction of its own, so that nobody waits; killed half way, it goes on where it stopped."""
    from oppidum.cases.resting import settle  # The journals are read by the rules themselves; an empty database has none.

    settle()


class Migration(migrations.Migration):
    """Open cases that stand in a step that rests leave the inbox, as their journals say."""

    atomic = False
    dependencies = [("cases", "0020_cases_at_rest")]
    operations = [migrations.RunPython(settle, migrations.RunPython.noop)]
