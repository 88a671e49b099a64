"""Rectification (GDPR, art. 16) and erasure (art. 17) at a person's wish, each a fact of the journal that holds nothing personal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from oppidum.cases.acting import act_on
from oppidum.cases.declaration import Field, get_service, survey
from oppidum.cases.declaration.fields.persons import read_email, read_phone
from oppidum.cases.declaration.recorded import RECTIFY
from oppidum.cases.models import Case, Mail, Message, Party, TextMessage
from oppidum.cases.persons.engine_data import questions_of, remove_loose
from oppidum.cases.persons.retaining import forget, why_kept
from oppidum.cases.persons.rooms import Trace
from oppidum.cases.preparing import actor_of
from oppidum.cases.reading import read_standings
from oppidum.cases.rules.keeping import Erasure
from oppidum.cases.rules.standing import Command
from oppidum.core import clock
from oppidum.core.errors import Invalid, InvalidForm, NotFound
from oppidum.privacy.looking import chosen, record, require_identity, traces_of
from oppidum.privacy.models import Lookup

_READ = {"name": lambda text: " ".join(text.split())[:200], "email": read_email, "phone": read_phone}


def rectify_party(lookup: Lookup, party_id: int, given: Mapping[str, str]) -> list[str]:
    """Correct the name, e-mail or telephone of a party that the look-up found; returns what changed. Raises `InvalidForm`, `NotFound`."""
    require_identity(lookup)
    if f"party:{party_id}" not in {trace.key for trace in traces_of(lookup)}:
        raise NotFound()
    clean: dict[str, str] = {}
    faults = []
    for name, read in _READ.items():
        if name in given:
            try:
                clean[name] = read(given[name]) if given[name].strip() else ""
            except Invalid as fault:
                fault.field = name
                faults.append(fault)
    if faults:
        raise InvalidForm(faults)
    with transaction.atomic():
        party = Party.objects.select_for_update().get(pk=party_id)
        changed = {name: (getattr(party, name), value) for name, value in clean.items() if getattr(party, name) != value}
        if changed:
            Party.objects.filter(pk=party_id).update(**{name: new for name, (_old, new) in changed.items()})
            _note(lookup, party.case_id, changed)
    return list(changed)


def rectify_answer(lookup: Lookup, case_id: int, name: str, raw: Any) -> bool:
    """Correct an answer of a case in which the person was surely found, checked as the form checks it; false if it was so already."""
    require_identity(lookup)
    if case_id not in {trace.case_id for trace in traces_of(lookup) if trace.sure}:
        raise NotFound()
    with transaction.atomic():
        case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
        question = _question(case, name)
        if question is None or name not in case.answers:
            raise NotFound()
        old = case.answers[name]
        if raw == old or str(raw) == str(old):
            return False  # An answer that was right when it was given isn't held against today's limits.
        found = survey({name: replace(question, when=None)}, {name: raw}, clock.today())
        if found.faults:
            raise InvalidForm(found.faults)
        value = found.answers.get(name)
        if value is None or value == old:
            return False
        case.answers[name] = value
        case.save(update_fields=["answers"])
        _note(lookup, case_id, {name: (question.show(old), question.show(value))})
    return True


def _question(case: Case, name: str) -> Field | None:
    return questions_of(get_service(case.service, case.definition), case.filed_category).get(name)


def _note(lookup: Lookup, case_id: int, changed: Mapping[str, tuple[str, str]]) -> None:
    """The fact in the journal without a name in it; before and after beside it, where they go when their time is over."""
    data = {"fields": sorted(changed), "request": lookup.request}
    after = act_on(case_id, Command(RECTIFY, actor_of(lookup.officer), data))
    words = "\n".join(_("%(name)s: “%(old)s” became “%(new)s”") % {"name": n, "old": o, "new": v} for n, (o, v) in changed.items())
    Message.objects.create(case_id=case_id, seq=after.version, kind=Message.NOTE, text=words)
    record(lookup, "rectify", [case_id], {"fields": sorted(changed)})


@dataclass(frozen=True)
class Erased:
    """What became of a wish to be erased from a case: done, or the reason of the law against it."""

    case_id: int
    done: bool
    why: str


def erase(lookup: Lookup, case_ids: Sequence[int]) -> list[Erased]:
    """Erase the person from those of the cases where the law allows it, and say of each what was done or why not.

    Whole cases go only where the person filed them. Who follows one leaves it; who is named in somebody else's is told so.
    """
    require_identity(lookup)
    traces = [trace for trace in traces_of(lookup) if trace.sure]
    wanted = set(chosen(lookup, case_ids))
    authored = {t.case_id for t in traces if t.role == "author"} & wanted
    followed = {
        t.case_id: int(t.key.partition(":")[2])
        for t in traces
        if t.role in ("follower", "fellow") and t.case_id in wanted - authored
    }
    results = [_unfollow(lookup, case_id, party) for case_id, party in sorted(followed.items())]
    results += _erase_cases(lookup, sorted(authored))
    named = wanted - authored - set(followed)
    results += [
        Erased(case_id, False, _("filed by somebody else: correct what is said of the person there")) for case_id in sorted(named)
    ]
    _erase_loose(traces)
    record(lookup, "erase", wanted, {"done": [one.case_id for one in results if one.done]})
    return results


def _unfollow(lookup: Lookup, case_id: int, party_id: int) -> Erased:
    """Who merely follows somebody else's case leaves it at once: nothing in the case rests on them."""
    with transaction.atomic():
        act_on(case_id, Command(RECTIFY, actor_of(lookup.officer), {"fields": ["follower"], "request": lookup.request}))
        Mail.objects.filter(party=party_id).delete()
        TextMessage.objects.filter(party=party_id).delete()
        Party.objects.filter(pk=party_id).delete()
    return Erased(case_id, True, _("removed from those who follow the case"))


def _erase_cases(lookup: Lookup, case_ids: list[int]) -> list[Erased]:
    now = clock.now()
    kept = why_kept(read_standings(case_ids), clock.local_day(now), at_wish=True)
    done = set(forget(case_ids, now, actor=actor_of(lookup.officer), data={"request": lookup.request}, at_wish=True))
    return [
        Erased(case_id, case_id in done, _("erased") if case_id in done else say_why(kept.get(case_id))) for case_id in case_ids
    ]


def _erase_loose(traces: list[Trace]) -> None:
    """Calls and drafts that belong to no case: nothing of ours rests on them."""
    remove_loose(trace.key for trace in traces if trace.case_id is None)


def say_why(reason: Any) -> str:
    """Why a case keeps the person, in the words that the answer to them needs (GDPR, art. 12(4), 17(3))."""
    if not isinstance(reason, Erasure):
        return str(reason) if reason else _("erased already")
    if reason.why == "open":
        return _("the request is still being handled: a task in the public interest (GDPR, art. 17(3)(b))")
    if reason.why == "archive":
        return _("kept as archives in the public interest (GDPR, art. 17(3)(d))")
    if reason.why == "held":
        return _("needed for legal claims (GDPR, art. 17(3)(e))")
    return _("still needed for what it was asked for, until %(day)s at the latest (GDPR, art. 17(1)(a))") % {
        "day": reason.until.strftime("%d/%m/%Y")
    }
