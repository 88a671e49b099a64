"""Calls and the requests that answer them: what is open now, whom a request competes for, what stays sealed and until when."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from oppidum.cases.acting import act
from oppidum.cases.declaration import Service, get_service
from oppidum.cases.declaration.campaigns import last_instant
from oppidum.cases.declaration.linking import PART
from oppidum.cases.declaration.recorded import LINK
from oppidum.cases.models import Attachment, Case, Effect, Entry, Link, Live
from oppidum.cases.new_case import NewCase
from oppidum.cases.outbox import handler
from oppidum.cases.rules.standing import SYSTEM, Command, Standing
from oppidum.core import clock
from oppidum.core.errors import Invalid, InvalidForm, Refusal


@dataclass(frozen=True)
class Call:
    """An open call: `code` names it, `closes_at` is the first instant that is too late, `facts` what everybody reads: (label, words)."""

    code: str
    closes_on: date
    closes_at: datetime
    facts: tuple[tuple[str, str], ...]
    documents: tuple[Attachment, ...]


def list_calls(service: type[Service], now: datetime | None = None) -> list[Call]:
    """The calls that requests to the service can answer now, the one that closes first on top; three queries."""
    contest, now = service.contest, now or clock.now()
    found = Case.objects.filter(service=contest.service, live__step=contest.step).select_related("live") if contest else ()
    open_now = [case for case in found if _closes(contest, case) and now < last_instant(_closes(contest, case))]
    documents = _documents(contest, open_now) if open_now else {}
    calls = [
        Call(
            case.code,
            date.fromisoformat(_closes(contest, case)),
            last_instant(_closes(contest, case)),
            tuple(_shown(contest, case)),
            tuple(documents.get(case.pk, ())),
        )
        for case in open_now
    ]
    return sorted(calls, key=lambda call: (call.closes_at, call.code))


def find_document(service: type[Service], code: str, token: str) -> Attachment | None:
    """A document of a call that is open now, for everybody."""
    found = (one for call in list_calls(service) if call.code == code for one in call.documents)
    return next((one for one in found if one.token == token), None)


def joined(service: type[Service], new: NewCase, now: datetime) -> NewCase:
    """The request tied to the call that it answers. Raises `InvalidForm`, naming the question, where no such call is open (any more)."""
    contest = service.contest
    code = str(new.answers.get(contest.question) or "").strip().upper()
    case = Case.objects.select_related("live").filter(service=contest.service, code=code).first()
    closes = _closes(contest, case) if case else ""
    if not closes:
        raise _fault(
            contest, _("No call has this code: copy it from the announcement, or choose the call on the page of this service.")
        )
    if now >= last_instant(closes) or case.live.step != contest.step:
        last = date.fromisoformat(closes).strftime("%d/%m/%Y")
        raise _fault(contest, _("This call is closed: requests were taken until %(day)s at midnight.") % {"day": last})
    return replace(new, parent=case.pk, answers={**new.answers, contest.question: case.code})


def sealed_until(service: type[Service], case: Standing | Live, now: datetime | None = None) -> datetime | None:
    """The instant from which the sealed answers of this request may be read; None when they may be read now."""
    if service.contest is None or "parent" not in case.facts:
        return None
    call = Case.objects.select_related("live").filter(pk=case.facts["parent"]).first()
    closes = _closes(service.contest, call) if call else ""
    return last_instant(closes) if closes and (now or clock.now()) < last_instant(closes) else None


@handler("answer_call")
def tie_to_calls(effects: Sequence[Effect]) -> None:
    """A link from the request to its call, and an entry in the call's journal: that a request arrived, and when, nothing of what it says."""
    for effect in effects:
        case = Case.objects.select_related("live").get(pk=effect.case_id)
        call = case.live.facts["parent"]
        _link, is_new = Link.objects.get_or_create(case=case, other_id=call, kind=PART, defaults={"seq": effect.seq})
        if is_new:
            act([(call, Command(LINK, SYSTEM, {"kind": PART, "case": case.pk, "service": case.service}))])


@handler("parts")
def lead_parts_on(effects: Sequence[Effect]) -> None:
    """What an act on a call means for all requests that answer it, in one batch; those that can't take it are left alone. What the act
    said, and the requests' own action asks for by the same name, is said to each: the day on which all are met."""
    for effect in effects:
        said = Entry.objects.values_list("data", flat=True).get(case_id=effect.case_id, seq=effect.seq)
        parts = Link.objects.filter(other=effect.case_id, kind=PART).select_related("case__live").order_by("case_id")
        act((part.case_id, Command(effect.payload["action"], SYSTEM, _told_to(part.case, effect, said))) for part in parts)


def _told_to(case: Case, effect: Effect, said: dict[str, Any]) -> dict[str, Any]:
    action = get_service(case.service, case.live.definition).flow.actions.get(effect.payload["action"])
    return {name: said[name] for name in action.demands if name in said} if action else {}


class Sealed(Refusal):
    """What a competitor sent may not be read before the call closes."""

    code = "sealed"
    status = 403
    default = _lazy("What competitors sent is sealed until the call closes.")


def refuse_sealed(case: Case) -> None:
    """Raises `Sealed` for a request whose call is still open; `case` with its `live`."""
    if sealed_until(get_service(case.service, case.live.definition), case.live):
        raise Sealed()


def _closes(contest: Any, call: Case) -> str:
    return str(call.live.facts.get(contest.until) or "")


def _fault(contest: Any, says: str) -> InvalidForm:
    return InvalidForm([Invalid(says, field=contest.question)])


def _shown(contest: Any, case: Case):
    service = get_service(case.service, case.live.definition)
    asked = dict(service.form)
    for name in contest.openers:
        asked |= service.flow.actions[name].demands
    for name in contest.shows:
        if (value := case.live.facts.get(name)) is not None and name in asked:
            yield str(asked[name].label), asked[name].show(value)


def _documents(contest: Any, cases: Sequence[Case]) -> dict[int, list[Attachment]]:
    """The files that came with the acts that opened each call."""
    opened = Entry.objects.filter(case_id__in=[case.pk for case in cases], action__in=contest.openers).values_list("case_id", "seq")
    acts = set(opened)
    found: dict[int, list[Attachment]] = {}
    for one in Attachment.objects.filter(case_id__in=[case_id for case_id, _seq in acts], seq__gt=1).order_by("pk"):
        if (one.case_id, one.seq) in acts:
            found.setdefault(one.case_id, []).append(one)
    return found
