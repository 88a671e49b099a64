"""May I ask? (y ai-je droit ?) The few questions that decide it, put before the form: who asks, where, and what the rules of eligibility read.

Nothing is kept: the answers come with each request, and go into the form's first draft only when somebody begins it from here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from oppidum.cases.declaration import Form, Page, Service, find_ineligible, survey
from oppidum.cases.declaration.fields.forms import EMPTY
from oppidum.cases.declaration.fields.persons import KIND_LABELS
from oppidum.cases.declaration.rulebook import labels_of
from oppidum.cases.intake import rules_in_force
from oppidum.core import clock
from oppidum.territory import locate
from oppidum.territory.gazetteer import search_places
from oppidum.web.answering import read_answers
from oppidum.web.portal.offered import OFFICER, is_askable
from oppidum.web.portal.searching import where
from oppidum.web.questions import draw_questions

# Kinds of questions that one answers without looking for papers.
QUICK = frozenset({"choice", "yes_no", "number", "money", "day"})
MOST = 6
KINDS = ("person", "association", "company", "commune")
WHO, PLACE = "asks-as", "asks-at"
YES, NO, OPEN = "yes", "no", "open"


@dataclass(frozen=True)
class Verdict:
    """`says`: yes, no, or open while an answer is missing. `why` and `instead` in plain words."""

    says: str
    why: str = ""
    instead: str = ""


@dataclass(frozen=True)
class MayAsk:
    """What is asked before the form. `kinds`: who may be asked for, empty where anybody may; `has_area`: whether the place decides."""

    fields: Form
    kinds: list[tuple[str, str]] = field(default_factory=list)
    has_area: bool = False

    def __bool__(self) -> bool:
        return bool(self.fields) or self.has_area


def questions_before(service: type[Service]) -> MayAsk:
    """The questions that decide whether somebody may ask; a rule that reads lists or papers is left to the form."""
    if not isinstance(service.form, Form) or not is_askable(service):
        return MayAsk(Form())
    chosen: dict[str, Any] = {}
    for rule in service.eligibility:
        needed = _needed(service.form, rule.when.names())
        if needed and len({**chosen, **needed}) <= MOST:
            chosen |= needed
    pages = ((page, {name: one for name, one in page.questions.items() if name in chosen}) for page in service.form.pages)
    fields = Form(*(Page(page.name, page.title, when=page.when, **held) for page, held in pages if held))
    may = [kind for kind in KINDS if kind in service.applicants]
    kinds = [(kind, str(KIND_LABELS[kind])) for kind in KINDS] if len(may) < len(KINDS) else []
    return MayAsk(fields, kinds, bool(service.area))


def _needed(form: Form, names: frozenset[str]) -> dict[str, Any]:
    """The questions behind these names, sums and conditions followed back; none when one of them isn't quick to answer."""
    found: dict[str, Any] = {}
    waiting = [name for name in names if not name.startswith("rule:")]
    while waiting:
        name = waiting.pop()
        question = form.get(name)
        if name in found or name in ("today", "filed_on"):
            continue
        if question is None or (question.kind not in QUICK and question.kind != "computed"):
            return {}
        found[name] = question
        page = next(page for page in form.pages if name in page.questions)
        read = (page.when, *(getattr(question, part, None) for part in ("when", "value", "required")))
        waiting += [one for each in read if hasattr(each, "names") for one in each.names() if not one.startswith("rule:")]
    return found


def judge(service: type[Service], asked: MayAsk, raw: Mapping[str, Any], who: str, place: dict[str, str]) -> Verdict:
    """Whether somebody with these answers may ask, as far as is known."""
    if who and asked.kinds and who not in service.applicants:
        served = ", ".join(str(KIND_LABELS[kind]) for kind in service.applicants if kind != OFFICER)
        return Verdict(
            NO, _("This service is for: %(who)s.") % {"who": served}, _("Look for another one in the list of all services.")
        )
    outside = _outside(service, place) if asked.has_area else ""
    if outside:
        return Verdict(NO, outside, _("There you need not ask: you have nothing to do."))
    today = clock.today()
    found = survey(asked.fields, raw, today, rules_in_force(service, today))
    given = {name for name, state in found.states.items() if state != EMPTY}
    if barred := find_ineligible(service.eligibility, found.known, found.settled() & given):
        return Verdict(NO, *barred.tell_apart(service.form, found.answers))
    missing = found.states.keys() - given
    if missing or found.faults or (asked.kinds and not who) or (asked.has_area and not place.get("zone")):
        return Verdict(OPEN)
    return Verdict(YES)


def read_place(service: type[Service], sent: Mapping[str, str]) -> dict[str, str]:
    """The address given, the point that it is, and the zone of the service there, if any."""
    address = sent.get(PLACE, "").strip()[:200]
    try:
        lon, lat = float(sent.get("lon", "")), float(sent.get("lat", ""))
    except ValueError:
        likely = next(iter(search_places(address, limit=1)), None) if address else None
        if likely is None:
            return {"address": address}
        lon, lat, address = likely.lon, likely.lat, likely.label
    zone = locate.find_zones(lon, lat).get(service.area, "")
    return {"address": address, "lon": f"{lon:.6f}", "lat": f"{lat:.6f}", "zone": zone}


def _outside(service: type[Service], place: dict[str, str]) -> str:
    if not place.get("lon") or place.get("zone"):
        return ""
    communes = ", ".join(name for _code, name in where(service))
    words = {"place": place["address"], "communes": communes}
    return _("%(place)s is outside the areas of this service, which exist in: %(communes)s.") % words


def draw(service: type[Service], asked: MayAsk, raw: Mapping[str, Any], faults=()) -> list:
    """The questions of the form that are asked here, ready to be drawn; none of them has to be answered."""
    today = clock.today()
    known = rules_in_force(service, today)
    return draw_questions(asked.fields, raw, faults, known=known, scope="may-", labels=labels_of(service))


@require_POST
@never_cache
def may_ask(request, code: str):
    """The verdict on the answers that were given, with the questions again; a piece of the page for htmx, else a page."""
    from oppidum.web.portal.asking import find_askable

    service = find_askable(code, request.user)
    asked = questions_before(service)
    if not asked:
        raise Http404
    raw = read_quick(request, asked)
    who = request.POST.get(WHO, "")
    place = read_place(service, request.POST) if asked.has_area else {}
    verdict = judge(service, asked, raw, who, place)
    template = "portal/services/_may.html" if request.htmx else "portal/services/may.html"
    return render(request, template, may_context(service, asked, raw, who, place, verdict))


def read_quick(request, asked: MayAsk) -> dict[str, Any]:
    """The answers to the questions before the form, those alone that were given."""
    raw, _faults = read_answers(request, asked.fields)
    return {name: value for name, value in raw.items() if value not in (None, "", [], {})}


def may_context(service: type[Service], asked: MayAsk, raw=None, who="", place=None, verdict=None) -> dict[str, Any]:
    """What the piece of page shows."""
    return {
        "service": service,
        "may": asked,
        "may_questions": draw(service, asked, raw or {}),
        "may_who": who,
        "may_place": place or {},
        "verdict": verdict,
        "may_given": _as_sent(raw or {}) if verdict and verdict.says == YES else [],
    }


def _as_sent(raw: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The answers as a form sends them, to begin the request with."""
    return [(name, str(one)) for name, value in raw.items() for one in (value if isinstance(value, list) else [value])]
