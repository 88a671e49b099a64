"""Files examined for harmful content, outside of any request, by ClamAV's daemon where an installation has one (`OPPIDUM_SCANNER`).

A file that came in can be used by its author at once, and says "not yet examined" until the scanner has said clean. A harmful one is put
aside: nobody is handed its bytes, its answer counts as not given, the case goes on, and both sides are told (entry `quarantine`).
Equal files are one file on the disk: it is examined once, and the verdict holds for all who sent it.

A round takes what is due, asks the scanner without holding a lock, and writes the verdicts of a piece in one transaction with what
they bring about. Killed in between, that piece is examined again: nothing is lost, nothing is told twice.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from oppidum.cases.acting import act
from oppidum.cases.declaration import get_service
from oppidum.cases.declaration.recorded import QUARANTINE, RELEASE
from oppidum.cases.files.attachments import tokens_in
from oppidum.cases.mailing.notices import follow_link
from oppidum.cases.mailing.sending import queue_mails
from oppidum.cases.models import Attachment, Case, Effect, Mail, Party
from oppidum.cases.outbox import handler
from oppidum.cases.reading import lock_standings
from oppidum.cases.rules.standing import SYSTEM, Command
from oppidum.core import clamd, clock
from oppidum.core.clamd import NotExamined, ScannerAway
from oppidum.core.errors import Refusal
from oppidum.core.sql import rows, server_cursor, text_array

Verdict = Attachment.Verdict
PIECE = 50
# A file that waits for longer than that is told of on /health/ready: the scanner is away, or chokes on it.
TOO_LONG = timedelta(hours=1)


class PutAside(Refusal):
    """The file holds something harmful: its bytes are handed to nobody."""

    code = "put-aside"
    status = 403


@dataclass(frozen=True)
class Patience:
    """How long a file waits for its next examination when the scanner is away or can't read it; twice as long each time."""

    first: timedelta = timedelta(seconds=30)
    longest: timedelta = timedelta(hours=1)


PATIENCE = Patience()


@dataclass
class _Round:
    """What a piece of files came to, by their path below MEDIA_ROOT."""

    said: dict[str, str] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    away: str = ""


def scan_waiting(limit: int = 100_000, seconds: float = 50) -> int:
    """Examine what is due, for `seconds` at most; returns how many files found their verdict. Nothing without a scanner."""
    if not settings.SCANNER:
        return 0
    until, done = time.monotonic() + seconds, 0
    while done < limit and time.monotonic() < until and (names := _due(min(PIECE, limit - done))):
        found = _examine(names, until)
        _settle(found)
        done += len(found.said)
        if found.away:
            break
    return done


def examine_again(now: datetime | None = None) -> int:
    """Everything is to be examined anew, with today's signatures; what was said before holds until then. Returns how many files."""
    with server_cursor() as cursor:
        cursor.execute("update cases_attachment set exam_after = %s, exam_attempts = 0", [now or clock.now()])
        return cursor.rowcount


def count_waiting() -> tuple[int, int]:
    """(files that nobody examined yet, those of them that have waited for too long)."""
    asked = {"before": clock.now() - TOO_LONG}
    return rows(
        """select count(*), count(*) filter (where uploaded_at < %(before)s)
           from cases_attachment where verdict = 'waiting' and exam_after is not null""",
        asked,
    )[0]


def too_old() -> str:
    """For operations: empty while the scanner keeps up, or where none is set up."""
    waiting, old = count_waiting() if settings.SCANNER else (0, 0)
    return f"{old} files wait for their examination for more than an hour ({waiting} in all): is the scanner there?" if old else ""


def refuse_harmful(attachment: Attachment) -> None:
    """Raises `PutAside` for a file that holds something harmful."""
    if attachment.verdict == Verdict.INFECTED:
        raise PutAside(
            _("“%(name)s” holds a harmful program (%(found)s): it was put aside, and nobody can open it.")
            % {"name": attachment.name, "found": attachment.found}
        )


def _due(most: int) -> list[str]:
    found = rows(
        """select file from cases_attachment where exam_after is not null and exam_after <= %(now)s
           group by file order by min(exam_after), file limit %(most)s""",
        {"now": clock.now(), "most": most},
    )
    return [name for (name,) in found]


def _examine(names: Sequence[str], until: float) -> _Round:
    """Ask the scanner about each; it stops at the first that nobody answers for, and when the time is over."""
    found = _Round()
    for name in names:
        try:
            with (Path(settings.MEDIA_ROOT) / name).open("rb") as file:
                found.said[name] = clamd.examine(file, settings.SCANNER)
        except ScannerAway as away:
            found.away = str(away)
            break
        except (NotExamined, OSError) as error:  # TimeoutError too: it concerns this file
            found.unread[name] = f"{type(error).__name__}: {error}"[:300]
        if time.monotonic() > until:
            break
    return found


def _settle(found: _Round) -> None:
    """Write verdicts, and what they bring about on the cases, in one transaction."""
    now = clock.now()
    with transaction.atomic():
        if found.said:
            _tell_cases(_write_verdicts(found.said, now), now)
        for names, why in ([(list(found.unread), found.unread)] if found.unread else []) + ([([], {})] if found.away else []):
            _put_off(names, why, now)


