"""What stands beside a case besides its journal: opinions asked for, money, papers, places booked, other cases, routing.

Each panel is a template of its own and what it shows; a panel with nothing to show isn't there. One or two queries each, and none for
a service that doesn't declare the thing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from oppidum.cases.declaration import get_service
from oppidum.cases.declaration.expressions import euros
from oppidum.cases.declaration.opinions import ASKED, GIVEN, NO_ANSWER
from oppidum.cases.explaining import list_clocks, rests_on_unverified
from oppidum.cases.histories import CaseFile
from oppidum.cases.models import Attachment, Case, Link
from oppidum.cases.overlapping import list_met, list_spots
from oppidum.cases.preparing import actor_of
from oppidum.cases.rules.asking import may_give
from oppidum.cases.tallying import list_lines, sirens_of
from oppidum.core import clock
from oppidum.people.models import Officer
from oppidum.publishing.models import Paper
from oppidum.web.desk import choices
from oppidum.web.desk.said import LINKS, PRIORITY_LABELS
from oppidum.web.files import say_verdict
from oppidum.web.pay.panel import money_panel
from oppidum.web.slots import places_held
from oppidum.web.words import say_day

MOST_PAPERS = 50


@dataclass(frozen=True)
class Panel:
    """A part of the case page: `name` is its template, `desk/panels/NAME.html`."""

    name: str
    title: str
    shows: dict[str, Any]

    @property
    def template(self) -> str:
        return f"desk/panels/{self.name}.html"


def panels_of(found: CaseFile, officer: Officer) -> list[Panel]:
    """The panels of a case that have something to show to this officer, in their order."""
    return [panel for make in PANELS for panel in make(found, officer)]


def _clocks(found: CaseFile, officer: Officer) -> Iterator[Panel]:
    """The legal clocks in sentences, each with its article; what nobody has held against the text of the law is marked."""
    clocks = list_clocks(found.service, found.standing, clock.today())
    doubtful = rests_on_unverified(found.service, found.standing.filed_on)
    if clocks or doubtful:
        yield Panel("clocks", _("Legal time"), {"clocks": clocks, "doubtful": doubtful})


def _opinions(found: CaseFile, officer: Officer) -> Iterator[Panel]:
    facts, actor = found.standing.facts, actor_of(officer)
    listed = [
        {
            "name": one.name,
            "label": one.label,
            "until": date.fromisoformat(facts[ASKED + one.name]),
            "answer": _answer(one, facts.get(GIVEN + one.name)),
            "given": GIVEN + one.name in facts,
            "may_enter": found.standing.is_open and may_give(one, actor, found.standing.team_id) and GIVEN + one.name not in facts,
            "options": list(one.options.items()),
        }
        for one in found.service.opinions
        if ASKED + one.name in facts
    ]
    if listed:
        yield Panel("opinions", _("Opinions"), {"opinions": listed, "action": reverse("desk:opinion", args=[found.case.code])})


def _answer(one: Any, given: str | None) -> str:
    if given is None:
        return ""
    return _("no answer: the case goes on without it") if given == NO_ANSWER else str(one.options.get(given, given))


def _links(found: CaseFile, officer: Officer) -> Iterator[Panel]:
    links = [(link.other_id, link.kind, "up") for link in Link.objects.filter(case=found.case)]
    links += [(link.case_id, link.kind, "down") for link in Link.objects.filter(other=found.case)]
    if not links:
        return
    seen = Case.objects.visible_to(officer).select_related("live").in_bulk([other for other, _kind, _way in links])
    shown = [
        {"code": seen[other].code, "label": LINKS[kind, way], "about": about(seen[other])}
        for other, kind, way in links
        if other in seen
    ]
    yield Panel("links", _("Other cases"), {"links": shown, "hidden": len(links) - len(shown)})


def about(case: Case) -> str:
    """ "Rental permit · Granted"."""
    service = get_service(case.service, case.live.definition)
    step = service.flow.steps.get(case.live.step)
    return f"{service.name} · {step.label if step else case.live.step}"


def say_rule(rule: str) -> str:
    """A rule's own words; a remit, kept as "category @ commune", in words."""
    if " @ " not in rule:
        return rule
    what, _at, where = rule.rpartition(" @ ")
    place = choices.commune_names().get(where, where) if where != "*" else _("the whole territory")
    return _("remit of the team: %(what)s, %(place)s") % {"what": _("the whole service") if what == "*" else what, "place": place}


