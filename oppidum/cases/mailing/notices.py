"""The mails of a case in words: what a notice says of an entry, to whom, in whose language.

A notice tells the case as it stood at its entry, folded from the journal: rendered late, or again, it says the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import get_language, override

from oppidum.bookings.models import Resource
from oppidum.bookings.places import Place, read_place
from oppidum.bookings.words import say_place
from oppidum.cases.corrections.correcting import REASONS, form_of
from oppidum.cases.declaration import Service, get_service, slot_fields
from oppidum.cases.declaration.fields.moments import say_hour
from oppidum.cases.declaration.recorded import CORRECT, SPLIT
from oppidum.cases.models import Case, Message, Party
from oppidum.cases.public import public_id
from oppidum.cases.reading import read_journals
from oppidum.cases.rules.evolve import fold
from oppidum.cases.rules.phones import can_be_texted
from oppidum.cases.rules.standing import Fact, Standing
from oppidum.core import clock
from oppidum.core.errors import NotFound
from oppidum.people.models import Team
from oppidum.territory.models import Intercommunality


@dataclass(frozen=True, slots=True)
class Told:
    """An entry and all that a notice about it may say. `is_private`: its words were written to the author, not to all."""

    code: str
    standing: Standing
    fact: Fact
    place: str
    received_on: date
    team: str
    authority: str
    message: str = ""
    is_private: bool = False
    link: str = ""
    original: str = ""
    split_code: str = ""
    corrected: tuple[Any, ...] = ()

    def to_follower(self) -> "Told":
        """The same for who follows somebody else's case: its public page, and not the code, which is its author's key."""
        return replace(self, code="", link=public_link(self.standing.case_id))


def render_notice(service: type[Service], action: str, told: Told, language: str) -> tuple[str, str]:
    """Subject and body of the notice on `action`. What has no value leaves with its line (`Notice.render`)."""
    notice = service.find_notice(action)
    if notice is None:
        raise LookupError(f"{service.code}: no notice is declared for '{action}'")
    with override(language):
        return notice.render(_words(service, told))


def render_short(service: type[Service], action: str, told: Told, language: str) -> tuple[str, str]:
    """The words of a text message on `action`, and the link that follows them."""
    notice = service.find_notice(action)
    if notice is None:
        raise LookupError(f"{service.code}: no notice is declared for '{action}'")
    with override(language):
        words = _words(service, told)
        return notice.render_short(words), words["link"]


def _words(service: type[Service], told: Told) -> dict[str, Any]:
    """The values of `NOTICE_WORDS`, in the current language."""
    data, standing = told.fact.data, told.standing
    action = service.flow.actions.get(told.fact.action)
    reason = action.demands.get("reason") if action else None
    place = _place_chosen(service, standing)
    told_where = "{booked_where}" in str(service.find_notice(told.fact.action).body)
    return {
        "code": told.code,
        "category": service.categories[standing.category].name if standing.category in service.categories else "",
        "place": told.place,
        "received_on": day_in_words(told.received_on),
        "received_time": say_hour(told.fact.valid_at) if told.fact.action == "file" else "",
        "team": told.team,
        "due_on": day_in_words(standing.due_on),
        "link": told.link or follow_link(told.code),
        "original": told.original,
        "step": service.flow.steps[standing.step].label,
        "message": told.message,
        "day": day_in_words(date.fromisoformat(data["day"])) if data.get("day") else "",
        "reason": reason.show(data["reason"]) if reason and data.get("reason") else "",
        "authority": told.authority,
        "booked": say_place(place) if place else "",
        "booked_where": _where(place) if place and told_where else "",
        "corrected": ", ".join(str(label) for label in told.corrected),
        "why": REASONS.get(data.get("correction", {}).get("why", ""), ""),
        "split_code": told.split_code,
        "split_link": follow_link(told.split_code) if told.split_code else "",
    } | {name: data.get(name) for name in ("what_was_done", "transferred_to", "phone", "missed_before")}


def _place_chosen(service: type[Service], standing: Standing) -> Place | None:
    """The place that the case had chosen at that entry."""
    forms = (service.form, *(action.demands for action in service.flow.actions.values()))
    chosen = (read_place(standing.facts[name]) for form in forms for name in slot_fields(form).values() if name in standing.facts)
    return next(chosen, None)


def _where(place: Place) -> str:
    """Where somebody goes for it: the site, or the resource itself."""
    found = Resource.objects.filter(code=place.resource).values_list("site__name", "name").first()
    return (found[0] or found[1]) if found else ""


def day_in_words(day: date | None) -> str:
    """ "lundi 1er mars 2027", "Monday 1 March 2027"; nothing for no day."""
    if day is None:
        return ""
    number = "1er" if day.day == 1 and (get_language() or "").startswith("fr") else day.day
    return f"{WEEKDAYS[day.weekday()]} {number} {MONTHS[day.month]} {day.year}"


def follow_link(code: str) -> str:
    """The page of a case for its author."""
    return f"{settings.PUBLIC_URL}/follow/{code}"


def public_link(case_id: int) -> str:
    """The page of a case for everybody."""
    return f"{settings.PUBLIC_URL}/reports/{public_id(case_id)}"


def choose_readers(parties: Iterable[Party], told: Told) -> list[Party]:
    """Who is written to: all who can be and want to be.

    Words that an officer wrote to the author are not for those who follow; but where nobody reachable is the author (a
    report by telephone), whoever follows is the one who can answer.
    """
    reachable = [p for p in parties if p.notify and (p.email or can_be_texted(p.phone))]
    authors = [p for p in reachable if p.role != Party.FOLLOWER]
    if told.fact.action in (CORRECT, SPLIT):  # What somebody answered is between the author and the authority.
        return authors
    return authors if told.is_private and authors else reachable


def read_told(entries: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Told]:
    """What is to be told of each (case id, seq), in six queries however many there are."""
    wanted = sorted(set(entries))
    ids = sorted({case_id for case_id, _ in wanted})
    cases = Case.objects.select_related("commune").defer("search", "commune__outline", "commune__centre").in_bulk(ids)
    journals = read_journals(ids)
    messages = {(m.case_id, m.seq): m.text for m in Message.objects.filter(case_id__in=ids, kind=Message.TO_RESIDENT)}
    stood = {
        (i, seq): _stood(get_service(cases[i].service, cases[i].definition), i, journals[i], seq) for i, seq in wanted if i in cases
    }
    teams = Team.objects.in_bulk({standing.team_id for standing, _ in stood.values() if standing.team_id})
    authority = read_authority()
    facts = [fact for _, fact in stood.values()]
    originals, parts = read_originals(facts), _split_codes(facts)
    return {
        key: tell(cases[key[0]], standing, fact, teams.get(standing.team_id), authority, messages.get(key, ""), originals, parts)
        for key, (standing, fact) in stood.items()
    }


def _stood(service: type[Service], case_id: int, journal: Sequence[Fact], seq: int) -> tuple[Standing, Fact]:
    """The entry, and where the case stood with it. Routing belongs to filing: the acknowledgement names the team."""
    if seq > len(journal):
        raise NotFound(case=case_id, seq=seq)
    until = seq + (seq < len(journal) and journal[seq].action == "route")
    return fold(service, case_id, journal[:until]), journal[seq - 1]


def read_originals(facts: Iterable[Fact]) -> dict[str, str]:
    """Links to the reports that duplicates were joined to, by code: a code itself is for its own author alone."""
    codes = {fact.data["original"] for fact in facts if fact.data.get("original")}
    return {code: public_link(pk) for code, pk in Case.objects.filter(code__in=codes).values_list("code", "pk")} if codes else {}


def _split_codes(facts: Iterable[Fact]) -> dict[int, str]:
    """The codes of the cases that others were split into, by id: both are their author's."""
    ids = {fact.data["split"]["case"] for fact in facts if "split" in fact.data}
    return dict(Case.objects.filter(pk__in=ids).values_list("pk", "code")) if ids else {}


def tell(
    case: Case,
    standing: Standing,
    fact: Fact,
    team: Team | None,
    authority: str,
    message: str,
    originals: Mapping[str, str],
    parts: Mapping[int, str] = {},
) -> Told:
    form = form_of(get_service(case.service, standing.definition), case.filed_category)
    return Told(
        code=case.code,
        standing=standing,
        fact=fact,
        place=_place(case),
        received_on=clock.local_day(case.filed_at),
        team=team.name if team else "",
        authority=authority,
        message=message or fact.data.get("message", ""),
        is_private=bool(message),
        original=originals.get(fact.data.get("original", ""), ""),
        split_code=parts.get(fact.data.get("split", {}).get("case"), ""),
        corrected=tuple(form[name].label for name in fact.data.get("correction", {}).get("fields", ()) if name in form),
    )


def _place(case: Case) -> str:
    commune = case.commune.name if case.commune else ""
    if not case.address:
        return commune
    return case.address if commune.lower() in case.address.lower() else f"{case.address}, {commune}"


def read_authority() -> str:
    return Intercommunality.objects.values_list("name", flat=True).first() or ""
