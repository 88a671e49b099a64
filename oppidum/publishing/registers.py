"""The registers of inquiries and consultations as everybody reads them, and as the commissioner gets them: told from the cases of
the services marked `REGISTER` and `OBSERVATION`; nothing is kept twice.

Everybody reads what is shown, without a passage where one was left out, and that something is hidden and why. The commissioner reads all
of it, whole (code de l'environnement, art. R123-13, R123-18). No address of anybody is read for either.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from oppidum.cases.declaration.linking import FOLLOWS
from oppidum.cases.marked import Marked, read_marked
from oppidum.cases.models import Attachment
from oppidum.cases.public import case_id_of
from oppidum.core.sql import rows
from oppidum.publishing.marks import OBSERVATION, REGISTER

SHOWN, HIDDEN = "shown", "hidden"
# The acts that bring pieces of the file: at the announcement, when it goes on after a suspension, with the commissioner's decision.
BRINGING = ("announce", "resume", "extend")


@dataclass(frozen=True)
class Register(Marked):
    """A register that was announced; `closes_on` is the day that counts now."""

    mark = REGISTER
    counts: Mapping[str, int]

    @property
    def opens_on(self) -> date:
        return date.fromisoformat(self.facts["opens_on"])

    @property
    def closes_on(self) -> date:
        return date.fromisoformat(self.facts["closes_on"])

    @property
    def opens_again_on(self) -> date | None:
        """The first day of the rest, where the inquiry was suspended and goes on, or went on."""
        again = self.facts.get("opens_again_on")
        return date.fromisoformat(again) if again else None

    @property
    def suspended_on(self) -> date | None:
        """Since when it is suspended, or was."""
        since = self.facts.get("suspended_on")
        return date.fromisoformat(since) if since else None

    @property
    def is_extended(self) -> bool:
        return self.facts.get("first_close") not in (None, self.facts["closes_on"])

    @property
    def kind_label(self) -> str:
        return self.said("kind")

    @property
    def conclusion_label(self) -> str:
        return self.said("conclusion")

    @property
    def all_received(self) -> int:
        return sum(self.counts.values())

    def said(self, name: str) -> str:
        """A fact in words, blank where it was not said."""
        service, value = REGISTER.service, self.facts.get(name)
        asked = {**service.form, **service.flow.actions["announce"].demands, **service.flow.actions["report"].demands}
        return str(asked[name].show(value)) if value not in (None, "") else ""


@dataclass(frozen=True)
class Observation:
    """What somebody wrote: its `number` in the register, by the hour of arrival. `text` and `name` are blank where they aren't for the reader;
    `hidden` is the reason, in words; `is_cut`: a passage was left out."""

    number: int
    received_at: datetime
    step: str
    about: str
    text: str
    name: str
    hidden: str
    is_cut: bool
    reply: str
    papers: int
    case_id: int


def list_registers() -> list[Register]:
    """All that was announced and can still be read: the open ones first, the one that closes first on top; two queries."""
    found = _read()
    order = {step: n for n, step in enumerate(REGISTER.steps)}
    return sorted(found, key=lambda one: (order[one.step], one.closes_on, one.case_id))


def find_register(name: str) -> Register | None:
    """The register of that public id, if everybody may read it."""
    case_id = case_id_of(name)
    return find_register_of(case_id) if case_id else None


def find_register_of(case_id: int) -> Register | None:
    """The register that this case is, for officers: the same, by its number."""
    return next(iter(_read(case_id)), None)


def list_documents(register: Register) -> tuple[list[Attachment], list[Attachment]]:
    """The file of the inquiry as it was added to, the last pieces first; and its report with the conclusions."""
    acts = dict(
        rows(
            "select seq, action from cases_journal where case_id = %(case)s::bigint and action = any(%(acts)s)",
            {"case": register.case_id, "acts": [*BRINGING, "report"]},
        )
    )
    found = Attachment.objects.filter(case=register.case_id, seq__in=acts).order_by("-seq", "pk")
    return [one for one in found if acts[one.seq] in BRINGING], [one for one in found if acts[one.seq] == "report"]


def find_neighbours(register: Register) -> tuple[Register | None, Register | None]:
    """The inquiry that this one completes, and the complementary one that follows it (code de l'environnement, art. L123-14), where they
    can be read."""
    links = rows(
        "select case_id, other_id from cases_link where kind = %(kind)s and %(case)s::bigint in (case_id, other_id)",
        {"kind": FOLLOWS, "case": register.case_id},
    )
    followed = (other for one, other in links if one == register.case_id)
    follower = (one for one, other in links if other == register.case_id)
    return tuple(next((found for each in ids if (found := find_register_of(each))), None) for ids in (followed, follower))


def list_observations(register: Register, *, whole: bool = False, first: int = 0, most: int | None = None) -> list[Observation]:
    """What was written, in the order of arrival; `whole`: as the commissioner reads it. One query, whatever their number."""
    found = rows(
        """with parts as (
               select c.id, c.filed_at, c.answers, l.step, l.facts, row_number() over (order by c.filed_at, c.id) as number
               from cases_link k join cases_case c on c.id = k.case_id join cases_live l on l.case_id = c.id
               where k.other_id = %(register)s::bigint and k.kind = 'part' and c.service = %(service)s)
           select p.number, p.filed_at, p.step, p.answers, p.facts, p.id,
                  (select j.action from cases_journal j where j.case_id = p.id and j.action in ('publish', 'shorten')
                   order by j.seq desc limit 1),
                  (select m.text from cases_journal j join cases_message m on m.case_id = j.case_id and m.seq = j.seq
                   where j.case_id = p.id and j.action = 'shorten' order by j.seq desc limit 1),
                  (select j.data ->> 'reply' from cases_journal j where j.case_id = p.id and j.action = 'reply'
                   order by j.seq desc limit 1),
                  (select count(*) from cases_attachment a where a.case_id = p.id)
           from parts p where p.step = any(%(steps)s) order by p.number offset %(first)s::int limit %(most)s::int""",
        {
            "register": register.case_id,
            "service": OBSERVATION.code,
            "steps": ["received", SHOWN, HIDDEN, "over"] if whole else [SHOWN, HIDDEN],
            "first": first,
            "most": most,
        },
    )
    return [_observation(row, whole) for row in found]


def _observation(row: Sequence[Any], whole: bool) -> Observation:
    number, at, step, answers, facts, case_id, shown_by, cut, reply, papers = row
    answers, facts = json.loads(answers), json.loads(facts)
    service = OBSERVATION.service
    is_cut = shown_by == "shorten" and step != HIDDEN
    text = answers.get("text") or ""
    if not whole:
        text = "" if step == HIDDEN else (cut or "") if is_cut else text
    reasons = service.flow.actions["hide"].demands["hidden_because"]
    hidden = step == HIDDEN or is_cut
    return Observation(
        number=number,
        received_at=at,
        step=step,
        about=str(service.form["about"].show(answers.get("about") or "")),
        text=text,
        name=(answers.get("name") or "") if answers.get("signs") and (whole or step != HIDDEN) else "",
        hidden=str(reasons.show(facts["hidden_because"])) if hidden and facts.get("hidden_because") else "",
        is_cut=is_cut,
        reply=reply or "",
        papers=papers,
        case_id=case_id,
    )


def _read(case_id: int | None = None) -> list[Register]:
    found = read_marked(REGISTER, case_id)
    counts: dict[int, dict[str, int]] = {}
    for register, step, count in rows(
        """select k.other_id, l.step, count(*) from cases_link k join cases_live l on l.case_id = k.case_id
           where k.other_id = any(%(ids)s) and k.kind = 'part' and l.step <> 'withdrawn' group by 1, 2""",
        {"ids": [fields[0] for fields in found]},
    ):
        counts.setdefault(register, {})[step] = count
    told = [Register(*fields, counts.get(fields[0], {})) for fields in found]
    return [one for one in told if one.facts.get("opens_on")]