def _routing(found: CaseFile, officer: Officer) -> Iterator[Panel]:
    """Which rule sent it to its team, and how urgent it is."""
    routed = next((line for line in found.lines if line.action == "route"), None)
    priority = found.standing.facts.get("priority", "")
    if routed and routed.rule:
        why = {
            "rule": say_rule(routed.rule),
            "on": say_day(clock.local_day(routed.at)),
            "priority": PRIORITY_LABELS.get(priority, ""),
        }
        yield Panel("routing", _("Why this team"), why)


def _tallies(found: CaseFile, officer: Officer) -> Iterator[Panel]:
    """What the same firm had in other cases, with each act that counts today; the cases that the officer sees are named."""
    shown = []
    for tally in found.service.tallies:
        sirens = sirens_of(tally, found.case.answers)
        lines = list_lines(found.service, tally, sirens, found.standing, clock.today())
        seen = set(Case.objects.visible_to(officer).filter(pk__in=[line.case_id for line in lines]).values_list("pk", flat=True))
        listed = [
            {"code": line.code if line.case_id in seen else "", "day": say_day(line.day), "amount": euros(line.cents)}
            for line in lines
        ]
        shown.append({"label": tally.label, "sum": euros(sum(line.cents for line in lines)), "lines": listed})
    if shown:
        yield Panel("tallies", _("The same firm"), {"tallies": shown})


def _overlaps(found: CaseFile, officer: Officer) -> Iterator[Panel]:
    """What else is open on this ground in these days; a case out of sight is told by its service alone."""
    if not any(True for overlap in found.service.overlaps for _spot in list_spots(overlap, found.case.answers)):
        return
    met = list_met(found.service, found.case)
    seen = set(Case.objects.visible_to(officer).filter(pk__in=[one.case.pk for one in met]).values_list("pk", flat=True))
    shown = [
        {
            "code": one.case.code if one.case.pk in seen else "",
            "about": about(one.case) if one.case.pk in seen else get_service(one.case.service, one.case.live.definition).name,
            "address": one.case.address if one.case.pk in seen else "",
            "metres": one.metres,
            "days": (say_day(one.first), say_day(one.last)) if one.first else None,
        }
        for one in met
    ]
    yield Panel("overlaps", _("Same place, same days"), {"met": shown})


def _places(found: CaseFile, officer: Officer) -> Iterator[Panel]:
    """What is booked with the case, and its rank where it waits."""
    if held := places_held(found.case, found.service):
        yield Panel("places", _("Booked"), {"held": held})


def _papers(found: CaseFile, officer: Officer) -> Iterator[Panel]:
    """The letters of a case, newest first, and what became of each; they name persons."""
    if not found.service.letters or not found.shows_persons:
        return
    if papers := list(Paper.objects.filter(case=found.case).defer("data").order_by("-pk")[:MOST_PAPERS]):
        yield Panel("papers", _("Letters"), {"papers": papers})


def _files(found: CaseFile, officer: Officer) -> Iterator[Panel]:
    """The files that were given with the case; they name persons."""
    if not found.shows_persons or found.sealed_until:
        return
    if files := list(Attachment.objects.filter(case=found.case).order_by("pk")[:MOST_PAPERS]):
        shown = [{"file": one, "says": say_verdict(one), "harmful": one.verdict == one.Verdict.INFECTED} for one in files]
        yield Panel("files", _("Files received"), {"files": shown})


def _money(found: CaseFile, officer: Officer) -> Iterator[Panel]:
    """What is due, paid, reduced and refunded, of a service with fees."""
    if found.service.fees and (shown := money_panel(officer, found.case)):
        yield Panel("money", _("Money"), shown)


Make = Callable[[CaseFile, Officer], Iterator[Panel]]
# Other rooms of the desk add theirs here: a panel is a function and a template.
PANELS: tuple[Make, ...] = (_clocks, _overlaps, _opinions, _tallies, _places, _money, _papers, _files, _links, _routing)
