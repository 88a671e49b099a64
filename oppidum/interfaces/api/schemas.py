"""What Oppidum's own API answers, as types: the description at /api/openapi.json is made of them."""

from datetime import date, datetime

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


class Problem(Schema):
    """RFC 9457 problem details; `code` is stable."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str
