"""A case as its page shows it: what was filed, where it stands, its journal in words, persons, pictures, mails, other reports.

About ten queries whatever the length of the journal. Labels come from the service's declaration, in the reader's language.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from oppidum.cases.contests import sealed_until
from oppidum.cases.corrections.told import read_corrections, say_correction
from oppidum.cases.declaration import Action, Category, Day, Field, Reference, Service, get_service
from oppidum.cases.declaration.recorded import FELL, QUARANTINE, RELEASE, REMIND, SILENCE
from oppidum.cases.inbox import Row, read_rows
from oppidum.cases.mailing.notices import day_in_words
from oppidum.cases.models import Case, Entry, Mail, Message, Party, Photo, TextMessage
from oppidum.cases.persons.masking import masked, may_see
from oppidum.cases.publicity import public_words
from oppidum.cases.reading import LIVE_COLUMNS
from oppidum.cases.rules.standing import Standing
from oppidum.core.clock import local_day
from oppidum.core.errors import NotFound
from oppidum.people.models import Officer, Team

OTHER_REPORTS = 12
FILE = "file"
# Facts that the engine writes and the journal names.
_NAMED = {"number": _("Number"), "opinion": _("Opinion"), "answer": _("What they answered"), FELL: _("Date in law")}
# What an entry carries for the engine alone, told elsewhere on the page.
_SILENT = {
    "facts",
    "asks",
    "case",
    "priority",
    "clock",
    "means",
    "series",
    "escalation",
    "to",
    "clock_ends_on",
    "promise",
    "definition",
    "commune",
    "channel",
    "contactable",
    "joins",
    "rule",
    "public",
    "correction",
    "split",
    "fee",
    "kind",
}
# What an act demands and another part of the page shows better: the parts of a plan stand in the account.
_ELSEWHERE = {"due_parts"}


@dataclass(frozen=True, slots=True)
class Line:
    """An entry of the journal in words. `details` are (label, value) pairs; `words` is the message or note beside it."""

    seq: int
    at: datetime
    recorded_at: datetime
    who: str
    by: str
    action: str
    action_label: str
    step: str | None
    step_label: str
    details: list[tuple[str, str]]
    words: str
    kind: str
    photos: list[Photo]
    mails: list[Mail]
    rule: str = ""
    texts: tuple[TextMessage, ...] = ()

    @property
    def is_note(self) -> bool:
        return self.kind == Message.NOTE


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything a case page needs. Persons, mails and other reports are empty for who may not see persons (`shows_persons`)."""

    case: Case
    standing: Standing
    service: type[Service]
    team: Team | None
    officer: Officer | None
    lines: list[Line]
    photos: list[Photo]
    parties: list[Party] = field(default_factory=list)
    others: list[Row] = field(default_factory=list)
    shows_persons: bool = False
    rights: frozenset[str] = frozenset()
    sealed_until: datetime | None = None
    viewer: Officer | None = None

    @property
    def category(self) -> Category | None:
        return self.service.categories.get(self.standing.category)

    @property
    def author(self) -> Party | None:
        return next((p for p in self.parties if p.role == Party.AUTHOR), None)

    @property
    def step_label(self) -> str:
        return str(self.service.flow.steps[self.standing.step].label)

    @property
    def answers(self) -> list[tuple[str, str]]:
        """The answers given at filing, question by question, in words; private ones (a number plate...) as persons are: or not at all."""
        return [
            (str(question.label), question.show(value))
            for name, question, value in self._answered()
            if self._may_read(name, question)
        ]

    @property
    def withheld(self) -> list[str]:
        """The questions whose private answers are not shown to this officer."""
        return [str(question.label) for name, question, _value in self._answered() if not self._may_read(name, question)]

    def _may_read(self, name: str, question: Field) -> bool:
        if self.sealed_until and name in self.service.contest.sealed:
            return False
        return may_see(self.service, name, question, self.rights)

    def _answered(self) -> Iterator[tuple[str, Field, Any]]:
        filed = self.service.categories.get(self.case.filed_category)
        questions = {**self.service.form, **(filed.questions if filed else {})}
        shown = masked(self.case.service, self.case.answers, self.rights)
        given = self.case.answers
        return ((name, question, shown.get(name, given[name])) for name, question in questions.items() if name in given)

    @property
    def mails(self) -> list[Mail]:
        return [mail for line in self.lines for mail in line.mails]

    @property
    def texts(self) -> list[TextMessage]:
        return [text for line in self.lines for text in line.texts]


