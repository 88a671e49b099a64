"""Keeping personal data no longer than declared: persons, words and pictures go, the facts stay and no figure changes.

GDPR, art. 5(1)(e). How long follows from how the case ended (`declaration/privacy.py`), and is looked at again at the moment of
removal, under lock: a case that was opened again, or that somebody must keep (money owed, an appeal, an answer still owed), keeps
everything. The removal is itself a fact of the journal. What is destroyed as an archive needs a visa: `oppidum/privacy/archives.py`.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from oppidum.cases.acting import act
from oppidum.cases.declaration import Service, catalogue, get_service, kept_of
from oppidum.cases.declaration.privacy import ANONYMISE, END, FILED, Kept, outcomes_of
from oppidum.cases.declaration.recorded import FORGET
from oppidum.cases.mailing import dead_addresses, post_box
from oppidum.cases.persons.rooms import held_back, last_days, remove_of
from oppidum.cases.reading import lock_standings, read_standings
from oppidum.cases.rules import keeping
from oppidum.cases.rules.standing import SYSTEM, Actor, Command, Standing
from oppidum.core import clock
from oppidum.core.calendar import add_months
from oppidum.core.sql import rows, server_cursor

BATCH = 1000

# The event's day plus months, then days, as `Duration.after` counts; an action that never happened leaves the end of the case.
_EVENT = {
    END: "(l.ended_at at time zone 'Europe/Paris')::date",
    FILED: "l.filed_on",
    "": """coalesce((select max(j.valid_at at time zone 'Europe/Paris')::date from cases_journal j
                where j.case_id = l.case_id and j.action = %(after)s), (l.ended_at at time zone 'Europe/Paris')::date)""",
}
_OVER = """
    select l.case_id from cases_live l
    where l.service = %(service)s and l.step = %(outcome)s and not l.is_open and l.forgotten_on is null and l.case_id > %(last)s
        and l.ended_at < %(ended_before)s and ({event} + make_interval(months => %(months)s, days => %(days)s))::date < %(today)s
    order by l.case_id limit %(limit)s
"""
_OLDER = """
    select distinct step from cases_live where service = %s and not is_open and forgotten_on is null and step <> all(%s)
"""
# A call that opened nothing has no case whose end could count: its own day does.
_CALLS = "update cases_call set phone = '', note = '' where case_id is null and received_at < %s and (phone <> '' or note <> '')"
# Links to one's own pages, mails to third parties: they belong to no case, and nobody asks what became of them after a season.
_LOOSE_MAILS = "delete from cases_mail where case_id is null and created_at < %s and fate not in ('queued', 'sending')"
LOOSE_MAILS_KEPT_MONTHS = 3
CALLS_KEPT_MONTHS = 24


def forget_persons(now: datetime | None = None) -> int:
    """Remove what may no longer be kept, of all services; returns how many cases. Run again, it does what is left."""
    now = now or clock.now()
    forgotten = 0
    for service in catalogue().values():
        for outcome, kept in all_outcomes(service).items():
            if kept.then == ANONYMISE:
                forgotten += sum(len(forget(ids, now)) for ids in due_cases(service, outcome, kept, now))
    _forget_loose(now)
    return forgotten


def all_outcomes(service: type[Service]) -> dict[str, Kept]:
    """Each end of the service with how long it keeps, those of older declarations too: they keep as "*" says."""
    older = {step for (step,) in rows(_OLDER, [service.code, list(service.flow.steps)])}
    return outcomes_of(service) | {step: kept_of(service, step) for step in older}


def due_cases(service: type[Service], outcome: str, kept: Kept, now: datetime, size: int = BATCH) -> Iterator[list[int]]:
    """The cases that ended so and whose time is over, in batches, whether or not somebody must keep them."""
    duration, today, last = kept.duration, clock.local_day(now), 0
    sql = _OVER.format(event=_EVENT.get(kept.after, _EVENT[""]))
    # Only an event that lies before the end can make a case due that ended less than its duration ago.
    shortest = timedelta(days=duration.months * 28 + duration.days) if kept.after == END else timedelta()
    asked = {
        "service": service.code,
        "outcome": outcome,
        "after": kept.after,
        "months": duration.months,
        "days": duration.days,
        "today": today,
        "ended_before": clock.midnight(today - shortest),
        "limit": size,
    }
    while found := [case_id for (case_id,) in rows(sql, asked | {"last": last})]:
        yield found
        last = found[-1]


def forget(
    case_ids: Sequence[int],
    now: datetime,
    *,
    actor: Actor = SYSTEM,
    data: Mapping[str, Any] | None = None,
    entirely: bool = False,
    at_wish: bool = False,
) -> list[int]:
    """Remove the personal data of those of the cases that may go at this moment; returns them.

    `at_wish`: a person asked for it (GDPR, art. 17), so the time need not be over. `entirely`: the file is destroyed, visa given.
    """
    with transaction.atomic():
        standings = lock_standings(case_ids)
        going = [case_id for case_id in case_ids if case_id in standings and standings[case_id].forgotten_on is None]
        held = why_kept({case_id: standings[case_id] for case_id in going}, clock.local_day(now), at_wish)
        going = [case_id for case_id in going if case_id not in held]
        outcomes = act([(case_id, Command(FORGET, actor, dict(data or {}))) for case_id in going], now)
        done = [outcome.case_id for outcome in outcomes if not outcome.refusal]
        remove_of(done, entirely)
    return done


def why_kept(standings: Mapping[int, Standing], today: date, at_wish: bool = False) -> dict[int, Any]:
    """Why each of those cases keeps its persons today; the cases that may go are left out."""
    kept: dict[int, Any] = dict(held_back(list(standings)))
    lasts = last_days_of(standings)
    for case_id, standing in standings.items():
        service = get_service(standing.service, standing.definition)
        if case_id in kept:
            continue
        if says := keeping.find_hold(service, service.known(standing, today)):
            kept[case_id] = says
            continue
        verdict = keeping.judge_erasure(service, standing, lasts[case_id], False, today)
        over = (
            verdict.allowed if at_wish else not standing.is_open and keeping.kept_until(service, standing, lasts[case_id]) < today
        )
        if not over:
            kept[case_id] = verdict
    return kept


def last_days_of(standings: Mapping[int, Standing]) -> dict[int, dict[str, date]]:
    """The last days of the actions from which the time of those cases counts."""
    events = {kept_of(get_service(s.service, s.definition), s.step).after for s in standings.values()} - {END, FILED}
    return last_days(list(standings), events)


def overdue(now: datetime | None = None, limit: int = 200) -> list[tuple[int, Any]]:
    """Cases whose time is over and that somebody must keep, each with the reason: for the officer of data protection."""
    now = now or clock.now()
    found: list[tuple[int, Any]] = []
    for service in catalogue().values():
        for outcome, kept in all_outcomes(service).items():
            for ids in due_cases(service, outcome, kept, now):
                found += why_kept(read_standings(ids), clock.local_day(now)).items()
                if len(found) >= limit:
                    return found[:limit]
    return found


def _forget_loose(now: datetime) -> None:
    """Calls that opened nothing, mails about no case, what was parked, marks of dead addresses: their own day counts."""
    today = clock.local_day(now)
    with server_cursor() as cursor:
        cursor.execute(_CALLS, [clock.midnight(add_months(today, -CALLS_KEPT_MONTHS))])
        cursor.execute(_LOOSE_MAILS, [clock.midnight(add_months(today, -LOOSE_MAILS_KEPT_MONTHS))])
    post_box.drop_old(now)
    dead_addresses.drop_lapsed(now)
