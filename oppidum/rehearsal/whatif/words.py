"""A comparison in words: what is measured, what differs and how surely, never more than the runs could tell."""

from collections.abc import Mapping

from django.db import ProgrammingError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from oppidum.cases.declaration import catalogue
from oppidum.figures.catalogue import all_figures
from oppidum.people.models import Team
from oppidum.publishing.charts.wording import colon, say
from oppidum.rehearsal.whatif.comparing import ALL, Comparison, Row
from oppidum.rehearsal.whatif.statistics import Difference

MINUS, PLUS = "\u2212", "+"


def measure_name(measure: str) -> str:
    """What a measure is called; those that only lanes know keep their own name."""
    return {
        "wait_mean": _("Mean wait"),
        "wait_median": _("Median wait"),
        "wait_p90": _("Wait of nine in ten at most"),
        "late_share": _("Share ended late"),
        "late": _("Cases ended late"),
        "backlog": _("Open at the week's end, on average"),
        "turned_away": _("Turned away for want of a place"),
        "arrived": _("Cases that arrived"),
        "done": _("Cases ended"),
        "objected": _("Objections to what was done"),
        "crew_days": _("Days of crews"),
        "km": _("Kilometres driven"),
        "co2_kg": _("CO2 of the drives"),
        "cost_eur": _("Cost of crews and drives"),
    }.get(measure, measure)


def unit_of(measure: str) -> str:
    """The unit behind a number, empty where it counts cases."""
    if measure.startswith("wait_"):
        return pgettext("unit", "days")
    return {"late_share": "%", "km": "km", "co2_kg": "kg", "cost_eur": "€", "crew_days": pgettext("unit", "days")}.get(measure, "")


def names_of_keys() -> dict[str, str]:
    """Teams and services by their codes, in the active language."""
    try:
        teams = dict(Team.objects.values_list("code", "name"))
    except ProgrammingError:  # An installation that isn't set up yet rehearses the demonstration's teams, by their codes.
        teams = {}
    services = {code: str(one.name) for code, one in catalogue().items()}
    return services | teams | {ALL: _("All together"), "unassigned": _("Without a team")}


def figure_name(name: str) -> str:
    found = all_figures().get(name)
    return str(found.label) if found else name


def number(measure: str, value: float) -> str:
    """A value of the measure with its unit; shares in per cent."""
    scaled = 100 * value if measure == "late_share" else value
    return say(_rounded(scaled), unit_of(measure))


def signed(measure: str, value: float) -> str:
    """A difference with its sign; of a share in points."""
    scaled = _rounded(100 * value if measure == "late_share" else value)
    text = say(abs(scaled), pgettext("unit", "points") if measure == "late_share" else unit_of(measure))
    return text if not scaled else f"{PLUS if scaled > 0 else MINUS}{text}"


def _rounded(value: float) -> float:
    return round(value) if abs(value) >= 100 else round(value, 1) if abs(value) >= 10 else round(value, 2)


def interval(measure: str, one: Difference) -> str:
    """The 95 % interval of a difference, or that there is none."""
    if one.low is None or one.high is None:
        return _("one run has none")
    if signed(measure, one.low) == signed(measure, one.high):
        return _("nearly the same in every pair of runs")
    return _("%(low)s to %(high)s") % {"low": signed(measure, one.low), "high": signed(measure, one.high)}


def verdict(row: Row) -> str:
    """How sure the runs are, in a few words."""
    one = row.difference
    if one.same:
        return _("the same in every run")
    if one.low is None:
        return _("one pair of runs: chance can't be told from change")
    if not one.is_told:
        return _("no difference that these runs could tell")
    return _("more") if one.mean > 0 else _("less")


def sentence(row: Row) -> str:
    """A measure in one sentence: "Mean wait: 12.1 days instead of 9.8 days (+2.3 days; 95 % interval: +1.9 days to +2.7 days)"."""
    told = {"base": number(row.measure, row.base), "changed": number(row.measure, row.changed)}
    told |= {"difference": signed(row.measure, row.difference.mean), "interval": interval(row.measure, row.difference)}
    if row.difference.same:
        said = _("%(base)s, the same in every run")
    elif row.difference.low is None:
        said = _("%(changed)s instead of %(base)s (%(difference)s) in one pair of runs, which can't tell chance from change")
    elif row.difference.is_told:
        said = _("%(changed)s instead of %(base)s (difference: %(difference)s; interval at 95 per cent: %(interval)s)")
    else:
        said = _("no difference that these runs could tell (%(base)s without the change; the difference lies from %(interval)s)")
    return f"{measure_name(row.measure)}{colon()}{said % told}"


def about_runs(comparison: Comparison, year: int, scale: float) -> str:
    """How much was lived: a sentence for the head of the report."""
    count = len(comparison.seeds)
    said = ngettext(
        "The year %(year)s was lived %(count)s time without the change and %(count)s time with it, with the same chances on both sides.",
        "The year %(year)s was lived %(count)s times without the change and %(count)s times with it, each time with the same chances on both sides.",
        count,
    ) % {"year": year, "count": count}
    if scale == 1:
        return said
    return (
        said
        + " "
        + _("At a scale of %(scale)s: counts, costs and distances are those of a town of that size.") % {"scale": say(scale)}
    )


def caution(comparison: Comparison) -> str:
    """What a reader must not read into the table of figures."""
    told = [one for one in comparison.rows if one.figure]
    differing = [one for one in told if not one.difference.same]
    by_chance = max(1, round(0.05 * len(differing)))
    return _(
        "Public figures compared: %(all)s; different in some run: %(differing)s. Were it all chance, about %(chance)s of these would still look different at 95 per cent."
    ) % {"all": len(told), "differing": len(differing), "chance": by_chance}


def in_short(comparison: Comparison, keys: list[str]) -> Mapping[str, list[str]]:
    """The sentences of the first measures, by key; what is the same in every run is left out, unless all is."""
    found = {}
    for key in keys:
        rows = [row for measure in SHORT if (row := comparison.of(measure, key)) is not None]
        moved = [row for row in rows if not row.difference.same]
        found[key] = [sentence(row) for row in moved or rows[:1]]
    return found


SHORT = ("wait_mean", "wait_p90", "late_share", "backlog", "turned_away", "done", "cost_eur", "km", "co2_kg")
