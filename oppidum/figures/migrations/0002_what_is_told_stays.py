from django.db import migrations

STAY = """
create function figures_change_refuses() returns trigger language plpgsql as $$
begin
    raise exception 'the history of figures is append-only: % is refused', lower(tg_op) using errcode = 'restrict_violation';
end $$;
create trigger append_only before update or delete on figures_change
    for each row execute function figures_change_refuses();

create function figures_entry_guards() returns trigger language plpgsql as $$
begin
    if old.state <> 'locked' then
        return case tg_op when 'DELETE' then old else new end;
    end if;
    if tg_op = 'UPDATE' and new.state = 'validated'
            and to_jsonb(new) - 'state' = to_jsonb(old) - 'state' then
        return new;
    end if;
    raise exception 'the figure is locked: reopen it, with a reason, before it is changed' using errcode = 'restrict_violation';
end $$;
create trigger locked_stays before update or delete on figures_entry
    for each row execute function figures_entry_guards();
"""
BACK = """
drop trigger locked_stays on figures_entry; drop function figures_entry_guards();
drop trigger append_only on figures_change; drop function figures_change_refuses();
"""


class Migration(migrations.Migration):
    """What was told stays: history is never rewritten, a locked value changes only after an explicit reopening."""

    dependencies = [("figures", "0001_key_figures")]
    operations = [migrations.RunSQL(STAY, BACK)]
