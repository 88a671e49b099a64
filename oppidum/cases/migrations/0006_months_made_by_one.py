from django.db import migrations

# After waiting for the lock, to_regclass() may still answer from what this session had cached before: of two that file the first
# report of a month at the same moment, the second failed. Reading pg_inherits sees what the first has committed meanwhile.
ENSURE = """
create or replace function cases_ensure_month(year integer, month integer) returns void language plpgsql as $$
declare
    name text := format('cases_journal_%s_%s', year, lpad(month::text, 2, '0'));
    first timestamptz := make_timestamptz(year, month, 1, 0, 0, 0, 'UTC');
begin
    if to_regclass(name) is not null then return; end if;
    perform pg_advisory_xact_lock(hashtext('cases_journal'));
    if exists (
        select from pg_inherits join pg_class on pg_class.oid = inhrelid
        where inhparent = 'cases_journal'::regclass and relname = name
    ) then return; end if;
    execute format('create table %I (like cases_journal including all)', name);
    execute format('alter table cases_journal attach partition %I for values from (%L) to (%L)',
                   name, first, first + interval '1 month');
    execute format('create index on %I using brin (recorded_at)', name);
    execute format('create trigger no_truncate before truncate on %I
                    for each statement execute function cases_journal_refuses()', name);
end $$;
"""


class Migration(migrations.Migration):
    """Two sessions that meet at the turn of a month make its partition once."""

    dependencies = [("cases", "0005_search_of_persons")]
    operations = [migrations.RunSQL(ENSURE, migrations.RunSQL.noop)]
