"""A chapter's text on its way: written, submitted, approved by a second person or sent back; then the edition is published.

Every change takes the edition's row first, so that two officers never pass each other, and keeps the words as they were. Who saves
says which number they read: if the text has moved on, nothing is written over and both wordings are shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from oppidum.core import clock
from oppidum.core.errors import NotAllowed, NotFound, Refusal
from oppidum.figures.key_figures import KeyFigureValue, list_key_figures
from oppidum.people.models import Officer, Right
from oppidum.publishing.models import ReportEdition, ReportText, ReportTextChange, TextState
from oppidum.publishing.report.checking import Problem, check
from oppidum.publishing.report.declared import MAPS, chart_plans
from oppidum.publishing.report.outline import LANGUAGES, chapter_plans, proposed_text

Action = ReportTextChange.Action
LONGEST = 200_000  # characters of a chapter


class TextConflict(Refusal):
    """Somebody else changed the text meanwhile; `theirs` is it as it now stands."""

    code = "text-changed"
    status = 409
    default = _("Somebody else changed this text while you were writing. Both are shown below: nothing is lost.")

    def __init__(self, theirs: "Standing"):
        super().__init__()
        self.theirs = theirs


class TextUnsound(Refusal):
    """The text can't be submitted; `problems` say where and why."""

    code = "text-unsound"

    def __init__(self, problems: Sequence[Problem]):
        count = len(problems)
        super().__init__(ngettext("%(n)d fault must be mended first.", "%(n)d faults must be mended first.", count) % {"n": count})
        self.problems = problems


class EditionClosed(Refusal):
    code = "edition-published"
    status = 409
    default = _("This edition is published: its texts don't change any more.")


class WrongState(Refusal):
    code = "wrong-state"
    status = 409
    default = _("This text is not in a state that allows it.")


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A chapter's text as it stands; `row` is None while it is the package's own proposal, `number` 0 then."""

    chapter: str
    language: str
    body: str
    state: str
    number: int
    row: ReportText | None = None


PROPOSED = "proposed"


def get_edition(year: int) -> ReportEdition:
    """The edition of a year. Raises `NotFound`."""
    found = ReportEdition.objects.filter(year=year).first()
    if found is None:
        raise NotFound(year=year)
    return found


def open_edition(year: int) -> ReportEdition:
    """The edition of a year, begun if there is none yet."""
    return ReportEdition.objects.get_or_create(year=year)[0]


def texts_of(year: int, language: str) -> dict[str, Standing]:
    """How every chapter's text stands, in one query."""
    stored = ReportText.objects.filter(edition=year, language=language).select_related("author", "approver")
    rows = {row.chapter: row for row in stored}
    return {name: _standing(name, language, rows.get(name)) for name in chapter_plans()}


def bodies_of(year: int, language: str, *, approved_only: bool = False) -> dict[str, str]:
    """The texts of a report by chapter. What everybody reads is approved; a chapter without an approved text has its figures alone."""
    standing = texts_of(year, language)
    return {name: one.body if not approved_only or one.state == TextState.APPROVED else "" for name, one in standing.items()}


def get_text(year: int, chapter: str, language: str) -> Standing:
    """One chapter's text as it stands. Raises `NotFound` for a chapter or a language that there isn't."""
    if chapter not in chapter_plans() or language not in LANGUAGES:
        raise NotFound(chapter=chapter)
    row = ReportText.objects.filter(edition=year, chapter=chapter, language=language).select_related("author", "approver").first()
    return _standing(chapter, language, row)


def save(year: int, chapter: str, language: str, body: str, number: int, by: Officer) -> Standing:
    """Keep a draft, with whatever faults it still has. Raises `TextConflict`, `EditionClosed`, `NotAllowed`."""
    with transaction.atomic():
        now_stands = _take(year, chapter, language, number, by)
        body = body.replace("\r\n", "\n")[:LONGEST]
        if now_stands.row is not None and now_stands.body == body:
            return now_stands
        return _write(now_stands, year, by, Action.SAVED, body=body, state=TextState.DRAFT, author=by, approver=None)


def submit(year: int, chapter: str, language: str, number: int, by: Officer, figures: Mapping | None = None) -> Standing:
    """Ask for approval. Raises `TextUnsound` with every fault that must be mended first."""
    with transaction.atomic():
        now_stands = _take(year, chapter, language, number, by)
        if now_stands.state not in (PROPOSED, TextState.DRAFT):
            raise WrongState
        faults = [one for one in problems_of(now_stands.body, year, figures) if one.is_refused]
        # The package's own texts serve every authority: what names a figure that this one hasn't is left out.
        if faults and now_stands.state != PROPOSED:
            raise TextUnsound(faults)
        return _write(now_stands, year, by, Action.SUBMITTED, state=TextState.SUBMITTED, author=by, approver=None)


def approve(year: int, chapter: str, language: str, number: int, by: Officer) -> Standing:
    """A second person agrees. Raises `NotAllowed` for the author, and for who does not own the report."""
    with transaction.atomic():
        now_stands = _take(year, chapter, language, number, by, right=Right.REPORT)
        if now_stands.state != TextState.SUBMITTED or now_stands.row is None:
            raise WrongState
        if now_stands.row.author_id == by.pk:
            raise NotAllowed(_("A text is approved by somebody other than its author."))
        return _write(now_stands, year, by, Action.APPROVED, state=TextState.APPROVED, author=now_stands.row.author, approver=by)


