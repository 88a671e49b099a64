from django.db import migrations

# The places taken of a slot are the sum of what its bookings hold. The database keeps that sum itself, whoever writes a booking and
# however: the slot's row is locked, the sum changed, and the check `no_slot_is_overbooked` refuses one too many. Slots are locked in
# the order of their ids, so that two statements that share slots wait for each other instead of deadlocking.
COUNTING = """
create function bookings_holds(state text) returns boolean language sql immutable parallel safe
    as $$ select state in ('offered', 'taken', 'done', 'missed') $$;

create function bookings_apply(ids bigint[], amounts numeric[]) returns void language plpgsql as $$
declare
    closed bigint;
begin
    if ids is null then return; end if;
    -- Each statement here sees what others committed while this one waited for the lock.
    perform 1 from bookings_slot where id = any(ids) order by id for no key update;
    select s.id into closed from bookings_slot s join unnest(ids, amounts) as change(id, amount) using (id)
        where not s.is_open and change.amount > 0 limit 1;
    if found then
        raise exception 'slot % is closed', closed using errcode = 'check_violation', constraint = 'no_place_in_a_closed_slot';
    end if;
    update bookings_slot s set taken = s.taken + change.amount
        from unnest(ids, amounts) as change(id, amount) where s.id = change.id;
end $$;

create function bookings_count_new() returns trigger language plpgsql as $$
begin
    perform bookings_apply(array_agg(slot_id), array_agg(amount)) from (
        select slot_id, sum(amount) as amount from new_rows where slot_id is not null and bookings_holds(state) group by slot_id
    ) as change;
    return null;
end $$;

create function bookings_count_changed() returns trigger language plpgsql as $$
begin
    perform bookings_apply(array_agg(slot_id), array_agg(amount)) from (
        select slot_id, sum(amount) as amount from (
            select slot_id, amount from new_rows where slot_id is not null and bookings_holds(state)
            union all
            select slot_id, -amount from old_rows where slot_id is not null and bookings_holds(state)
        ) as change group by slot_id having sum(amount) <> 0
    ) as change;
    return null;
end $$;

create function bookings_count_gone() returns trigger language plpgsql as $$
begin
    perform bookings_apply(array_agg(slot_id), array_agg(amount)) from (
        select slot_id, -sum(amount) as amount from old_rows where slot_id is not null and bookings_holds(state) group by slot_id
    ) as change;
    return null;
end $$;

create trigger count_new after insert on bookings_booking
    referencing new table as new_rows for each statement execute function bookings_count_new();
create trigger count_changed after update on bookings_booking
    referencing old table as old_rows new table as new_rows for each statement execute function bookings_count_changed();
create trigger count_gone after delete on bookings_booking
    referencing old table as old_rows for each statement execute function bookings_count_gone();

-- Nobody else writes the sum: not a page, not a script, not an import.
create function bookings_guard_taken() returns trigger language plpgsql as $$
begin
    if pg_trigger_depth() < 2 then
        raise exception 'bookings_slot.taken is the sum of the slot''s bookings: change a booking instead'
            using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger guard_taken before update of taken on bookings_slot
    for each row when (new.taken is distinct from old.taken) execute function bookings_guard_taken();
create trigger guard_new before insert on bookings_slot
    for each row when (new.taken <> 0) execute function bookings_guard_taken();

-- Room on each page for the next version of a slot: the sum changes often, and stands in no index.
alter table bookings_slot set (fillfactor = 80);
"""
DROPPING = """
drop trigger guard_new on bookings_slot; drop trigger guard_taken on bookings_slot;
drop trigger count_new on bookings_booking; drop trigger count_changed on bookings_booking; drop trigger count_gone on bookings_booking;
drop function bookings_guard_taken(); drop function bookings_count_new(); drop function bookings_count_changed();
drop function bookings_count_gone(); drop function bookings_apply(bigint[], numeric[]); drop function bookings_holds(text);
"""


class Migration(migrations.Migration):
    """Capacity kept by the database: sums by trigger, refused beyond the capacity."""

    dependencies = [("bookings", "0001_resources_slots_bookings")]
    operations = [migrations.RunSQL(COUNTING, DROPPING)]
