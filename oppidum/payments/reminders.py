"""Reminders of late payments (relances): a first letter, then a formal notice (mise en demeure) before anybody collects by force.

Each step once for a charge, in a batch that an officer orders; never for what is paid, and never while the debt is disputed. A reminder is an
entry `remind_payment` of its case, with the amounts of that day; the letter is made from it (`reminder_letters.py`). The days between steps
are the metropolis' own. Collecting by force is the public accountant's, not ours.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from oppidum.cases.acting import act
from oppidum.cases.declaration.recorded import REMIND
from oppidum.cases.preparing import actor_of
from oppidum.cases.rules.standing import Actor, Command
from oppidum.core import clock
from oppidum.core.errors import Invalid
from oppidum.core.sql import rows
from oppidum.payments.models import Charge, Reminder
from oppidum.people.models import Officer

FIRST, FORMAL = Reminder.Stage.FIRST, Reminder.Stage.FORMAL
BATCH = 500


@dataclass(frozen=True)
class Delays:
    """Days: how late before the first reminder, how long after it the formal notice, and until when each asks to be paid."""

    first_after: int = 15
    formal_after: int = 30
    to_pay: int = 15


DELAYS = Delays()

# What is late and may be reminded at this stage: as `statements._LATE`, without the disputed, and each step once.
_DUE = """
    select c.id, c.case_id, c.reference, c.charged_on, c.balance_cents, min(i.due_on) as since,
           least(c.balance_cents, max(i.due_until) - (c.total_cents - c.balance_cents)) as late_cents
    from payments_charge c
    join (select charge_id, due_on, (sum(amount_cents) over (partition by charge_id order by number))::bigint as due_until
          from payments_instalment) i on i.charge_id = c.id
    where c.balance_cents > 0 and c.disputed_on is null and i.due_on < %(before)s and i.due_until > c.total_cents - c.balance_cents
        and not exists (select from payments_reminder r where r.charge_id = c.id and r.stage = %(stage)s)
        and (%(first)s or exists (select from payments_reminder r
                                  where r.charge_id = c.id and r.stage = 'first' and r.sent_on <= %(reminded)s))
    group by c.id
"""
_COUNT = f"select count(*), coalesce(sum(late_cents), 0)::bigint from ({_DUE}) due"
# One charge of a case at a time: a case takes one act in a batch. Charges being paid at this moment are left for the next time.
_TAKE = f"""
    with taken as materialized (
        select c.id from payments_charge c
        where c.id in (select distinct on (case_id) id from ({_DUE}) due order by case_id, id limit %(batch)s)
        order by c.id for update skip locked
    )
    select due.* from ({_DUE}) due join taken using (id) order by due.id
"""


@dataclass(frozen=True)
class Due:
    """How many reminders of a stage can leave, and what they ask for."""

    stage: str
    count: int
    late_cents: int


def count_due(stage: str, today: date | None = None) -> Due:
    """What a batch of this stage would send."""
    return Due(stage, *rows(_COUNT, _asked(stage, today or clock.today()))[0])


def remind(stage: str, officer: Officer) -> int:
    """Order the reminders of a stage for all that it is time for; returns how many. Ordered twice, nobody gets two."""
    sent = 0
    while count := _remind_some(stage, officer):
        sent += count
    return sent


def _remind_some(stage: str, officer: Officer) -> int:
    now, today = clock.now(), clock.today()
    pay_by = today + timedelta(days=DELAYS.to_pay)
    with transaction.atomic():
        found = rows(_TAKE, _asked(stage, today))
        made = [
            Reminder(
                charge_id=charge_id,
                stage=stage,
                sent_on=today,
                pay_by=pay_by,
                late_cents=late_cents,
                ordered_by=officer,
                ordered_at=now,
            )
            for charge_id, _case, _reference, _charged_on, _balance, _since, late_cents in found
        ]
        Reminder.objects.bulk_create(made)
        firsts = dict(
            Reminder.objects.filter(charge__in=[one.charge_id for one in made], stage=FIRST).values_list("charge_id", "sent_on")
        )
        act(
            [
                (
                    case_id,
                    Command(
                        REMIND,
                        actor_of(officer),
                        {
                            "stage": stage,
                            "reference": reference,
                            "billed_on": charged_on.isoformat(),
                            "late_since": since.isoformat(),
                            "late_cents": late_cents,
                            "left_cents": balance,
                            "pay_by": pay_by.isoformat(),
                            "reminded_on": firsts[charge_id].isoformat(),
                        },
                    ),
                )
                for charge_id, case_id, reference, charged_on, balance, since, late_cents in found
            ],
            now,
        )
    return len(found)


def dispute(charge_id: int, why: str, officer: Officer) -> None:
    """The person contests the debt: no reminder leaves until that is over. The reason stands beside the charge."""
    words = " ".join(why.split())[:300]
    if not words:
        raise Invalid(_("Say what is contested: whoever takes over must know."), field="why")
    _change(charge_id, "dispute", officer, disputed_on=clock.today(), disputed_why=words)


def end_dispute(charge_id: int, officer: Officer) -> None:
    """It is over: reminders leave again."""
    _change(charge_id, "end", officer, disputed_on=None, disputed_why="")


def _change(charge_id: int, what: str, officer: Officer, **fields) -> None:
    with transaction.atomic():
        charge = Charge.objects.select_for_update().get(pk=charge_id)
        if (charge.disputed_on is None) == (what == "end"):
            return
        Charge.objects.filter(pk=charge_id).update(**fields)
        actor: Actor = actor_of(officer)
        act([(charge.case_id, Command(REMIND, actor, {"stage": what, "reference": charge.reference}))])


def _asked(stage: str, today: date) -> dict:
    return {
        "stage": stage,
        "first": stage == FIRST,
        "before": today - timedelta(days=DELAYS.first_after),
        "reminded": today - timedelta(days=DELAYS.formal_after),
        "batch": BATCH,
    }
