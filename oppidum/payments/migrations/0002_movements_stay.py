from django.db import migrations

STAY = """
create function payments_movement_refuses() returns trigger language plpgsql as $$
begin
    raise exception 'movements are append-only: % is refused; book a correcting movement instead', lower(tg_op)
        using errcode = 'restrict_violation';
end $$;
create trigger append_only before update or delete on payments_movement
    for each row execute function payments_movement_refuses();
"""


class Migration(migrations.Migration):
    """What was booked stays: the database refuses to change or delete a movement."""

    dependencies = [("payments", "0001_accounts")]
    operations = [
        migrations.RunSQL(STAY, "drop trigger append_only on payments_movement; drop function payments_movement_refuses();"),
    ]
