"""What Oppidum's own API answers, as types: the description at /api/openapi.json is made of them."""

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema


class CaseLine(Schema):
    """A case as a line of the inbox. Persons are never in it."""

    code: str = Field(description="Public code, like 7KQ2M-XA4RH")
    service: str
    category: str
    category_label: str
    step: str
    step_label: str
    is_open: bool
    due_on: date | None = Field(description="Last day of the promise; null while the clock is stopped")
    paused: bool
    filed_at: datetime
    ended_at: datetime | None
    commune: str = Field(description="INSEE code")
    address: str
    team: str
    officer: str
    channel: str
    followers: int
    first_words: str
    has_photo: bool


class CasePage(Schema):
    """A page of cases, and how many there are in all."""

    total: int
    page: int
    size: int
    pages: int
    cases: list[CaseLine]


class Counts(Schema):
    """How many open cases each view holds, exactly."""

    mine: int
    team: int
    late: int
    due_today: int
    due_week: int
    to_qualify: int
    waiting: int
    unassigned: int
    all: int


class ServiceLine(Schema):
    """A public service."""

    code: str
    name: str
    owner: str = Field(description="Directorate")
    version: str = Field(description="Name of the declaration's content; a case keeps the one it was filed under")
    says: str


class ServiceForm(ServiceLine):
    """A service with its questions: what is asked, when, how it is answered, within which limits."""

    applicants: list[str]
    pages: list[dict[str, Any]]


class Request(Schema):
    """Answers by the names of the questions; a repeated `key` gives the case that exists."""

    answers: dict[str, Any]
    key: str = Field("", max_length=60, description="Yours: names this filing, so that a repetition files nothing twice")


class FiledCase(Schema):
    """What was filed. `code` is the applicant's key to the case: give it to nobody else."""

    code: str
    is_new: bool
    step: str
    due_on: date | None


class Fault(Schema):
    """An answer at fault, and what to do."""

    field: str | None
    message: str


class Problem(Schema):
    """RFC 9457 problem details; `code` is stable."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str


class FormProblem(Problem):
    """Every answer that needs mending, at once."""

    errors: list[Fault]
