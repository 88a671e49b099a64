"""A report being written: kept by the server from page to page, one for each form that was opened.

Drafts live in the visitor's session (a row of the database, two weeks), each under the identity that its address carries, so that
two tabs never mix and the same link finds the same draft. `key` names the filing for the engine: sent twice, it is one report. Once
sent, nothing personal stays in the draft: only the code, for whoever reloads the page.
"""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from django.db import connection, transaction

from oppidum.cases.declaration import Category
from oppidum.cases.declaration.marks import REPORTS

KEPT = 8
SLOT = "reports"
_IDENTITY = re.compile(r"[A-Za-z0-9_-]{22}")


@dataclass
class Draft:
    """What is known so far. `spot` is a landmark added to the address; `seen_on_photo` the position read from a picture."""

    id: str
    key: str = ""
    photos: list[str] = field(default_factory=list)
    seen_on_photo: list[float] | None = None
    category: str = ""
    lon: float | None = None
    lat: float | None = None
    commune: str = ""
    address: str = ""
    spot: str = ""
    words: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    detailed: bool = False
    compared: str = ""
    contact: dict[str, Any] = field(default_factory=dict)
    contacted: bool = False
    same: str = ""
    code: str = ""
    joined: bool = False

    @property
    def subject(self) -> Category | None:
        """The category chosen, if it exists (a declaration may have changed since)."""
        return REPORTS.service.categories.get(self.category)

    @property
    def is_sent(self) -> bool:
        return bool(self.code)

    @property
    def is_placed(self) -> bool:
        return self.lon is not None and self.lat is not None and bool(self.commune)

    @property
    def full_address(self) -> str:
        """Address and landmark, as filed."""
        whole = f"{self.address} ({self.spot})" if self.address and self.spot else self.address or self.spot
        return whole[:300]

    @property
    def comparison(self) -> str:
        """What the neighbours were looked up for: asked again when place or category change."""
        return f"{self.category}@{self.lon},{self.lat}"

    @property
    def danger(self):
        """The hard stop that holds with what is known, if any."""
        return self.subject.find_danger(self.answers) if self.subject else None

    def choose(self, category: str) -> None:
        """Take a category; answers to another one's questions go with it."""
        if category != self.category:
            self.category, self.answers, self.detailed = category, {}, False


def new_draft(draft_id: str = "") -> Draft:
    """A blank draft, under an identity of its own or the one of a form that was open while its session ended."""
    return Draft(id=draft_id or secrets.token_urlsafe(16), key=f"portal:{secrets.token_urlsafe(24)}")


def is_identity(text: str) -> bool:
    """Whether an address can name a draft."""
    return bool(_IDENTITY.fullmatch(text))


def find_draft(request, draft_id: str) -> Draft | None:
    """The visitor's draft of that identity."""
    held = request.session.get(SLOT, {}).get(draft_id)
    known = {one.name for one in fields(Draft)}
    return Draft(**{name: value for name, value in held.items() if name in known}) if held else None


def keep(request, draft: Draft) -> None:
    """Write the draft back; beyond `KEPT` of them the oldest goes."""
    drafts = request.session.get(SLOT, {})
    drafts.pop(draft.id, None)
    drafts[draft.id] = asdict(draft)
    for oldest in list(drafts)[:-KEPT]:
        del drafts[oldest]
    request.session[SLOT] = drafts


def mark_sent(request, draft: Draft, code: str, joined: bool = False) -> None:
    """Remember the code alone."""
    keep(request, Draft(id=draft.id, key=draft.key, category=draft.category, code=code, joined=joined, contacted=draft.contacted))


def find_unfinished(request) -> Draft | None:
    """The latest draft that says something and wasn't sent: offered again to who starts anew."""
    for draft_id in reversed(request.session.get(SLOT, {})):
        draft = find_draft(request, draft_id)
        if draft and not draft.is_sent and draft.subject:
            return draft
    return None


@contextmanager
def alone_with(request, draft: Draft) -> Iterator[Draft]:
    """Hold the draft while it is sent: a second tap waits, then finds it as the first one left it."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [draft.key])
        request.session._session_cache = request.session.load()
        yield find_draft(request, draft.id) or draft
        request.session.save()
