"""Priority from impact and urgency, and the time that each priority gives: the matrix and the targets of service management, as data.

The matrix follows the practice of ITIL (incident management: impact x urgency); values and targets are the metropolis' own.
"""

from functools import reduce

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Choice, Computed, Since, answer, dated, either, from_table, rule, working_hours

OWN = "Catalogue de services du pôle numérique"
IMPACTS = {"one": _("Me alone"), "team": _("My team"), "site": _("A whole building or directorate"), "all": _("Everybody, or residents")}
URGENCIES = {"high": _("Work has stopped"), "medium": _("Work goes on, with difficulty"), "low": _("It can wait some days")}
LEVELS = {"p1": _("P1, critical"), "p2": _("P2, high"), "p3": _("P3, normal"), "p4": _("P4, low")}
MATRIX = {
    "all": {"high": "p1", "medium": "p1", "low": "p2"},
    "site": {"high": "p1", "medium": "p2", "low": "p3"},
    "team": {"high": "p2", "medium": "p3", "low": "p4"},
    "one": {"high": "p3", "medium": "p4", "low": "p4"},
}
# Working hours until somebody answers, until an incident is solved, and until a request is carried out.
TARGETS = {"p1": (1, 4, 10), "p2": (2, 10, 20), "p3": (5, 20, 50), "p4": (10, 50, 100)}
PARTS = {"response": _("Answer to the user"), "incident": _("Incident solved"), "request": _("Request carried out")}


def _target(level, part):
    return dated(Since("2024-01-01", working_hours(TARGETS[level][list(PARTS).index(part)]), source=OWN), own=True, label=PARTS[part])


RULES = {f"{part}_{level}": _target(level, part) for part in PARTS for level in LEVELS}

level = answer("level")
LEVEL = from_table(answer("impact"), {impact: from_table(answer("urgency"), row) for impact, row in MATRIX.items()})
is_request = answer("kind").is_("request")


def lasts(part):
    """The time that the priority of a ticket gives for a part of its life; the lowest one's where none is known."""
    *others, last = LEVELS
    return reduce(lambda slower, one: either(level.is_(one), rule(f"{part}_{one}"), slower), reversed(others), rule(f"{part}_{last}"))


WEIGHED = {
    "impact": Choice(_("Whom does it stop?"), IMPACTS, required=True, fact=True),
    "urgency": Choice(_("How urgent is it?"), URGENCIES, required=True, fact=True),
    "level": Computed(_("Priority"), value=LEVEL, as_="text", options=LEVELS, fact=True),
}
