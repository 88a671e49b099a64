"""Numbers of acts: one series and year after another, without gaps (CGCT, art. R2121-9: acts stand in their order in the register).

A number is taken in the transaction of the decision that bears it: rolled back, it was never given.
"""

from datetime import date

from oppidum.core.sql import server_cursor

_TAKE = """
    insert into cases_series (series, year, last) values (%s, %s, %s)
    on conflict (series, year) do update set last = cases_series.last + excluded.last
    returning last
"""


def take_numbers(series: str, year: int, count: int = 1) -> int:
    """The first of `count` numbers in a row. Whoever else wants one of the same series waits until this transaction ends."""
    with server_cursor() as cursor:
        return cursor.execute(_TAKE, [series, year, count]).fetchone()[0] - count + 1


def act_number(series: str, day: date, number: int) -> str:
    """A number as it stands on the act: "ORDER-2027-0042"."""
    return f"{series.upper()}-{day.year}-{number:04d}"
