"""Asking the departments for the figures of a year, and reminding them of those that they owe, once an interval."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from oppidum.cases.mailing.sending import queue_mails
from oppidum.cases.models import Mail
from oppidum.core import clock
from oppidum.core.calendar import add_months
from oppidum.core.errors import NotAllowed
from oppidum.figures.catalogue import all_figures
from oppidum.figures.declared import changing
from oppidum.figures.declared.access import list_answerable, reach_of
from oppidum.figures.declared.errors import YearLocked
from oppidum.figures.declared.links import progress_link
from oppidum.figures.models import Change, Edition, Entry, KeyFigure, State
from oppidum.figures.wording import say_day
from oppidum.people.models import Directorate, Officer


@dataclass(frozen=True)
class Reminding:
    """When a department is reminded: so many days before the figures are due, then at each interval."""

    before: timedelta = timedelta(days=7)
    every: timedelta = timedelta(days=7)

    def turn(self, due_on: date, today: date) -> int | None:
        """Which reminder it is the time for (0 the first), None before the first."""
        since = today - (due_on - self.before)
        return since // self.every if since >= timedelta(0) else None


REMINDING = Reminding()


@dataclass
class Requested:
    """What a request came to: figures newly asked for, mails queued, directorates where nobody can be asked."""

    year: int
    due_on: date
    asked: int = 0
    mails: int = 0
    unreachable: list[str] = field(default_factory=list)


def usual_due_date(year: int) -> date:
    """Two months after the year's end: the accounts of a year are voted before 30 June (CGCT, art. L1612-12)."""
    return add_months(date(year, 12, 31), 2)


@transaction.atomic
def request_figures(year: int, officer: Officer | None, due_on: date | None = None, *, computed_too: bool = False) -> Requested:
    """Ask for every key figure that has no value yet, those apart that a service computes. Raises `Refusal`.

    `officer` None: the operator, at the command line.
    """
    if officer is not None and not reach_of(officer).owns_report:
        raise NotAllowed()
    edition = changing.lock_edition(year)
    if edition.locked_at:
        raise YearLocked()
    edition.due_on = due_on or edition.due_on or usual_due_date(year)
    edition.save(update_fields=["due_on"])
    done = Requested(year, edition.due_on)
    Entry.objects.filter(year=year, is_current=True, state=State.REQUESTED).update(due_on=edition.due_on)
    done.asked = _create_entries(edition, officer, computed_too)
    owed = _owed(year)
    done.unreachable = _mail(year, edition.due_on, owed, f"request:{clock.today()}", is_first=True)
    done.mails = Mail.objects.filter(key__startswith=f"figures:{year}:request:{clock.today()}:").count()
    return done


def _create_entries(edition: Edition, officer: Officer | None, computed_too: bool) -> int:
    """An entry for each figure without a current one; its period is that of the last edition, moved to this year."""
    stated = {figure.states for figure in all_figures().values() if figure.states}
    missing = KeyFigure.objects.exclude(pk__in=Entry.objects.filter(year=edition.year, is_current=True).values("figure"))
    if not computed_too:
        missing = missing.exclude(name__in=stated)
    figures = list(missing)
    earlier = Entry.objects.filter(figure__in=figures, is_current=True, year__lt=edition.year).order_by("year")
    last = {figure: (year, period) for figure, year, period in earlier.values_list("figure_id", "year", "period")}
    now = clock.now()
    entries = [
        Entry(
            figure=figure,
            year=edition.year,
            state=State.REQUESTED,
            unit=figure.unit,
            period=move_period(*reversed(last[figure.pk]), edition.year) if figure.pk in last else str(edition.year),
            requested_at=now,
            due_on=edition.due_on,
        )
        for figure in figures
    ]
    Entry.objects.bulk_create(entries, batch_size=1000)
    lines = [
        Change(figure=one.figure, year=edition.year, at=now, by=officer, action=Change.Action.REQUESTED,
               after={"due_on": one.due_on.isoformat()})
        for one in entries
    ]  # fmt: skip
    Change.objects.bulk_create(lines, batch_size=1000)
    return len(entries)


def move_period(period: str, before: int, after: int) -> str:
    """The period of a figure in another edition: "2023" -> "2026", "as-of-2023-12-31" -> "as-of-2026-12-31"; targets stay."""
    if period.startswith("target-"):
        return period
    moved = period.replace(str(before), str(after)).replace(str(before - 1), str(after - 1))
    return moved or str(after)


def remind(today: date | None = None) -> int:
    """Remind those who owe figures, once an interval, however often it is called; returns how many mails were queued."""
    today, queued = today or clock.today(), 0
    for edition in Edition.objects.exclude(due_on=None).filter(locked_at=None):
        turn = REMINDING.turn(edition.due_on, today)
        if turn is None:
            continue
        owed = _owed(edition.year)
        key = f"remind:{edition.due_on}:{turn}"
        if not owed or Mail.objects.filter(key__startswith=f"figures:{edition.year}:{key}:").exists():
            continue
        with transaction.atomic():
            _mail(edition.year, edition.due_on, owed, key, is_first=False)
            sent = Mail.objects.filter(key__startswith=f"figures:{edition.year}:{key}:").count()
            if sent:
                told = {"mails": sent, "figures": sum(owed.values()), "due_on": edition.due_on.isoformat()}
                Change.objects.create(year=edition.year, at=clock.now(), action=Change.Action.REMINDED, after=told)
        queued += sent
    return queued


def _owed(year: int) -> dict[str, int]:
    """How many figures each directorate owes."""
    asked = Entry.objects.filter(year=year, is_current=True, state=State.REQUESTED)
    return dict(asked.order_by().values_list("figure__directorate").annotate(n=Count("pk")))


def _mail(year: int, due_on: date, owed: dict[str, int], key: str, *, is_first: bool) -> list[str]:
    """One mail to each officer who answers for a directorate; returns the directorates without any."""
    answerable, names = list_answerable(owed), dict(Directorate.objects.values_list("code", "name"))
    mails = []
    for code, officers in answerable.items():
        for officer in officers:
            with override(officer.language):
                subject, body = _letter(year, due_on, owed[code], names[code], is_first)
            mails.append(
                Mail(
                    to=officer.email,
                    language=officer.language,
                    subject=subject,
                    body=body,
                    key=f"figures:{year}:{key}:{code}:{officer.pk}",
                )
            )
    queue_mails(mails)
    return sorted(code for code, officers in answerable.items() if not officers)


def _letter(year: int, due_on: date, owed: int, directorate: str, is_first: bool) -> tuple[str, str]:
    words = {
        "year": year,
        "day": say_day(due_on),
        "n": owed,
        "directorate": directorate,
        "link": progress_link(year),
    }
    subject = (
        _("Key figures of %(year)d: yours until %(day)s") if is_first else _("Key figures of %(year)d: still %(n)d to enter")
    ) % words
    asks = ngettext(
        "The activity report of %(year)d waits for %(n)d figure of your directorate (%(directorate)s).",
        "The activity report of %(year)d waits for %(n)d figures of your directorate (%(directorate)s).",
        owed,
    )
    tells = _(
        "Enter each value with its period and, if you can, the paper that proves it, until %(day)s. A second person of your directorate then validates it."
    )
    return subject, f"{asks}\n\n{tells}\n\n%(link)s\n" % words
