"""The plain values that the rules work on: where a case stands, who acts, what was written. No ORM, no I/O."""

from datetime import date, datetime
from typing import Any, NamedTuple

from oppidum.cases.declaration.recorded import FELL
from oppidum.cases.rules.phones import can_be_texted


class Standing(NamedTuple):
    """Where a case stands: the fold of its journal, and a row of `cases_live`, column by column.

    `version` is the number of its last entry. The promise counts `promise` working days from `clock_from`, plus the
    `paused_days` (working days spent in steps that pause it); `paused_on` is set while it is paused. `wakes_on` is the next day
    on which time alone changes something. `silence_on` is when silence was recorded, `forgotten_on` when personal
    data were removed. `rests`: open, and nobody has anything to do about it (see `resting.py`).

    `facts`: what rules read of the case beyond these columns (`Service.facts_read`): answers that name nobody, and what actions set.
    `clocks`: of each legal clock that something happened to, its events in order, as [kind, day or instant] (see `clocks.py`).
    """

    case_id: int
    service: str
    definition: str
    commune: str
    category: str
    step: str
    back_to: str | None
    team_id: int | None
    officer_id: int | None
    version: int
    filed_on: date
    clock_from: date
    promise: int
    paused_on: date | None
    paused_days: int
    step_since: date
    due_on: date | None
    wakes_on: date | None
    silence_on: date | None
    forgotten_on: date | None
    followers: int
    contactable: bool
    is_open: bool
    rests: bool
    is_public: bool
    ended_at: datetime | None
    updated_at: datetime
    facts: dict[str, Any] = {}
    clocks: dict[str, list] = {}


class Actor(NamedTuple):
    """Who acts: kind "officer", "resident", "system", "partner", "third:ROLE" (by a signed link) or "body:CODE"; `rights` are an
    officer's. `name` is kept in the journal. `own`: of a commune's officer the commune's teams; on what others hold, `abroad` alone holds."""

    kind: str
    id: int | None = None
    name: str = ""
    rights: frozenset[str] = frozenset()
    own: frozenset[int] | None = None
    abroad: frozenset[str] = frozenset()

    def rights_over(self, team: int | None) -> frozenset[str]:
        """The rights on a case that `team` holds."""
        return self.rights if self.own is None or team in self.own else self.rights & self.abroad


SYSTEM = Actor("system", None, "")
RESIDENT = Actor("resident", None, "")


class Contact(NamedTuple):
    """How to reach a person: e-mail in lower case, telephone as E.164; either may be blank."""

    name: str = ""
    email: str = ""
    phone: str = ""
    language: str = "fr"

    @property
    def is_reachable(self) -> bool:
        """Whether notices can leave for that person, by mail or by text message."""
        return bool(self.email) or can_be_texted(self.phone)


class Command(NamedTuple):
    """An act asked for: `data` holds cleaned answers to what the action demands (see `actions.prepare`).

    `seen`: the version that the actor had on screen; when the case moved on since, the act is refused as stale.
    `valid_at`: when it counts, if not now. `photos`: tokens of uploaded pictures. `contact`: of somebody who joins the case.
    `other`: the id of another case that the data name by its code. `booking`: the place that the act takes, for an action that books.
    `mended`: the answers that an officer corrects.
    """

    action: str
    actor: Actor
    data: dict[str, Any] = {}
    seen: int | None = None
    valid_at: datetime | None = None
    photos: tuple[str, ...] = ()
    contact: Contact | None = None
    other: int | None = None
    booking: Any = None
    mended: "Mended | None" = None


class Mended(NamedTuple):
    """Answers corrected by an officer: `answers` by name, None taking one out; `beside`: (before, after) of those that may name
    somebody, which never stand in the journal; `place`: (lon, lat, commune, address) where the case lies now, if that changed."""

    answers: dict[str, Any] = {}
    beside: dict[str, tuple[Any, Any]] = {}
    place: tuple[float | None, float | None, str, str] | None = None


class Fact(NamedTuple):
    """A journal entry as the rules see it."""

    seq: int
    valid_at: datetime
    recorded_at: datetime
    actor: Actor
    action: str
    from_step: str | None
    to_step: str
    data: dict[str, Any]

    @property
    def legal_at(self) -> datetime:
        """The instant from which it counts in law: before `valid_at` for a silence that had fallen when the case came into the step which
        it leads out of."""
        fell = self.data.get(FELL) if self.actor.kind == "system" else None
        return datetime.fromisoformat(fell) if fell else self.valid_at


class Words(NamedTuple):
    """A message that goes beside an entry: kind as in `Message`."""

    kind: str
    text: str


class Decision(NamedTuple):
    """What an act comes to: the fact for the journal, words beside it, effects that leave, as (kind, payload); `answers` are put into
    the case's document."""

    fact: Fact
    words: Words | None = None
    effects: tuple[tuple[str, dict[str, Any]], ...] = ()
    photos: tuple[str, ...] = ()
    joins: Contact | None = None
    answers: dict[str, Any] = {}
    mended: Mended | None = None
