"""A report as those who follow it read it: where it is now, who has it, by when, what was done, and what happened so far.

The same story has two readers. Its author, who holds the code, reads the conversation too; everybody else reads the facts, with
words masked, and neither words nor pictures that an officer hid. Six queries, however long the story.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oppidum.cases.declaration import Action, Category, Service, get_service
from oppidum.cases.files.photos import public_url, thumbnail_url
from oppidum.cases.models import Case, Entry, Message, Photo
from oppidum.cases.public import public_cases, public_id
from oppidum.cases.publicity import public_words
from oppidum.cases.reading import LIVE_COLUMNS
from oppidum.cases.rules.decide import actions_open_to
from oppidum.cases.rules.standing import RESIDENT, Standing
from oppidum.core import clock
from oppidum.people.models import Team
from oppidum.web.portal.follow_corrections import ties_of, told_to_author
from oppidum.web.portal.follow_words import BETWEEN_THEM, details_of, says_of, sentence_of

FILED = 1


@dataclass(frozen=True, slots=True)
class Story:
    """What a page about one report shows. `to_author`: told to the holder of its code."""

    case: Case
    standing: Standing
    service: type[Service]
    to_author: bool
    words: str
    address: str
    says: str
    team: Team | None
    transferred_to: str = ""
    transferred_phone: str = ""
    planned_on: date | None = None
    done_on: date | None = None
    result: dict | None = None
    question: str = ""
    original: str = ""
    photos: list[dict] = field(default_factory=list)
    entries: list[dict] = field(default_factory=list)
    actions: dict[str, Action] = field(default_factory=dict)

    @property
    def category(self) -> Category | None:
        return self.service.categories.get(self.standing.category)

    @property
    def step_label(self):
        if self.to_author and self.standing.step == "waiting":
            return _("Waiting for your answer")
        return self.service.flow.steps[self.standing.step].label

    @property
    def place(self) -> str:
        """The address with its commune."""
        commune = self.case.commune.name
        if not self.address or commune.lower() in self.address.lower():
            return self.address or commune
        return f"{self.address}, {commune}"

    @property
    def public_id(self) -> str:
        return public_id(self.case.pk)

    @property
    def is_late(self) -> bool:
        due = self.standing.due_on
        return bool(self.standing.is_open and due and due < clock.today())

    @property
    def object_until(self) -> date | None:
        """The last day on which the author can say that it isn't solved."""
        action = self.actions.get("object")
        return self.standing.step_since + timedelta(days=action.within) if action and action.within else None

    @property
    def answer_until(self) -> date | None:
        """The last day on which a question can be answered before the report is closed."""
        step = self.service.flow.steps[self.standing.step]
        return self.standing.step_since + timedelta(days=step.waits) if "answer" in self.actions and step.waits else None


def tell(case: Case, to_author: bool) -> Story:
    """The story of a case (fetched with `live__team` and `commune`)."""
    standing = Standing(*(getattr(case.live, name) for name in LIVE_COLUMNS.split(", ")))
    service = get_service(case.service, standing.definition)
    journal = list(Entry.objects.filter(case_id=case.pk).order_by("seq"))
    messages = {m.seq: m for m in Message.objects.filter(case_id=case.pk).exclude(kind=Message.NOTE)} if to_author else {}
    pictures = _pictures(case, standing, journal, to_author)
    lines = _lines(case, service, journal, messages, pictures, to_author)
    ending = journal[-1] if standing.is_open else next(e for e in reversed(journal) if e.from_step != e.to_step)
    last = {entry.action: entry.data for entry in journal}
    transfer = last.get("transfer", {}) if standing.step == "transferred" else {}
    planned = last.get("plan", {}).get("day") if standing.step == "planned" else None
    shown = standing.is_public or to_author
    actions = actions_open_to(service, standing, RESIDENT.kind, RESIDENT.rights, clock.today())
    return Story(
        case=case,
        standing=standing,
        service=service,
        to_author=to_author,
        words=case.words if to_author else public_words(case.words) if shown else "",
        address=case.address if to_author else public_words(case.address),
        says=says_of(service, standing.step, to_author),
        team=case.live.team,
        transferred_to=transfer.get("transferred_to", ""),
        transferred_phone=transfer.get("phone", ""),
        planned_on=date.fromisoformat(planned) if planned else None,
        done_on=clock.local_day(standing.ended_at) if standing.step == "done" else None,
        result=None if standing.is_open else next((line for line in lines if line["seq"] == ending.seq), None),
        question=_question(journal, messages) if standing.step == "waiting" else "",
        original=_original(last, standing),
        photos=pictures.get(FILED, []),
        entries=_gathered(lines),
        actions={action.name: action for action in actions},
    )


