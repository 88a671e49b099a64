"""What residents look for: services to ask for and problems to report in one list, the likeliest first, with what was understood."""

import re
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import get_language

from oppidum.cases.declaration import Service
from oppidum.cases.declaration.marks import REPORTS
from oppidum.cases.searching import Found, Target, search
from oppidum.cases.searching.alarms import find_alarm
from oppidum.cases.searching.vocabulary import get_vocabulary
from oppidum.cases.searching.wording import flatten
from oppidum.services.life_events import LIFE_EVENTS, LifeEvent, find_life_event
from oppidum.territory.models import Commune, Zone
from oppidum.web.portal.offered import offered

_BEFORE_A_PLACE = re.compile(r" (?:a|au|aux|de|des|du|d|sur|in|at|near|of)$")
LONGEST = 120
SHOWN = 8
KEPT_SECONDS = 300


@dataclass(frozen=True)
class Answer:
    """A service or a kind of problem that answers. `only`: the communes where it exists, empty for all; `elsewhere`: it doesn't exist
    in the commune that was named."""

    target: Target
    only: tuple[str, ...] = ()
    elsewhere: bool = False

    @property
    def title(self) -> Any:
        return (self.target.category or self.target.service).name

    @property
    def hint(self) -> Any:
        return self.target.category.hint if self.target.category else self.target.service.says

    @property
    def icon(self) -> str:
        if not self.target.category:
            return self.target.service.icon
        return next(group.icon for group in self.target.service.groups if group.code == self.target.category.group)


@dataclass(frozen=True)
class Place:
    """A commune of the authority, as searches need it."""

    code: str
    name: str
    at_name: str


def search_portal(request) -> dict:
    """What was asked for (`?q=`, `?commune=`) and what answers: context of the pages and pieces that search."""
    words = request.GET.get("q", "").replace("\x00", " ")[:LONGEST].strip()
    places = list_communes()
    chosen = next((place for place in places.values() if place.code == request.GET.get("commune")), None)
    rest, named = _take_commune(words, places)
    commune = named or chosen
    found = search(rest, get_language() or "fr", offered()) if rest else Found([], [], "")
    return {
        "words": words,
        "answers": [_answer(hit.target, commune) for hit in found.hits[:SHOWN]],
        "understood": _say_understood(found) if words else "",
        "commune": commune,
        "communes": places.values(),
        "event": find_life_event(words),
        "other": REPORTS.service.categories.get("other.other"),
        "alarm": find_alarm(words),
    }


def list_communes() -> dict[str, Place]:
    """The authority's communes by their flattened names."""
    held = cache.get("search:communes")
    if held is None:
        members = Commune.objects.members().only("code", "name")
        held = {_plain(one.name): Place(one.code, one.name, one.at_name()) for one in members}
        cache.set("search:communes", held, KEPT_SECONDS)
    return held


def _plain(name: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", flatten(name)))


def _take_commune(words: str, places: dict[str, Place]) -> tuple[str, Place | None]:
    """The words without the commune that they name, and that commune; the longest name wins ("Port-de-Bouc" is no harbour)."""
    flat = f" {_plain(words)} "
    for name in sorted(places, key=len, reverse=True):
        before, named, after = flat.partition(f" {name} ")
        if named:
            return f"{_BEFORE_A_PLACE.sub('', before)} {after}".strip(), places[name]
    return words, None


def _answer(target: Target, commune: Place | None) -> Answer:
    only = where(target.service)
    elsewhere = bool(only and commune and commune.code not in {code for code, _name in only})
    return Answer(target, tuple(name for _code, name in only), elsewhere)


def where(service: type[Service]) -> tuple[tuple[str, str], ...]:
    """The communes (code, name) in which a service exists; none when it exists everywhere."""
    if not service.area:
        return ()
    key = f"search:where:{service.code}"
    held = cache.get(key)
    if held is None:
        zones = Zone.objects.filter(layer=service.area, commune__isnull=False)
        held = tuple(zones.values_list("commune__code", "commune__name").distinct().order_by("commune__name"))
        cache.set(key, held, KEPT_SECONDS)
    return held


def _say_understood(found: Found) -> str:
    """The words that we read, where they aren't those that were written."""
    if not found.meanings or all(one.read == one.written for one in found.meanings):
        return ""
    return " ".join(dict.fromkeys(one.shown for one in found.meanings))


def address_of(answer: Answer) -> str:
    """The page of what answers."""
    if answer.target.category:
        return f"{reverse('portal:report')}?category={answer.target.category.code}"
    return reverse("portal:service", args=(answer.target.service.code,))


def services_of(event: LifeEvent) -> list[Answer]:
    """What a moment of life calls for, services first, then problems to report."""
    answers = []
    for service in offered():
        if service.categories:
            answers += [Answer(Target(service, one)) for one in service.categories.values() if _is_tagged(service, event, one.code)]
        elif _is_tagged(service, event):
            answers.insert(0, _answer(Target(service), None))
    return sorted(answers, key=lambda one: (one.target.category is not None, str(one.title).casefold()))


def _is_tagged(service: type[Service], event: LifeEvent, category: str = "") -> bool:
    return event.code in get_vocabulary(service, category).events


def list_events() -> list[LifeEvent]:
    """The moments for which there is something to ask for."""
    return [event for event in LIFE_EVENTS.values() if services_of(event)]
