"""What the services did, as open data: requests and their delays by month, calls, letters, use of what is booked, public reports."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import catalogue
from oppidum.cases.definitions import label_of_category, label_of_step
from oppidum.cases.public import public_condition, public_id
from oppidum.core import clock
from oppidum.core.streaming import stream_rows
from oppidum.figures.declaration import MONTH
from oppidum.figures.sources import FILED_CASES
from oppidum.publishing.datasets.declaration import (
    DAILY,
    GOVERNMENT,
    MONTHLY,
    REGIONS,
    SUPPRESS,
    Anonymity,
    Chart,
    Coarsen,
    Column,
    Dataset,
    Export,
    Query,
    Tally,
    ToGrid,
)

GRID_M = 100
MONTH_COLUMN = Column("month", _("Month"), "yearmonth", required=True)
_MONTH = "to_char({} at time zone 'Europe/Paris', 'YYYY-MM')"

_REPORTS = """
    select c.id, c.service, c.filed_at, l.category, l.commune, coalesce(m.name, ''), l.step, l.ended_at, l.due_on, l.followers,
        st_x(c.place), st_y(c.place)
    from cases_live l join cases_case c on c.id = l.case_id left join territory_commune m on m.code = l.commune
    where {where} and c.service = any(%s) order by c.filed_at, c.id
