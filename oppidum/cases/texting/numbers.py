"""Telephones that get nothing: those that receive nothing, by the operator's word, and those whose owner answered STOP.

Both are kept as keyed hashes. A dead number lapses after a year like a dead address; a STOP holds until its owner answers START.
"""

from collections.abc import Iterable

from django.utils.crypto import salted_hmac

from oppidum.cases.mailing.dead_addresses import find_dead
from oppidum.cases.models import StoppedNumber
from oppidum.core import clock


def stop(number: str) -> None:
    """Send no more text message to that number; twice is once."""
    StoppedNumber.objects.get_or_create(mark=_mark(number), defaults={"since": clock.now()})


def start(number: str) -> None:
    """Its owner wants them again."""
    StoppedNumber.objects.filter(mark=_mark(number)).delete()


def find_silent(numbers: Iterable[str]) -> dict[str, str]:
    """Which of the numbers get nothing, and why: "stopped" or "held". Two queries."""
    wanted = sorted({number for number in numbers if number})
    if not wanted:
        return {}
    marks = {_mark(number): number for number in wanted}
    stopped = StoppedNumber.objects.filter(mark__in=marks).values_list("mark", flat=True)
    return dict.fromkeys(find_dead(wanted), "held") | {marks[mark]: "stopped" for mark in stopped}


def _mark(number: str) -> str:
    return salted_hmac("oppidum.stopped-number", number, algorithm="sha256").hexdigest()
