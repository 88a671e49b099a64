"""Time as French administration counts it: days, working days, months, lengths, hours on the clock, opening hours."""

from oppidum.core.calendar.days import (
    REGIONS,
    add_months,
    add_open_days,
    add_working_days,
    each_day,
    is_open_day,
    is_working_day,
    next_working_day,
    open_days_between,
    public_holidays,
    working_days_between,
)
from oppidum.core.calendar.lengths import (
    Length,
    clear_days,
    clear_months,
    days,
    hours,
    months,
    open_days,
    parse_length,
    working_days,
    years,
)
from oppidum.core.calendar.opening import Opening

__all__ = [
    "REGIONS",
    "Length",
    "Opening",
    "add_months",
    "add_open_days",
    "add_working_days",
    "clear_days",
    "clear_months",
    "days",
    "each_day",
    "hours",
    "is_open_day",
    "is_working_day",
    "months",
    "next_working_day",
    "open_days",
    "open_days_between",
    "parse_length",
    "public_holidays",
    "working_days",
    "working_days_between",
    "years",
]
