from django.db import migrations

JOURNAL = """
create table cases_journal (
    case_id bigint not null,
    seq integer not null,
    recorded_at timestamptz not null,
    valid_at timestamptz not null,
    actor_kind text not null,
    actor_id bigint,
    actor_name text not null,
    action text not null,
    from_step text,
    to_step text not null,
    data jsonb not null,
    primary key (case_id, seq, recorded_at)
) partition by range (recorded_at);

-- One partition a month, made beside the journal and then attached: attaching waits for nobody who only reads or appends.
create function cases_ensure_month(year integer, month integer) returns void language plpgsql as $$
declare
    name text := format('cases_journal_%s_%s', year, lpad(month::text, 2, '0'));
    first timestamptz := make_timestamptz(year, month, 1, 0, 0, 0, 'UTC');
begin
    if to_regclass(name) is not null then return; end if;
    perform pg_advisory_xact_lock(hashtext('cases_journal'));
    if to_regclass(name) is not null then return; end if;
    execute format('create table %I (like cases_journal including all)', name);
    execute format('alter table cases_journal attach partition %I for values from (%L) to (%L)',
                   name, first, first + interval '1 month');
    execute format('create index on %I using brin (recorded_at)', name);
    execute format('create trigger no_truncate before truncate on %I for each statement execute function cases_journal_refuses()', name);
end $$;

create function cases_journal_refuses() returns trigger language plpgsql as $$
begin
    raise exception 'the journal is append-only: % is refused; write a correcting entry instead', lower(tg_op)
        using errcode = 'restrict_violation';
end $$;

create trigger append_only before update or delete on cases_journal
    for each row execute function cases_journal_refuses();
create trigger no_truncate before truncate on cases_journal
    for each statement execute function cases_journal_refuses();
"""

# Room on each page for the next version of a row, so that an update stays on its page and touches no index (a HOT update). The one
# index beside the key is partial: it changes when a case is closed or opened again, and makes the open cases quick to walk.
NARROW = """
alter table cases_live set (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
create index live_open on cases_live (case_id) where is_open;
alter table cases_case alter column search set statistics 0;
"""


class Migration(migrations.Migration):
    """The append-only journal by months, and the narrow table of what changes."""

    dependencies = [("cases", "0002_initial"), ("core", "0001_extensions_and_rates")]
    operations = [
        migrations.RunSQL(JOURNAL, "drop table cases_journal cascade; drop function cases_journal_refuses() cascade; drop function cases_ensure_month(int, int)"),
        migrations.RunSQL(NARROW, migrations.RunSQL.noop),
    ]
