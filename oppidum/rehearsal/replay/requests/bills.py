"""What is paid of what is billed, and when: by the profile's share, through the door of payments, all of a day in one batch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from oppidum.core.calendar import next_working_day
from oppidum.payments.collecting import Received, take_payments

MEANS = ("card", "card", "card", "transfer", "cheque")


@dataclass
class Bills:
    """Bills on their way to be paid, by the day on which that will be."""

    due: dict[date, list[Received]] = field(default_factory=dict)

    def expect(self, reference: str, day: date, mean: float, rng: Random) -> None:
        """The bill of that reference will be paid some days after it came."""
        on = next_working_day(day + timedelta(days=1 + int(rng.expovariate(1 / max(0.5, mean)))))
        self.due.setdefault(on, []).append(Received(reference, rng.choice(MEANS), f"replay:{reference}"))

    def expect_parts(self, reference: str, plan: Sequence[Mapping[str, Any]], rng: Random) -> None:
        """Each part of a plan that was agreed will be paid in its last days."""
        means = rng.choice(MEANS)
        for number, part in enumerate(plan, start=1):
            on = next_working_day(date.fromisoformat(part["due_on"]) - timedelta(days=rng.randrange(4)))
            self.due.setdefault(on, []).append(Received(reference, means, f"replay:{reference}:{number}", part["amount_cents"]))

    def pay(self, day: date) -> int:
        """Pay what is to be paid on that day; returns how many bills."""
        received = self.due.pop(day, ())
        return len(take_payments(received)) if received else 0