def read_case_file(officer: Officer, code: str) -> CaseFile:
    """The case of that code as the officer may see it. Raises `NotFound`, also for one out of sight."""
    case = Case.objects.visible_to(officer).select_related("live", "commune").filter(code=code).first()
    if case is None:
        raise NotFound()
    standing = Standing(*(getattr(case.live, name) for name in LIVE_COLUMNS.split(", ")))
    service = get_service(case.service, standing.definition)
    rights = officer.rights_over(standing.team_id, persons=service.for_communes == "persons")
    persons = "persons" in rights
    photos = list(case.photos.order_by("pk"))
    parties = list(case.parties.order_by("pk")) if persons else []
    if not persons:
        case.words = public_words(case.words)
    lines = read_lines(case, photos, persons, rights=rights)
    own = officer.sight().own
    if own is not None and standing.team_id not in own:  # what others think of it among themselves stays with them
        lines = [line for line in lines if not line.is_note]
    return CaseFile(
        case,
        standing,
        service,
        Team.objects.filter(pk=standing.team_id).first() if standing.team_id else None,
        Officer.objects.filter(pk=standing.officer_id).first() if standing.officer_id else None,
        lines,
        photos,
        parties,
        other_reports(officer, case, parties) if persons else [],
        persons,
        rights,
        sealed_until(service, standing),
        officer,
    )


def read_lines(
    case: Case, photos: Iterable[Photo] = (), persons: bool = False, after: int = 0, rights: frozenset[str] = frozenset()
) -> list[Line]:
    """The journal after entry `after`, newest first. Mails carry addresses: they are shown with `persons` alone; corrected answers as
    `rights` allow."""
    entries = list(Entry.objects.filter(case_id=case.pk, seq__gt=after).order_by("-seq"))
    words = {m.seq: m for m in Message.objects.filter(case_id=case.pk, seq__gt=after)}
    if not persons:
        for message in words.values():
            message.text = public_words(message.text)
    mails: dict[int, list[Mail]] = {}
    texts: dict[int, tuple[TextMessage, ...]] = {}
    if persons:
        for mail in Mail.objects.filter(case_id=case.pk, seq__gt=after).order_by("pk"):
            mails.setdefault(mail.seq, []).append(mail)
        for text in TextMessage.objects.filter(case_id=case.pk, seq__gt=after).order_by("pk"):
            texts[text.seq] = (*texts.get(text.seq, ()), text)
    pictures: dict[int, list[Photo]] = {}
    for photo in photos:
        pictures.setdefault(photo.seq or 1, []).append(photo)
    names = names_in(entry.data for entry in entries)
    service = get_service(case.service, case.definition)
    lines = [_line(service, e, words.get(e.seq), pictures.get(e.seq, []), mails.get(e.seq, []), names) for e in entries]
    corrected, told_of = read_corrections(case.pk, entries), {e.seq: e.data.get("correction") for e in entries}
    lines = [replace(line, texts=texts[line.seq]) if line.seq in texts else line for line in lines]
    return [
        replace(line, details=[*say_correction(service, case.filed_category, told, corrected[line.seq], rights), *line.details])
        if (told := told_of[line.seq])
        else line
        for line in lines
    ]


