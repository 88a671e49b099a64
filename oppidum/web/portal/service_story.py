"""What the public page of a service says, drawn from its declaration: nothing on it is written twice.

A rule that nobody has held against the text of the law is not told to the public as law; officers see it, marked.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from oppidum.cases.declaration import Files, Items, Service, pages_of
from oppidum.cases.declaration.clocks import MEANINGS, lengths_of
from oppidum.cases.declaration.fields.files import name_kinds
from oppidum.cases.declaration.fields.persons import KIND_LABELS
from oppidum.cases.declaration.plain_words import PlainStep, plain_steps
from oppidum.cases.declaration.rulebook import list_rules
from oppidum.cases.declaration.tariff_words import PriceTable, price_tables
from oppidum.core.calendar import Length
from oppidum.core.calendar.lengths import WORKING_HOURS
from oppidum.core.clock import now
from oppidum.web.portal.offered import COMMUNE_OFFICER, OFFICER, theme_of
from oppidum.web.portal.season import Season, find_season


@dataclass(frozen=True)
class Paper:
    """A document to have at hand."""

    label: Any
    kinds: str
    always: bool


@dataclass(frozen=True)
class Delay:
    """How long: of what, the length in words, what silence means then; `source` only where it was checked."""

    label: Any
    length: str
    silence: str
    source: str
    verified: bool


@dataclass(frozen=True)
class ServiceStory:
    """All that the page shows."""

    service: type[Service]
    theme: Any
    applicants: list[str]
    barred: list[Any]
    papers: list[Paper]
    subjects: list[Any]
    delays: list[Delay]
    promise: str
    fees: list[Any]
    steps: list[PlainStep]
    sources: list[str]
    unverified: list[str] = field(default_factory=list)
    season: Season = Season(True)
    prices: list[PriceTable] = field(default_factory=list)


def _say_applicant(kind: str) -> str:
    return _("Mayors, councillors and officers of the communes") if kind == COMMUNE_OFFICER else str(KIND_LABELS.get(kind, kind))


def tell_service(service: type[Service], today: date, to_officer: bool = False) -> ServiceStory:
    """The page of a service as it stands on `today`; what isn't verified is told to officers alone."""
    delays = _delays(service, today)
    lines = list_rules(service, today)
    checked = [line.source for line in lines if line.is_verified] + [delay.source for delay in delays if delay.verified]
    unsure = [f"{line.label or line.name} · {line.source}" for line in lines if not line.is_verified]
    return ServiceStory(
        service=service,
        theme=theme_of(service)[0],
        applicants=[_say_applicant(kind) for kind in service.applicants if kind != OFFICER],
        # What depends on sums is told when they are known.
        barred=[one for one in service.eligibility if "{" not in f"{one.says}{one.instead}"],
        papers=_papers(service.form),
        subjects=[page.title for page in pages_of(service.form) if page.title],
        delays=delays if to_officer else [delay for delay in delays if delay.verified],
        promise=_say_promise(service),
        fees=[fee.label for fee in service.fees if not fee.replaces],
        prices=price_tables(service, today),
        steps=plain_steps(service),
        sources=list(dict.fromkeys(filter(None, checked))),
        unverified=list(dict.fromkeys(unsure)) if to_officer else [],
        season=find_season(service, now()),
    )


def _papers(form: Any) -> list[Paper]:
    found = []
    for question in form.values():
        if isinstance(question, Files):
            always = question.required is True and question.when is None
            found.append(Paper(question.label, name_kinds(question.accept), always))
        elif isinstance(question, Items):
            found += _papers(question.fields)
    return found


def _delays(service: type[Service], today: date) -> list[Delay]:
    """The authority's clocks that start with the filing or after it; lengths in force today."""
    rules = service.rules_on(today)
    verified = {line.name: line.is_verified for line in list_rules(service, today)}
    sources = {line.name: line.source for line in list_rules(service, today)}
    delays = []
    for timing in service.clocks:
        named = timing.lasts if isinstance(timing.lasts, str) else ""
        lengths = lengths_of(timing.lasts, rules)
        if timing.whose != "authority" or not timing.falls or not lengths:
            continue
        sure = timing.verified and verified.get(named, True)
        silence = str(MEANINGS.get(timing.means, "")) if timing.means else ""
        delays.append(Delay(timing.label, _say_lengths(lengths), silence, timing.source or sources.get(named, ""), sure))
    return delays


def _say_lengths(lengths: list[Length]) -> str:
    """One length, or the shortest and the longest of those that the case decides between."""
    ends = [say_length(each) for each in dict.fromkeys((lengths[0], lengths[-1]))]
    return ends[0] if len(ends) == 1 else _("from %(least)s to %(most)s") % {"least": ends[0], "most": ends[1]}


def _say_promise(service: type[Service]) -> str:
    if not service.promise:
        return ""
    return ngettext("%(n)d working day", "%(n)d working days", service.promise) % {"n": service.promise}


def say_length(length: Length) -> str:
    """ "2 months", "15 working days", "72 hours", in the reader's language."""
    parts = []
    if length.months:
        parts.append(npgettext("length", "%(n)d month", "%(n)d months", length.months) % {"n": length.months})
    if length.days:
        say = {
            "working days": lambda n: npgettext("length", "%(n)d working day", "%(n)d working days", n),
            "open days": lambda n: npgettext("length", "%(n)d open day", "%(n)d open days", n),
        }.get(length.counting, lambda n: npgettext("length", "%(n)d day", "%(n)d days", n))
        parts.append(say(length.days) % {"n": length.days})
    if length.hours and length.counting == WORKING_HOURS:
        parts.append(npgettext("length", "%(n)d working hour", "%(n)d working hours", length.hours) % {"n": length.hours})
    elif length.hours:
        parts.append(npgettext("length", "%(n)d hour", "%(n)d hours", length.hours) % {"n": length.hours})
    return _(" and ").join(parts)
