from django.db import migrations

# Partitions follow the instant of writing. What counts in a month stands in it and, entered late, in any later one: a block range index
# tells that there is nothing, for a few kilobytes and hardly a write. New partitions take it over (`like ... including all`).
INDEX = "create index cases_journal_valid_at on cases_journal using brin (valid_at) with (pages_per_range = 32, autosummarize = on)"


class Migration(migrations.Migration):
    """Entries are found by the month in which they count without reading all that was written since."""

    dependencies = [("cases", "0017_persons_found_in_answers")]
    operations = [migrations.RunSQL(INDEX, "drop index cases_journal_valid_at")]
