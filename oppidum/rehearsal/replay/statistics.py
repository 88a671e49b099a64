"""What PostgreSQL knows of the tables that a run fills, and how it plans by that: they grow from nothing to millions of rows within minutes."""

from oppidum.core.sql import rows, server_cursor

# Checkpoints after which a run tells the planner anew how its tables are filled: in a small run they hold a week, a month, a quarter.
KNOWN_AGAIN = frozenset({1, 4, 13})
_LARGE = (
    "cases_case",
    "cases_live",
    "cases_journal",
    "cases_call",
    "cases_effect",
    "cases_party",
    "bookings_booking",
    "payments_charge",
)
_COUNTED = """
    select relname::text, string_agg(quote_ident(attname), ', ' order by attnum)
    from pg_attribute join pg_class on pg_class.oid = attrelid
    where relname = any(%s) and relnamespace = 'public'::regnamespace and attnum > 0 and not attisdropped
        and format_type(atttypid, null) not in ('tsvector', 'jsonb', 'text', 'geometry')
    group by relname order by relname
"""


def analyze() -> None:
    """Let the database know how its large tables are filled, but for texts and documents, which take longest and by which nothing is found.

    What every session had planned for them is planned anew. Not within a transaction: the tables' own locks would stay.
    """
    columns = rows(_COUNTED, [list(_LARGE)])
    with server_cursor() as cursor:
        for table, names in columns:
            cursor.execute(f"analyze {table} ({names})")


def plan_for_growth() -> None:
    """Have statements planned once, and for tables that grow: they are planned and kept while these are all but empty, when reading a table
    whole looks cheap, and no other session can count what a week's transaction holds."""
    with server_cursor() as cursor:
        cursor.execute("set enable_seqscan = off")
        cursor.execute("set plan_cache_mode = force_generic_plan")