def _write_verdicts(said: Mapping[str, str], now: datetime) -> list[tuple[int, int, str, str]]:
    """Write them; returns (attachment, case, verdict before, verdict now) of those of cases whose verdict changed."""
    names, words = zip(*said.items(), strict=True)
    return rows(
        """
        with said(file, found) as (select * from unnest(%(names)s::text::text[], %(words)s::text::text[])),
        before as materialized (
            select a.id, a.case_id, a.verdict, said.found from cases_attachment a join said using (file) order by a.id for update of a
        )
        update cases_attachment a set verdict = case when before.found = '' then 'clean' else 'infected' end,
            found = left(before.found, 300), examined_at = %(now)s, exam_after = null, exam_attempts = 0
        from before where a.id = before.id
        returning a.id, coalesce(a.case_id, 0), before.verdict, a.verdict
        """,
        {"names": text_array(names), "words": text_array(words), "now": now},
    )


_PUT_OFF = """
    update cases_attachment set exam_attempts = least(exam_attempts + 1, 100), found = coalesce(w.why, found),
        exam_after = %(now)s + least(%(longest)s, %(first)s * power(2, least(exam_attempts, 12)))
    from (select a.id, s.why from cases_attachment a left join unnest(%(names)s::text::text[], %(words)s::text::text[]) as s(file, why)
          using (file) where a.exam_after <= %(now)s and (%(all)s or s.why is not null)) as w
    where cases_attachment.id = w.id and cases_attachment.verdict <> 'infected'
"""


def _put_off(names: Sequence[str], why: Mapping[str, str], now: datetime) -> None:
    """Those files, or all that are due, wait for their next turn."""
    asked: dict[str, Any] = {
        "names": text_array(names),
        "words": text_array([why[name] for name in names]),
        "all": not names,
        "now": now,
        "first": PATIENCE.first,
        "longest": PATIENCE.longest,
    }
    with server_cursor() as cursor:
        cursor.execute(_PUT_OFF, asked)


def _tell_cases(changed: Sequence[tuple[int, int, str, str]], now: datetime) -> None:
    """An entry in the journal of each case with a file that is put aside, or given back."""
    for action, fits in (
        (QUARANTINE, lambda before, after: after == Verdict.INFECTED and before != after),
        (RELEASE, lambda before, after: before == Verdict.INFECTED and before != after),
    ):
        papers: dict[int, list[int]] = {}
        for paper, case_id, before, after in changed:
            if case_id and fits(before, after):
                papers.setdefault(case_id, []).append(paper)
        if papers:
            act(_commands(action, papers), now)


def _commands(action: str, papers: Mapping[int, list[int]]) -> Iterator[tuple[int, Command]]:
    """The entry carries no name of a file; what rules count of a question by files is counted anew without the harmful ones."""
    standings = lock_standings(list(papers))
    kept = {
        token: verdict
        for token, verdict in Attachment.objects.filter(case__in=papers).values_list("token", "verdict")
        if verdict != Verdict.INFECTED
    }
    for case in Case.objects.filter(pk__in=papers).only("pk", "answers"):
        standing = standings[case.pk]
        service = get_service(standing.service, standing.definition)
        counted = {
            name: sum(token in kept for token in tokens)
            for name, value in case.answers.items()
            if name in service.facts_read and (tokens := list(tokens_in(value)))
        }
        more = {"put_aside": papers[case.pk]} if action == QUARANTINE else {}
        yield case.pk, Command(action, SYSTEM, counted | more)


@handler("quarantined", size=200)
def _tell_persons(effects: Sequence[Effect]) -> None:
    """Write to the author which file was put aside and what to do; once for an entry."""
    wanted = [paper for effect in effects for paper in effect.payload["papers"]]
    names = dict(Attachment.objects.filter(pk__in=wanted).values_list("pk", "name"))
    codes = dict(Case.objects.filter(pk__in=[e.case_id for e in effects]).values_list("pk", "code"))
    mails = []
    authors = Party.objects.filter(case__in=codes, role=Party.AUTHOR, notify=True).exclude(email="")
    for party in authors.order_by("pk"):
        for effect in (one for one in effects if one.case_id == party.case_id):
            named = ", ".join(f"“{names[paper]}”" for paper in effect.payload["papers"] if paper in names)
            with override(party.language):
                mails.append(
                    Mail(
                        case_id=party.case_id,
                        seq=effect.seq,
                        party=party,
                        to=party.email,
                        language=party.language,
                        subject=_("A file of your request can't be opened: %(code)s") % {"code": codes[party.case_id]},
                        body=_harmful_letter(named, codes[party.case_id]),
                        key=f"{effect.key}:{party.pk}",
                    )
                )
    queue_mails(mails)


def _harmful_letter(named: str, code: str) -> str:
    return _(
        "The file that you sent us holds a harmful program (a virus): %(files)s.\n\n"
        "It was put aside and nobody can open it: for us it has not arrived. Your request goes on. "
        "Have your computer checked, then send the document again from the page of your request:\n%(link)s"
    ) % {"files": named, "link": follow_link(code)}
