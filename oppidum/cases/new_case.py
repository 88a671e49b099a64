"""What is filed, and what filing gives."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from oppidum.cases.rules.standing import RESIDENT, Actor, Contact, Standing
from oppidum.core.errors import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """A case to be filed; make it with `intake.prepare_case`, which cleans and checks.

    `key` names the filing: repeated, it gives the case that exists. `filed_at` lies in the past for what is entered late.
    `attachments`: tokens of the files among the answers. `parent`: the case of which this one is a part.
    `fellows`: who asks together with the contact, and is told the same. `definition`: the version of the
    declaration that decides it, if not today's. `quiet`: its author is told of it elsewhere.
    """

    service: str
    channel: str
    category: str = ""
    lon: float | None = None
    lat: float | None = None
    commune: str = ""
    words: str = ""
    address: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    contact: Contact | None = None
    fellows: tuple[Contact, ...] = ()
    actor: Actor = RESIDENT
    key: str | None = None
    photos: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    filed_at: datetime | None = None
    code: str | None = None
    parent: int | None = None
    definition: str = ""
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Filed:
    """A filed case. `is_new` is false when its key had been filed before; with a `refusal` (of the place that it books) nothing was filed."""

    case_id: int
    code: str
    is_new: bool
    standing: Standing | None = field(default=None, hash=False)
    refusal: Refusal | None = field(default=None, hash=False)
