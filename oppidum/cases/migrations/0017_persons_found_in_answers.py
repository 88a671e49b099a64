from django.db import migrations

_MARKS = """
    create function person_marks(answers jsonb) returns tsvector language sql immutable strict parallel safe as $$
        select array_to_tsvector(array(
            select distinct left(mark, 200)
            from jsonb_path_query(answers, 'strict $.**') as leaf,
            lateral (
                select '=' || lower(leaf #>> '{}') as mark
                where length(leaf #>> '{}') <= 254 and leaf #>> '{}' ~ '[@0-9]'
                union all
                select word from regexp_split_to_table(public.plain_words(leaf #>> '{}'), '[^[:alnum:]_]+') as word
                where word ~ '[[:alpha:]]'
            ) as marks
            where jsonb_typeof(leaf) = 'string'
        ))
    $$
"""


class Migration(migrations.Migration):
    """A person is found in answers without reading them all: by whole values that hold a digit or an @ ("=..."), and by words.

    Addresses written into words between persons are few: an index of those texts alone.
    """

    dependencies = [("cases", "0016_what_became_of_mails")]
    operations = [
        migrations.RunSQL(_MARKS, "drop function person_marks(jsonb)"),
        migrations.RunSQL(
            "create index case_persons on cases_case using gin (person_marks(answers)) where answers <> '{}'",
            "drop index case_persons",
        ),
        migrations.RunSQL(
            "create index case_addresses on cases_case using gin (words gin_trgm_ops) where strpos(words, '@') > 0",
            "drop index case_addresses",
        ),
        migrations.RunSQL(
            "create index message_addresses on cases_message using gin (text gin_trgm_ops) where strpos(text, '@') > 0",
            "drop index message_addresses",
        ),
    ]