"""


def _reports() -> Iterator[tuple[Any, ...]]:
    """The reports that everybody may look up on the map; what is hidden or points at persons is not among them."""
    where, values = public_condition("l")
    services = [code for code, service in catalogue().items() if service.categories]
    for case, service, filed, category, commune, name, step, ended, due, followers, lon, lat in stream_rows(
        _REPORTS.format(where=where), [*values, services]
    ):
        words = label_of_category(service, category), label_of_step(service, step)
        days = clock.local_day(filed), clock.local_day(ended) if ended else None
        yield public_id(case), days[0], category, words[0], commune, name, step, words[1], days[1], due, followers, lon, lat


REPORTS = Dataset(
    "reports",
    _("Reports by residents"),
    says=_(
        "Each public report: category, commune, day, state, when it was solved, and roughly where. No words, photos or persons."
    ),
    owner="living-environment-water",
    theme=REGIONS,
    frequency=DAILY,
    keywords=(_("reports"), _("public space"), _("cleanliness"), "Open311"),
    source=Export(_reports),
    personal=(ToGrid("longitude", "latitude", GRID_M, _("an exact point may be the reporter's own door")),),
    columns=(
        Column("id", _("Public number"), required=True, unique=True),
        Column("filed_on", _("Day of filing"), "date", required=True),
        Column("category", _("Category"), required=True),
        Column("category_name", _("Category in words")),
        Column("commune", _("INSEE code of the commune")),
        Column("commune_name", _("Commune")),
        Column("step", _("State"), required=True),
        Column("step_name", _("State in words")),
        Column("ended_on", _("Day of the end"), "date"),
        Column("due_on", _("Promised for"), "date"),
        Column("followers", _("Residents who joined"), "integer", minimum=0),
        Column("longitude", _("Longitude"), "number", minimum=-180, maximum=180, says=_("Centre of a square of 100 metres.")),
        Column("latitude", _("Latitude"), "number", minimum=-90, maximum=90),
    ),
    key=("id",),
    geometry=("longitude", "latitude"),
    chart=Chart("bar", "category_name", "", _("Reports by category")),
)

REPORTS_BY_MONTH = Dataset(
    "cases-by-month",
    _("Requests and reports by month, category and commune"),
    says=_("How many requests and reports were filed, by month, category and commune. Small counts are put together."),
    owner="resident-relations",
    theme=REGIONS,
    frequency=MONTHLY,
    keywords=(_("reports"), _("requests"), _("statistics")),
    source=Tally(
        FILED_CASES,
        by={"month": MONTH, "category": "category", "commune": "commune"},
        counts="filed",
        named={"category_name": "category", "commune_name": "commune"},
    ),
    columns=(
        MONTH_COLUMN,
        Column("category", _("Category"), says=_("Empty: a request without categories.")),
        Column("category_name", _("Category in words")),
        Column(
            "commune", _("INSEE code of the commune"), says=_("Empty: not known, or put together because the count was below 5.")
        ),
        Column("commune_name", _("Commune")),
        Column("filed", _("Filed"), "integer", required=True, minimum=0),
    ),
    key=("month", "category", "commune"),
    anonymity=Anonymity(5, ("month", "category", "commune"), weight="filed", then=Coarsen(("commune", "commune_name"))),
    chart=Chart("columns", "month", "filed", _("Requests and reports filed by month")),
)

BY_SERVICE = Dataset(
    "requests-by-service",
    _("Requests by service and channel"),
    says=_("How many requests each service received, by month and channel (portal, telephone, front desk...)."),
    owner="resident-relations",
    theme=GOVERNMENT,
    frequency=MONTHLY,
    keywords=(_("requests"), _("services"), _("statistics")),
    source=Query(
        f"select {_MONTH.format('c.filed_at')} as month, c.service, c.channel, count(*) as filed "
        "from cases_case c group by 1, 2, 3 order by 1, 2, 3"
    ),
    columns=(
        MONTH_COLUMN,
        Column("service", _("Service"), required=True),
        Column("channel", _("Channel"), says=_("Empty: channels put together because a count was below 5.")),
        Column("filed", _("Filed"), "integer", required=True, minimum=0),
    ),
    key=("month", "service", "channel"),
    anonymity=Anonymity(
        5, ("month", "service", "channel"), weight="filed", then=Coarsen(("channel",)), within=("month", "service")
    ),
    chart=Chart("bar", "service", "filed", _("Requests by service")),
)

DELAYS = Dataset(
    "service-delays",
    _("Delays of the services"),
    says=_(
        "How many requests ended in each month, the median and ninth decile of calendar days, and the share within the promise."
    ),
    owner="resident-relations",
    theme=GOVERNMENT,
    frequency=MONTHLY,
    keywords=(_("delays"), _("services"), _("quality")),
    source=Query(f"""
        select {_MONTH.format("l.ended_at")} as month, l.service, count(*) as ended,
            percentile_disc(0.5) within group (order by (l.ended_at at time zone 'Europe/Paris')::date - l.filed_on) as median_days,
            percentile_disc(0.9) within group (order by (l.ended_at at time zone 'Europe/Paris')::date - l.filed_on) as ninth_decile_days,
            round(100.0 * count(*) filter (where (l.ended_at at time zone 'Europe/Paris')::date <= l.due_on)
                / nullif(count(l.due_on), 0), 1) as on_time_percent
        from cases_live l where l.ended_at is not null group by 1, 2 order by 1, 2
    """),
    columns=(
        MONTH_COLUMN,
        Column("service", _("Service"), required=True),
        Column("ended", _("Ended"), "integer", required=True, minimum=0),
        Column("median_days", _("Median (days)"), "integer", minimum=0),
        Column("ninth_decile_days", _("Ninth decile (days)"), "integer", minimum=0),
        Column("on_time_percent", _("Within the promise (%)"), "number", minimum=0, maximum=100),
    ),
    key=("month", "service"),
    anonymity=Anonymity(5, ("month", "service"), weight="ended", then=SUPPRESS),
    chart=Chart("bar", "service", "ended", _("Requests ended by service")),
)

CALLS = Dataset(
    "calls-by-hour",
    _("Calls to the contact centre by hour"),
    says=_("Calls received by month, weekday and hour, and how many led to a report. Numbers and words of callers are not read."),
    owner="resident-relations",
    theme=GOVERNMENT,
    frequency=MONTHLY,
    keywords=(_("calls"), _("contact centre"), _("statistics")),
    source=Query("""
        select to_char(at, 'YYYY-MM') as month, extract(isodow from at)::int as weekday, extract(hour from at)::int as hour,
            count(*) as calls, count(*) filter (where outcome in ('report', 'joined')) as with_report,
            count(*) filter (where outcome = 'lost') as lost
        from (select k.received_at at time zone 'Europe/Paris' as at, k.outcome from cases_call k) c
        group by 1, 2, 3 order by 1, 2, 3
    """),
    columns=(
        MONTH_COLUMN,
        Column("weekday", _("Weekday"), "integer", required=True, minimum=1, maximum=7, says=_("1 is Monday.")),
        Column("hour", _("Hour"), "integer", required=True, minimum=0, maximum=23, says=_("10: from 10:00 to 10:59.")),
        Column("calls", _("Calls"), "integer", required=True, minimum=0),
        Column("with_report", _("With a report"), "integer", required=True, minimum=0),
        Column("lost", _("Lines lost"), "integer", required=True, minimum=0),
    ),
    key=("month", "weekday", "hour"),
    chart=Chart("columns", "hour", "calls", _("Calls by hour of the day"), most=24),
)

LETTERS = Dataset(
    "letters",
    _("Letters and orders sent"),
    says=_("How many letters, bills and orders were made for each service, by month, kind and way of sending, with their pages."),
    owner="support",
    theme=GOVERNMENT,
    frequency=MONTHLY,
    keywords=(_("letters"), _("post"), _("statistics")),
    source=Query(f"""
        select {_MONTH.format("p.made_at")} as month, c.service, p.kind,
            case when p.fate in ('mailed', 'read') then 'e-mail' when p.fate = 'kept' then 'none' else 'post' end as sent_by,
            count(*) as letters, sum(p.pages) as pages
        from publishing_paper p join cases_case c on c.id = p.case_id where p.rank = 0 group by 1, 2, 3, 4 order by 1, 2, 3, 4
    """),
    columns=(
        MONTH_COLUMN,
        Column("service", _("Service"), required=True),
        Column("kind", _("Kind"), required=True),
        Column("sent_by", _("Sent by"), required=True, enum=("e-mail", "post", "none")),
        Column("letters", _("Letters"), "integer", required=True, minimum=0),
        Column("pages", _("Pages"), "integer", required=True, minimum=0),
    ),
    key=("month", "service", "kind", "sent_by"),
    anonymity=Anonymity(5, ("month", "service", "kind", "sent_by"), weight="letters", then=SUPPRESS),
    chart=Chart("bar", "service", "letters", _("Letters by service")),
)

BOOKINGS = Dataset(
    "bookings-use",
    _("Use of what is booked"),
    says=_("For trucks, rooms and other places booked by slots: slots and places open each month, and the share that was taken."),
    owner="support",
    theme=GOVERNMENT,
    frequency=MONTHLY,
    keywords=(_("bookings"), _("use"), _("statistics")),
    source=Query(
        """
        select to_char(s.day, 'YYYY-MM') as month, r.kind, r.code as resource, r.name, r.unit, count(*) as slots,
            sum(s.capacity) as capacity, round(100 * sum(s.taken) / nullif(sum(s.capacity), 0)) as taken_percent
        from bookings_slot s join bookings_resource r on r.id = s.resource_id
        where s.is_open and s.day < %(today)s::date group by 1, 2, 3, 4, 5 order by 1, 2, 3
        """,
        lambda: {"today": clock.today()},
    ),
    columns=(
        MONTH_COLUMN,
        Column("kind", _("Kind"), required=True),
        Column("resource", _("What is booked"), required=True),
        Column("name", _("Name"), required=True),
        Column("unit", _("Unit")),
        Column("slots", _("Slots"), "integer", required=True, minimum=0),
        Column("capacity", _("Capacity"), "number", required=True, minimum=0),
        Column("taken_percent", _("Taken (%)"), "number", minimum=0, maximum=100),
    ),
    key=("month", "resource"),
    chart=Chart("bar", "name", "slots", _("Slots by what is booked")),
)

DATASETS = (REPORTS, REPORTS_BY_MONTH, BY_SERVICE, DELAYS, CALLS, LETTERS, BOOKINGS)
