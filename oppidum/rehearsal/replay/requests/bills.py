"""What is paid of what is billed, and when: by the profile's share, through the door of payments, all of a day in one batch."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from oppidum.core.calendar import next_working_day
from oppidum.payments.collecting import Received, take_payments

MEANS = ("card", "card", "card", "transfer", "cheque")


@dataclass
class Bills:
    """Bills on their way to be paid, by the day on which that will be."""

    due: dict[date, list[tuple[str, str]]] = field(default_factory=dict)

    def expect(self, reference: str, day: date, mean: float, rng: Random) -> None:
        """The bill of that reference will be paid some days after it came."""
        on = next_working_day(day + timedelta(days=1 + int(rng.expovariate(1 / max(0.5, mean)))))
        self.due.setdefault(on, []).append((reference, rng.choice(MEANS)))

    def pay(self, day: date) -> int:
        """Pay what is to be paid on that day; returns how many bills."""
        received = [Received(reference, means, f"replay:{reference}") for reference, means in self.due.pop(day, ())]
        return len(take_payments(received)) if received else 0
