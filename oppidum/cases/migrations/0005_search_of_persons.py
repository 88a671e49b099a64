from django.db import migrations


class Migration(migrations.Migration):
    """Residents are found by a part of their name, however it is accented: an index of its groups of three letters."""

    dependencies = [("cases", "0004_fates_of_mails")]
    operations = [
        migrations.RunSQL(
            "create index party_name on cases_party using gin (plain_words(name) gin_trgm_ops) where name <> ''",
            "drop index party_name",
        ),
    ]
