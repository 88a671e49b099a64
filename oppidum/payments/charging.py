"""From the act that charges a fee to what is owed: the outbox effect `charge`, carried out for whole batches.

The bill is reckoned with the answers of the case and the tariff of the day of the act, and kept as it was said. An effect that is
carried out twice makes one charge: the case, the act and the fee name it.
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import override

from oppidum.cases.acting import act
from oppidum.cases.declaration import Bill, Reckoned, Service, reckon_fee
from oppidum.cases.models import Case, Effect, Entry
from oppidum.cases.reading import read_standings
from oppidum.cases.rules.standing import SYSTEM, Command, Standing
from oppidum.core import clock
from oppidum.payments.accounts import find_fee, service_of, told
from oppidum.payments.correcting import waive
from oppidum.payments.models import Charge, Movement
from oppidum.payments.owed import Owed, is_agreed, write_charges

log = logging.getLogger(__name__)

LANGUAGES = [code for code, _ in settings.LANGUAGES]


def make_charges(effects: Sequence[Effect]) -> None:
    """Write the charges of these effects, and the entries of the journal that tell them."""
    known = set(Charge.objects.filter(case__in=[e.case_id for e in effects]).values_list("case_id", "act", "fee"))
    reckoned = _reckon([e for e in effects if (e.case_id, e.seq, e.payload["fee"]) not in known])
    # What replaces a fee comes after the act that charged it, and may be carried out together with it.
    if owed := _once_a_period([each for each in reckoned if not each.fee.replaces]):
        _book(owed)
    for each in reckoned:
        if each.fee.replaces:
            _take_off(each)


def _take_off(owed: Owed) -> None:
    """Of the last charge of the fee that is replaced, made by an act before this one, all but what the new bill says; once, whoever carries
    the effect out again."""
    old = Charge.objects.filter(case=owed.effect.case_id, fee=owed.fee.replaces, act__lt=owed.effect.seq).order_by("act").last()
    if old is None:
        return
    waived = -sum(old.movements.filter(kind=Movement.Kind.WAIVER).values_list("amount_cents", flat=True))
    if (off := old.total_cents - waived - owed.bill.total_cents) > 0:
        waive(old.pk, off, str(owed.fee.label), f"{owed.effect.case_id}:{owed.effect.seq}")


def _book(owed: Sequence[Owed]) -> None:
    for turn in _in_turns(list(zip(write_charges(owed), owed, strict=True))):
        act(
            (
                c.case_id,
                Command("charged", SYSTEM, told(c, c.total_cents, pay_by=c.due_on.isoformat(), bill=bill_lines(c), **_plan(o))),
            )
            for c, o in turn
        )
        nothing = [
            (c.case_id, Command(o.fee.on_nothing, SYSTEM, {"reference": c.reference}))
            for c, o in turn
            if c.total_cents == 0 and o.fee.on_nothing
        ]
        if nothing:
            act(nothing)


def _plan(owed: Owed) -> dict[str, Any]:
    """The parts that were agreed, as a letter prints them."""
    parts = owed.bill.instalments if is_agreed(owed) else ()
    return {"due_parts": [{"due_on": p.due_on.isoformat(), "amount_cents": p.amount_cents} for p in parts]} if parts else {}


def _in_turns(booked: Sequence[tuple[Charge, Owed]]) -> list[list[tuple[Charge, Owed]]]:
    """A case is acted on once a turn: one that owes two fees takes two, in their order."""
    turns: list[list[tuple[Charge, Owed]]] = []
    taken: dict[int, int] = {}
    for pair in booked:
        number = taken[pair[0].case_id] = taken.get(pair[0].case_id, -1) + 1
        if number == len(turns):
            turns.append([])
        turns[number].append(pair)
    return turns


def known_of(
    service: type[Service], standing: Standing, answers: Mapping[str, Any], given: Mapping[str, Any], day: date
) -> dict[str, Any]:
    """What a fee may read: the answers (private ones too: they set prices), facts and rules, what the act itself gave, and its day."""
    return {**answers, **service.known(standing, day), "filed_on": standing.filed_on.isoformat(), **given}


def bill_lines(charge: Charge) -> list[dict[str, Any]]:
    """The bill as a letter prints it."""
    told_in = settings.LANGUAGE_CODE
    return [
        {"label": line["words"][told_in][0], "says": line["words"][told_in][1], "amount_cents": line["amount_cents"]}
        for line in charge.lines
    ]


def _once_a_period(owed: Sequence[Owed]) -> list[Owed]:
    """Without what was charged already for its period."""
    dated = [o for o in owed if o.bill.period]
    seen = set(
        Charge.objects.filter(case__in=[o.effect.case_id for o in dated]).exclude(period="").values_list("case_id", "fee", "period")
        if dated
        else ()
    )
    kept = []
    for each in owed:
        key = (each.effect.case_id, each.fee.name, each.bill.period)
        if each.bill.period and key in seen:
            log.info("case %s: '%s' of %s is charged already", *key)
            continue
        seen.add(key)
        kept.append(each)
    return kept


def _reckon(effects: Sequence[Effect]) -> list[Owed]:
    ids = [e.case_id for e in effects]
    standings = read_standings(ids)
    cases = {c.pk: c for c in Case.objects.filter(pk__in=ids).only("service", "definition", "answers")}
    entries = Entry.objects.filter(case_id__in=ids, seq__in={e.seq for e in effects})
    acts = {
        (case, seq): (clock.local_day(at), data)
        for case, seq, at, data in entries.values_list("case_id", "seq", "valid_at", "data")
    }
    reckoned, services = [], {}
    for effect in effects:
        case, standing = cases[effect.case_id], standings[effect.case_id]
        version = case.service, case.definition
        service = services.get(version) or services.setdefault(version, service_of(case))
        day, given = acts[effect.case_id, effect.seq]
        reckoned.append(
            (service, standing, reckon_fee(service, effect.payload["fee"], known_of(service, standing, case.answers, given, day)))
        )
    said = say([bill for _service, _standing, bill in reckoned])
    return [
        Owed(effect, find_fee(service, effect.payload["fee"]), bills, standing)
        for effect, (service, standing, _bill), bills in zip(effects, reckoned, said, strict=True)
    ]


def say(reckoned: Sequence[Reckoned]) -> list[dict[str, Bill]]:
    """These bills in each language."""
    said: list[dict[str, Bill]] = [{} for _ in reckoned]
    for language in LANGUAGES:
        with override(language):
            for bills, bill in zip(said, reckoned, strict=True):
                bills[language] = bill.said()
    return said
