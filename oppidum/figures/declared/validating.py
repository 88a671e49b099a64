"""The second person: validates what somebody else entered, or sends it back with a reason."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from oppidum.cases.mailing.sending import queue_mail
from oppidum.core import clock
from oppidum.core.errors import NotAllowed, Refusal
from oppidum.figures.declared import changing
from oppidum.figures.declared.access import Reach, reach_of
from oppidum.figures.declared.errors import NotThere, ReasonMissing, SecondPerson
from oppidum.figures.declared.links import desk_link
from oppidum.figures.models import Change, Edition, Entry, State
from oppidum.people.models import Officer


@dataclass
class Validated:
    """The figures validated, and why others weren't, by name."""

    done: list[str] = field(default_factory=list)
    refused: dict[str, Refusal] = field(default_factory=dict)


@transaction.atomic
def validate(names: Collection[str], year: int, officer: Officer) -> Validated:
    """Validate entered values, each on its own merits: one refused doesn't hold the others."""
    edition, reach, result = changing.lock_edition(year), reach_of(officer), Validated()
    entries = changing.find_current(year, names)
    for name in names:
        try:
            entry = _waiting(edition, entries.get(name), reach)
        except Refusal as refusal:
            result.refused[name] = refusal
            continue
        before = changing.as_data(entry)
        entry.state, entry.validated_by, entry.validated_at = State.VALIDATED, officer, clock.now()
        entry.save(update_fields=["state", "validated_by", "validated_at"])
        changing.remember_change(entry, Change.Action.VALIDATED, officer, before)
        result.done.append(name)
    return result


@transaction.atomic
def send_back(name: str, year: int, officer: Officer, reason: str) -> Entry:
    """Ask for the value again; what was entered stays in the form, and its author is told why. Raises `Refusal`."""
    if not reason.strip():
        raise ReasonMissing(field="reason")
    edition = changing.lock_edition(year)
    entry = _waiting(edition, changing.find_current(year, [name]).get(name), reach_of(officer), is_own_fine=True)
    before = changing.as_data(entry)
    entry.state, entry.refused_because = State.REQUESTED, reason.strip()
    entry.save(update_fields=["state", "refused_because"])
    changing.remember_change(entry, Change.Action.REFUSED, officer, before, reason.strip())
    _tell_author(entry, officer)
    return entry


def _waiting(edition: Edition, entry: Entry | None, reach: Reach, *, is_own_fine: bool = False) -> Entry:
    """The entry, if it waits for this officer; raises `Refusal`."""
    if entry is None or entry.state != State.ENTERED:
        changing.refuse_locked(edition, entry)
        raise NotThere()
    if not reach.may_validate(entry.figure):
        raise NotAllowed()
    if reach.entered(entry) and not is_own_fine:
        raise SecondPerson()
    return entry


def _tell_author(entry: Entry, officer: Officer) -> None:
    author = entry.entered_by
    if author is None or not author.email or author == officer:
        return
    with override(author.language):
        words = {"figure": entry.figure.label, "year": entry.year, "officer": officer, "reason": entry.refused_because}
        body = _(
            "“%(figure)s” (%(year)d) comes back to you. %(officer)s writes:\n\n%(reason)s\n\nCorrect the value here:\n%(link)s\n"
        )
        link = desk_link(entry.figure.name, entry.year)
        queue_mail(
            author.email,
            author.language,
            _("A figure comes back to you: %(figure)s") % words,
            body % (words | {"link": link}),
            f"figures:{entry.pk}:back:{int(clock.now().timestamp())}",
        )
