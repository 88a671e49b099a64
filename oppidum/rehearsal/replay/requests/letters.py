"""The letters of services whose letters a year counts (`Profile.letters`): papers made on the evening of their day, and sent to nobody."""

from collections.abc import Iterable

from oppidum.cases.declaration import Service
from oppidum.cases.models import Effect
from oppidum.publishing.papers import BATCH, make_papers


class Letters:
    """What is to be made this evening: (case, entry)."""

    def __init__(self, services: Iterable[type[Service]]):
        self._lettered = {one.code: one.lettered for one in services if one.rehearsal.letters}
        self._due: list[tuple[int, int]] = []

    def expect(self, service: str, case_id: int, seq: int, action: str) -> None:
        """That entry makes a letter, if the service says so."""
        if action in self._lettered.get(service, ()):
            self._due.append((case_id, seq))

    def make(self) -> int:
        """Make them, by sets; returns how many entries had one. A letter for the printer is kept as data until it is printed, so nothing is set."""
        due, self._due = self._due, []
        for start in range(0, len(due), BATCH):
            make_papers(
                [Effect(case_id=case_id, seq=seq, kind="letter") for case_id, seq in due[start : start + BATCH]], announced=False
            )
        return len(due)
