"""Which team is in charge: remits compiled to a look-up, so that a thousand reports are routed without a query each."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

from oppidum.people.models import Remit

_KEPT_SECONDS = 15.0


@dataclass(frozen=True)
class Found:
    """A team and the remit that named it, as "category @ commune" ("*" for any): what the journal says of the routing."""

    team: int
    rule: str


class Remits:
    """All remits of one service. The most particular wins: category before group before any; then commune before everywhere."""

    def __init__(self, service: str):
        self._teams: dict[tuple[str, str | None], int] = {
            (category, commune): team
            for category, commune, team in Remit.objects.filter(service=service, team__is_active=True).values_list(
                "category", "commune_id", "team_id"
            )
        }

    def find_team(self, category: str, commune: str | None) -> Found | None:
        """The team in charge of `category` ("group.name") in `commune` (INSEE code), or None: then an officer qualifies."""
        for what, where in _ladder(category, commune):
            if (team := self._teams.get((what, where))) is not None:
                return Found(team, f"{what} @ {where or '*'}")
        return None


def _ladder(category: str, commune: str | None) -> Iterator[tuple[str, str | None]]:
    for what in (category, category.partition(".")[0], "*"):
        if commune:
            yield what, commune
        yield what, None


_compiled: dict[str, tuple[float, Remits]] = {}
_lock = threading.Lock()


def get_remits(service: str) -> Remits:
    """The compiled remits, at most 15 seconds old in this process."""
    held = _compiled.get(service)
    if held and time.monotonic() - held[0] < _KEPT_SECONDS:
        return held[1]
    remits = Remits(service)
    with _lock:
        _compiled[service] = (time.monotonic(), remits)
    return remits


def forget() -> None:
    """Read the remits anew at the next question: after a change, and between tests."""
    _compiled.clear()