def _line(service: type[Service], entry: Entry, message: Message | None, photos: list, mails: list, names: Mapping) -> Line:
    action = service.flow.actions.get(entry.action)
    moved = entry.to_step if entry.to_step != entry.from_step else None
    return Line(
        entry.seq,
        entry.valid_at,
        entry.recorded_at,
        entry.actor_name,
        entry.actor_kind,
        entry.action,
        label_of(service, entry.action, action, entry.data),
        moved,
        str(service.flow.steps[moved].label) if moved else "",
        [] if entry.action in (QUARANTINE, RELEASE, REMIND) else told(service, action, entry.data, names),
        message.text if message else "",
        message.kind if message else "",
        photos,
        mails,
        str(entry.data.get("rule", "")),
    )


def label_of(service: type[Service], name: str, action: Action | None, data: Mapping[str, Any]) -> str:
    """The action's own label, and for a silence its clock's; filing and routing belong to the engine and are named by the page."""
    if name == FILE and not service.categories:
        return gettext("Filed")
    if name == SILENCE:
        return next((str(clock.label) for clock in service.clocks if clock.name == data.get("clock")), name)
    return str(action.label) if action else name


def told(service: type[Service], action: Action | None, data: Mapping[str, Any], names: Mapping) -> list[tuple[str, str]]:
    """The facts of an entry, as (label, value) in words, in the declaration's order."""
    demands = action.demands if action else {}
    lines = []
    for name in [*(n for n in demands if n in data), *(n for n in data if n not in demands)]:
        value = data[name]
        question = demands.get(name)
        if name in _ELSEWHERE or (question is None and _is_for_rules(name, value, action)):
            continue
        to = question.to if isinstance(question, Reference) else name
        if to in ("team", "officer"):
            shown = names.get((to, value), "") if value else ""
        elif to == "category":
            shown = str(service.categories[value].name) if value in service.categories else str(value)
        elif name == "service" and question is None:
            shown = str(get_service(value).name)
        elif isinstance(question, Day):
            shown = day_in_words(date.fromisoformat(value))
        elif name == FELL:
            shown = day_in_words(local_day(datetime.fromisoformat(value)))
        else:
            shown = question.show(value) if question else str(value)
        lines.append((str(question.label) if question else str(_NAMED.get(name, "")), shown))
    return lines


def _is_for_rules(name: str, value: Any, action: Action | None) -> bool:
    """What the engine or the action itself writes for rules to read: no words, nobody said it."""
    sets = action.sets if action else {}
    return name in _SILENT or name in sets or isinstance(value, bool | Mapping | list)


def names_in(data: Iterable[Mapping[str, Any]]) -> dict[tuple[str, int], str]:
    """The names of the teams and officers that entries point at, in two queries at most."""
    found = list(data)
    teams = {d["team"] for d in found if isinstance(d.get("team"), int)}
    officers = {d["officer"] for d in found if isinstance(d.get("officer"), int)}
    names: dict[tuple[str, int], str] = {}
    if teams:
        names |= {("team", pk): name for pk, name in Team.objects.filter(pk__in=teams).values_list("pk", "name")}
    if officers:
        names |= {("officer", o.pk): str(o) for o in Officer.objects.filter(pk__in=officers)}
    return names


def other_reports(officer: Officer, case: Case, parties: Iterable[Party]) -> list[Row]:
    """What the same resident reported or follows besides, by e-mail or telephone, newest first, within the officer's sight."""
    same = Q()
    for party in parties:
        if party.role != Party.AUTHOR:
            continue
        if party.email:
            same |= ~Q(email="") & Q(lower_email=party.email.lower())
        if party.phone:
            same |= ~Q(phone="") & Q(phone=party.phone)
    if not same:
        return []
    found = Party.objects.alias(lower_email=Lower("email")).filter(same).exclude(case_id=case.pk)
    case_ids = list(found.order_by("-case_id").values_list("case_id", flat=True).distinct()[:OTHER_REPORTS])
    lines = read_rows(officer, case_ids)
    return [lines[case_id] for case_id in case_ids if case_id in lines]
