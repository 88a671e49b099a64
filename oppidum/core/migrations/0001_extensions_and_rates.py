from django.contrib.postgres.operations import (
    BtreeGinExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations


class Migration(migrations.Migration):
    """PostGIS, search extensions, and the shared rate counts (unlogged: a crash may forget them)."""

    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL("create extension if not exists postgis", migrations.RunSQL.noop),
        TrigramExtension(),
        UnaccentExtension(),
        BtreeGinExtension(),
        migrations.RunSQL(
            # unaccent() is only "stable": an immutable twin may stand in indexes and generated columns.
            """
            create or replace function plain_words(text) returns text
                language sql immutable strict parallel safe
                as $$ select lower(public.unaccent('public.unaccent', $1)) $$;
            create unlogged table core_rate (
                key text primary key, window_start bigint not null, taken integer not null
            ) with (fillfactor = 50);
            """,
            "drop table core_rate; drop function plain_words(text);",
        ),
    ]
