"""A bill reckoned anew because an officer corrected the answers that it was made of: the outbox effect `recharge`.

The tariff and the day stay those of the charge. Less to pay is taken off; more is a charge of its own, for the difference, due as any other.
Reductions that officers granted stay. Carried out twice it changes nothing: the correction's entry names what it made.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from oppidum.cases.acting import act
from oppidum.cases.declaration import Bill, BillLine, Service, reckon_fee
from oppidum.cases.models import Case, Effect, Entry
from oppidum.cases.reading import read_standings
from oppidum.cases.rules.standing import SYSTEM, Command, Standing
from oppidum.core import clock
from oppidum.payments.accounts import find_fee, service_of, told
from oppidum.payments.charging import bill_lines, known_of, say
from oppidum.payments.correcting import waive
from oppidum.payments.models import Charge, Movement
from oppidum.payments.owed import Owed, write_charges


def recharge(effects: Sequence[Effect]) -> None:
    """Bring the charges of these cases to what the corrected answers come to."""
    for effect in effects:
        charges = list(Charge.objects.filter(case=effect.case_id).order_by("pk"))
        entries = {e.seq: e for e in Entry.objects.filter(case_id=effect.case_id, seq__in=[*(c.act for c in charges), effect.seq])}
        if not charges or any(charge.act == effect.seq for charge in charges):
            continue
        case = Case.objects.only("service", "definition", "answers").get(pk=effect.case_id)
        _bring(effect, case, read_standings([case.pk])[case.pk], charges, entries)


def _bring(effect: Effect, case: Case, standing: Standing, charges: Sequence[Charge], entries: Mapping[int, Entry]) -> None:
    """Each charge that an act made: what was reckoned so far, earlier corrections counted, against what it comes to now."""
    service, corrected = service_of(case), set(entries[effect.seq].data["correction"]["fields"])
    extra = [charge for charge in charges if "correction" in entries[charge.act].data]
    owed: dict[str, list[tuple[Charge, int, dict[str, Bill]]]] = {}
    for charge in charges:
        if charge in extra:
            continue
        entry = entries[charge.act]
        given = {name: value for name, value in entry.data.items() if name not in corrected}
        bills = _reckon(service, charge.fee, known_of(service, standing, case.answers, given, clock.local_day(entry.valid_at)))
        more = bills[settings.LANGUAGE_CODE].total_cents - _so_far(charge, extra)
        if more < 0:
            _take_off(effect, charge, -more)
        elif more > 0:
            owed.setdefault(charge.fee, []).append((charge, more, bills))
    for fee, each in owed.items():
        _add(effect, service, standing, fee, each)


def _reckon(service: type[Service], fee: str, known: Mapping) -> dict[str, Bill]:
    (bills,) = say([reckon_fee(service, fee, known)])
    return bills


def _so_far(charge: Charge, extra: Sequence[Charge]) -> int:
    """What the charge was reckoned at, with what corrections added and took off since, in cents."""
    taken_off = Movement.objects.filter(charge=charge, key__startswith=f"waiver:corrected:{charge.pk}:")
    lines = [line for one in extra for line in one.lines if charge.reference in line["words"][settings.LANGUAGE_CODE][0]]
    return charge.total_cents + sum(line["amount_cents"] for line in lines) + sum(taken_off.values_list("amount_cents", flat=True))


def _take_off(effect: Effect, charge: Charge, cents: int) -> None:
    waived = -sum(charge.movements.filter(kind=Movement.Kind.WAIVER).values_list("amount_cents", flat=True))
    if off := min(cents, charge.total_cents - waived):
        waive(charge.pk, off, _("Answers corrected"), f"corrected:{charge.pk}:{effect.seq}")


def _add(
    effect: Effect, service: type[Service], standing: Standing, fee: str, each: Sequence[tuple[Charge, int, dict[str, Bill]]]
) -> None:
    """One charge for what is due beyond those of the fee, a line for each."""
    bills = {}
    for language, bill in each[0][2].items():
        with override(language):
            lines = tuple(
                BillLine(_("Answers corrected: due beyond %(reference)s") % {"reference": charge.reference}, "", more)
                for charge, more, _bills in each
            )
        total = sum(more for _charge, more, _bills in each)
        bills[language] = replace(bill, lines=lines, total_cents=total, day=clock.today(), instalments=(), period="", exempt="")
    (made,) = write_charges([Owed(effect, find_fee(service, fee), bills, standing)])
    data = told(made, made.total_cents, pay_by=made.due_on.isoformat(), bill=bill_lines(made))
    act([(effect.case_id, Command("charged", SYSTEM, data))])
