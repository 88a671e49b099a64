"""The seasons of the courses and what they cost: prices by the means of the household (loi 98-657, art. 147), pro rata of the lessons."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    ANY,
    Fee,
    FeeLine,
    Instalments,
    Prorata,
    Since,
    Surcharge,
    Tariff,
    TariffVersion,
    UpTo,
    answer,
    dated,
    days,
    first_day,
    rule,
    today,
)
from oppidum.services.ecology_culture_sport.course_enrolment_texts import RULE
from oppidum.services.ecology_culture_sport.courses import KINDS

VOTED = "Tarifs des cours (délibération à indiquer)"
SEASONS = ("2022-06-01", "2023-06-01", "2026-06-01", "2027-06-01")
# School holidays of zone B; those of the last season are an assumption of the demonstration.
HOLIDAYS = (
    "2022-10-22/2022-11-06 2022-12-17/2023-01-02 2023-02-11/2023-02-26 2023-04-15/2023-05-01",
    "2023-10-21/2023-11-05 2023-12-23/2024-01-07 2024-02-24/2024-03-10 2024-04-20/2024-05-05",
    "2026-10-17/2026-11-01 2026-12-19/2027-01-03 2027-02-20/2027-03-07 2027-04-17/2027-05-02",
    "2027-10-23/2027-11-07 2027-12-18/2028-01-02 2028-02-12/2028-02-27 2028-04-08/2028-04-23",
)

# Each season has its days, in force for the requests of its campaign.
RULES = {
    name: dated(*(Since(day, value, source=RULE) for day, value in zip(SEASONS, values, strict=True)), own=True, label=label)
    for name, label, values in (
        ("opens", _("Enrolment opens"), ("2022-06-13T09:00", "2023-06-12T09:00", "2026-06-08T09:00", "2027-06-07T09:00")),
        ("residents_from", _("Open to residents from"), ("2022-06-20", "2023-06-19", "2026-06-15", "2027-06-14")),
        ("everybody_from", _("Open to everybody from"), ("2022-06-27", "2023-06-26", "2026-06-22", "2027-06-21")),
        ("closes", _("Enrolment closes"), ("2023-05-31", "2024-05-31", "2027-05-31", "2028-05-31")),
        ("first_day", _("First day of the season"), ("2022-09-12", "2023-09-11", "2026-09-14", "2027-09-13")),
        ("last_day", _("Last day of the season"), ("2023-07-01", "2024-06-29", "2027-06-26", "2028-07-01")),
        ("no_lessons", _("Holidays without lessons"), HOLIDAYS),
    )
} | {"joins_until": dated(Since("2022-06-01", days(56), source=RULE), own=True, label=_("How long after the first lesson a place that comes free is given on"))} | {"a_year": dated(Since("2022-06-01", 4, source=RULE), own=True, label=_("Groups of one pupil in a year"), unit=_("groups"))}
# Prices by the means of the household: loi 98-657, art. 147; the bands are the authority's.
TARIFFS = {
    "course": Tariff(_("Course"), by=("kind", "quotient"), says={"kind": KINDS}, versions=(TariffVersion("2022-06-01", source=VOTED, rows=(
        ("pool", UpTo(300), 3_000), ("pool", UpTo(600), 5_000), ("pool", UpTo(900), 7_500), ("pool", UpTo(1200), 9_500), ("pool", ANY, 12_000),
        ("music", UpTo(300), 6_000), ("music", UpTo(600), 12_000), ("music", UpTo(900), 18_000), ("music", UpTo(1200), 24_000), ("music", ANY, 33_000))),)),
}


def _lines(until=None) -> tuple:
    """The price of the lessons from the day on which the pupil joins, until the last one or that day."""
    lessons = Prorata(since=answer("joined_on"), until=until, first=first_day("group"), last=rule("last_day"), by="lessons", off=rule("no_lessons"))
    return (
        FeeLine(_("Course"), price="course", by=(answer("kind"), answer("quotient")), prorata=lessons),
        Surcharge(_("Resident of another authority"), percent=50, when=answer("lives_here").is_(False), source=RULE),
    )


# Pro rata of the lessons: the demonstration's own rule, to be replaced by what the authority voted.
FEES = (
    Fee("course", _("Enrolment in a course"), account="70632", due_days=30, lines=_lines(), instalments=Instalments(shares=(1, 1, 1), months=(0, 2, 4), over=15_000)),
    Fee("nothing", _("Enrolment given up"), replaces="course", lines=(FeeLine(_("Course"), amount=0),)),
    Fee("had", _("Lessons until the end of the enrolment"), replaces="course", day=answer("joined_on"), lines=_lines(until=today())),
)
