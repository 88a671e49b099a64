"""What papers hold on persons: how it is found, handed out and removed (see `cases/persons/rooms.py`).

That a paper was made, its kind, number, signatory and dates stay: they are the authority's own acts.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from oppidum.cases.persons.rooms import Sought, Trace, personal_data
from oppidum.publishing.keeping import remove
from oppidum.publishing.models import Paper


def register() -> None:
    personal_data("papers", find=find, remove=remove_papers, export=export)


def find(sought: Sought) -> Iterable[Trace]:
    """Papers addressed to that name; a name alone proves nothing."""
    if not sought.name:
        return
    for key, case_id in Paper.objects.filter(recipient__iexact=sought.name).values_list("key", "case_id"):
        yield Trace("papers", case_id, "name", role="addressee", sure=False, key=key)


def export(case_ids: Sequence[int]) -> Mapping[int, list[dict[str, Any]]]:
    """Each paper of those cases: what it is, to whom, when, and what became of it."""
    held: dict[int, list[dict[str, Any]]] = {}
    for paper in Paper.objects.filter(case_id__in=list(case_ids)).order_by("pk"):
        record = {
            "kind": "paper",
            "subject": paper.subject,
            "number": paper.number,
            "recipient": paper.recipient,
            "made_at": paper.made_at.isoformat(),
            "fate": paper.fate,
            "file": paper.file,
        }
        held.setdefault(paper.case_id, []).append(record)
    return held


def remove_papers(case_ids: Sequence[int], entirely: bool) -> None:
    """The files go, and the names on what stays; all goes where the file of the case is destroyed."""
    papers = Paper.objects.filter(case_id__in=list(case_ids))
    for name in papers.exclude(file="").values_list("file", flat=True):
        remove(name)
    if entirely:
        papers.delete()
    else:
        papers.update(recipient="", subject="", postcode="", file="", data=None)