def send_back(year: int, chapter: str, language: str, number: int, reason: str, by: Officer) -> Standing:
    """Back to its author, who is told why."""
    if not reason.strip():
        raise Refusal(_("Say why, so that the author knows what to mend."), field="reason")
    with transaction.atomic():
        now_stands = _take(year, chapter, language, number, by, right=Right.REPORT)
        if now_stands.state not in (TextState.SUBMITTED, TextState.APPROVED) or now_stands.row is None:
            raise WrongState
        author = now_stands.row.author
        return _write(now_stands, year, by, Action.SENT_BACK, reason=reason, state=TextState.DRAFT, author=author, approver=None)


def submit_all(year: int, language: str, by: Officer) -> int:
    """Every chapter that can be submitted is, at once; gives how many. Those with faults stay drafts."""
    _allow(by, Right.FIGURES)
    with transaction.atomic():
        _lock(year)
        figures = _figures(year)
        moved = [one for one in texts_of(year, language).values() if _can_be_submitted(one, year, figures)]
        return _write_all(moved, year, by, Action.SUBMITTED, state=TextState.SUBMITTED, author=by, approver=None)


def approve_all(year: int, language: str, by: Officer) -> int:
    """Every submitted chapter of somebody else is approved, at once; gives how many."""
    _allow(by, Right.REPORT)
    with transaction.atomic():
        _lock(year)
        moved = [
            one
            for one in texts_of(year, language).values()
            if one.state == TextState.SUBMITTED and one.row is not None and one.row.author_id != by.pk
        ]
        return _write_all(moved, year, by, Action.APPROVED, state=TextState.APPROVED, approver=by)


def _can_be_submitted(one: Standing, year: int, figures: Mapping[str, KeyFigureValue]) -> bool:
    if one.state == PROPOSED:
        return True
    return one.state == TextState.DRAFT and not any(problem.is_refused for problem in problems_of(one.body, year, figures))


def _write_all(moved: Sequence[Standing], year: int, by: Officer, action: str, **changed) -> int:
    """The same change of many texts, in four statements."""
    now, rows = clock.now(), []
    for one in moved:
        row = one.row or ReportText(edition_id=year, chapter=one.chapter, language=one.language, body=one.body, author=by)
        row.number, row.changed_at = one.number + 1, now
        for name, value in changed.items():
            setattr(row, name, value)
        rows.append(row)
    ReportText.objects.bulk_create([row for row in rows if row.pk is None])
    ReportText.objects.bulk_update([row for row in rows if row.number > 1], ["number", "changed_at", *changed])
    ReportTextChange.objects.bulk_create(
        ReportTextChange(text=row, number=row.number, action=action, body=row.body, by=by, at=now) for row in rows
    )
    return len(rows)


def publish(year: int, by: Officer) -> ReportEdition:
    """Open the edition to everybody; its texts are then closed. Every French text must be approved, and every English one begun."""
    _allow(by, Right.REPORT)
    with transaction.atomic():
        edition = ReportEdition.objects.select_for_update().filter(year=year).first()
        if edition is None:
            raise NotFound(year=year)
        if edition.is_published:
            raise EditionClosed
        left = [one for one in texts_of(year, "fr").values() if one.state != TextState.APPROVED]
        left += [one for one in texts_of(year, "en").values() if one.state not in (TextState.APPROVED, PROPOSED)]
        if left:
            said = ngettext("%(n)d text is not approved yet.", "%(n)d texts are not approved yet.", len(left)) % {"n": len(left)}
            raise Refusal(said)
        edition.published_at, edition.published_by = clock.now(), by
        edition.save()
        return edition


def compare_with(year: int, other: int | None, by: Officer) -> ReportEdition:
    """Choose the year that the whole edition is compared with, or none."""
    _allow(by, Right.REPORT)
    with transaction.atomic():
        edition = _lock(year)
        edition.compared_with = other
        edition.save(update_fields=["compared_with"])
        return edition


def problems_of(body: str, year: int, figures: Mapping[str, KeyFigureValue] | None = None) -> list[Problem]:
    """What is wrong with a text, against the figures of its year."""
    return check(body, figures if figures is not None else _figures(year), chart_plans(), MAPS)


def _figures(year: int) -> dict[str, KeyFigureValue]:
    return {one.name: one for one in list_key_figures(year)}


def _standing(chapter: str, language: str, row: ReportText | None) -> Standing:
    if row is None:
        body = proposed_text(chapter, language)
        return Standing(chapter=chapter, language=language, body=body, state=PROPOSED, number=0)
    return Standing(chapter=chapter, language=language, body=row.body, state=row.state, number=row.number, row=row)


def _take(year: int, chapter: str, language: str, number: int, by: Officer, right: str = Right.FIGURES) -> Standing:
    """The text, nobody else changing it meanwhile. The edition's row is the lock."""
    _allow(by, right)
    _lock(year)
    found = get_text(year, chapter, language)
    if found.number != number:
        raise TextConflict(found)
    return found


def _lock(year: int) -> ReportEdition:
    open_edition(year)
    edition = ReportEdition.objects.select_for_update().get(year=year)
    if edition.is_published:
        raise EditionClosed
    return edition


def _allow(by: Officer, right: str) -> None:
    if not by.may(right):
        raise NotAllowed


def _write(
    stood: Standing, year: int, by: Officer, action: str, *, reason: str = "", body: str | None = None, **changed
) -> Standing:
    now = clock.now()
    row = stood.row or ReportText(edition_id=year, chapter=stood.chapter, language=stood.language)
    row.body = stood.body if body is None else body
    row.number, row.changed_at = stood.number + 1, now
    for name, value in changed.items():
        setattr(row, name, value)
    row.save()
    ReportTextChange.objects.create(text=row, number=row.number, action=action, body=row.body, reason=reason, by=by, at=now)
    return _standing(stood.chapter, stood.language, row)
