"""What the regulations' tests do between two facts, and what they read."""

from oppidum.cases import outbox
from oppidum.cases.filing import Filed
from oppidum.cases.models import Effect, Live
from oppidum.cases.reading import read_standings
from oppidum.cases.rules.standing import Standing
from oppidum.publishing.keeping import path_of
from oppidum.publishing.models import Paper
from oppidum.publishing.printing import order_run, work
from tests.publishing.conftest import text_of


def deliver() -> None:
    """The worker does all that waits: mails, letters, what other rooms do."""
    while outbox.deliver():
        pass


def step_of(filed: Filed) -> str:
    """Where the case stands."""
    return Live.objects.get(case_id=filed.case_id).step


def standing(case_id: int) -> Standing:
    """Where the case stands, as the rules read it."""
    return read_standings([case_id])[case_id]


def papers(case_id: int, letter: str) -> list[Paper]:
    """The papers of that letter, made by the worker; nothing failed on the way."""
    deliver()
    assert not list(Effect.objects.exclude(error="").values_list("kind", "error"))
    return list(Paper.objects.filter(case_id=case_id, letter=letter).order_by("rank"))


def words(paper: Paper) -> str:
    """What the paper says, printed if it wasn't yet."""
    if not paper.file:
        order_run("Courriers", None)
        work()
        paper.refresh_from_db()
    return text_of(path_of(paper.file).read_bytes())