def _lines(case: Case, service: type[Service], journal: list[Entry], messages: dict, pictures: dict, to_author: bool) -> list[dict]:
    """The timeline, newest first: entries that residents see, as the `timeline` tag takes them."""
    corrected, ties = (told_to_author(case, service, journal), ties_of(journal)) if to_author else ({}, {})
    teams = dict(Team.objects.filter(pk__in={e.data["team"] for e in journal if e.data.get("team")}).values_list("pk", "name"))
    lines = []
    for entry in reversed(journal):
        action = service.flow.actions.get(entry.action)
        if (action and not action.tells) or (entry.action in BETWEEN_THEM and not to_author):
            continue
        told = sentence_of(service, entry.action, to_author, entry.data)
        details = details_of(service, entry.action, entry.data, teams)
        if not to_author:
            details = [public_words(line) if "phone" not in entry.data else line for line in details]
        details += corrected.get(entry.seq, [])
        message = messages.get(entry.seq)
        lines.append(
            {
                "seq": entry.seq,
                "action": entry.action,
                "at": entry.valid_at,
                "title": told.sentence,
                "icon": told.icon,
                "tone": told.tone,
                "text": "\n".join([*details, *([message.text] if message else [])]),
                "files": ties.get(entry.seq, []),
                "photos": pictures.get(entry.seq, []) if entry.seq != FILED else [],
            }
        )
    return lines


def _gathered(lines: list[dict]) -> list[dict]:
    """The lines, with what many people did in a row told once."""
    gathered: list[dict] = []
    for line in lines:
        if line["action"] == "follow" and gathered and gathered[-1]["action"] == "follow":
            count = gathered[-1]["count"] = gathered[-1].get("count", 1) + 1
            gathered[-1]["title"] = ngettext(
                "%(n)s other person reported the same problem", "%(n)s other people reported the same problem", count
            ) % {"n": count}
            continue
        gathered.append(dict(line))
    return gathered


def _pictures(case: Case, standing: Standing, journal: list[Entry], to_author: bool) -> dict[int, list[dict]]:
    """The pictures by entry. In public, those of the filing and the officers' own; hidden ones for nobody."""
    if not standing.is_public:
        return {}
    open_to_all = {e.seq for e in journal if e.seq == FILED or e.actor_kind == "officer"}
    found: dict[int, list[dict]] = {}
    for photo in Photo.objects.filter(case_id=case.pk).order_by("pk"):
        seq = photo.seq or FILED
        if to_author or seq in open_to_all:
            alt = _("Photo of the problem") if seq == FILED else _("Photo added to the report")
            found.setdefault(seq, []).append({"src": thumbnail_url(photo), "full": public_url(photo), "alt": alt})
    return found


def _question(journal: list[Entry], messages: dict) -> str:
    """What the team asked last."""
    asked = [e.seq for e in journal if e.action == "ask_resident" and e.seq in messages]
    return messages[asked[-1]].text if asked else ""


def _original(last: dict, standing: Standing) -> str:
    """The public id of the report that a duplicate was joined to, when everybody may see it: its code is its author's."""
    if standing.step != "duplicate" or not last.get("mark_duplicate", {}).get("original"):
        return ""
    found = public_cases().filter(code=last["mark_duplicate"]["original"]).values_list("pk", flat=True).first()
    return public_id(found) if found else ""
