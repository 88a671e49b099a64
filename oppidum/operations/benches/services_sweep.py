"""How long the night's legal sweep takes over a million open cases, of which some fall due; and that it takes each exactly once."""

import time
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from oppidum.cases.acting import BATCH
from oppidum.cases.declaration import get_service
from oppidum.cases.declaration.sampling import Sampler
from oppidum.cases.filing import NewCase, file_cases
from oppidum.cases.reading import read_standings
from oppidum.cases.sweeping import sweep
from oppidum.cases.writing import CHANGING, JOURNAL_TYPES, UPDATE_LIVE, live_columns
from oppidum.core import clock
from oppidum.core.calendar import add_months
from oppidum.core.sql import rows, server_cursor
from oppidum.operations.benches.answer import Answer
from oppidum.operations.benches.scratch import own_siren, scratch_database

SERVICE, SILENCE = "rental-permit", "tacit"
BLOCKS = 50
_COLUMNS = """
    select string_agg(quote_ident(column_name), ', ' order by ordinal_position) from information_schema.columns
    where table_schema = 'public' and table_name = %s and not column_name = any(%s) and is_generated = 'NEVER'
"""


def run(open_cases: int = 1_000_000, due: int = 20_000) -> Answer:
    """Sweep `open_cases` rental permits, of which a month of silence is over for `due`, spread over the whole table."""
    with scratch_database(own_siren()):
        figures, floor = measure(open_cases, due)
    return Answer("services_sweep", figures, floor, settings=settings_of(open_cases, due))


def settings_of(open_cases: int, due: int) -> dict[str, object]:
    filled = "two cases filed through the engine, the others copied from them by SQL, row by row of case, standing and journal"
    return {"open_cases": open_cases, "due": due, "service": SERVICE, "filled": filled, "batch": BATCH, "connections": 1}


def measure(open_cases: int, due: int) -> tuple[dict[str, float], dict[str, float]]:
    """Figures and floor, on the database in use. Fails unless each due case lapsed once and no other moved."""
    filled_s = _fill(open_cases, due)
    began = time.perf_counter()
    swept = sweep()
    sweep_s = time.perf_counter() - began
    ids = [i for (i,) in rows("select case_id from cases_journal where action = %s order by case_id", [SILENCE])]
    if swept != due or len(ids) != due or len(set(ids)) != due or sweep():
        raise RuntimeError(f"{due} cases were due; {swept} were swept, {len(ids)} entries written for {len(set(ids))} cases")
    figures = {"sweep_s": round(sweep_s, 2), "swept_per_second": round(due / sweep_s), "filled_s": round(filled_s, 1)}
    return figures, {"walk_and_write_s": round(_floor_seconds(ids), 2)}


def _fill(open_cases: int, due: int) -> float:
    began = time.perf_counter()
    now = clock.now()
    # Silence falls at the midnight that ends the same number of the next month: filed a month and a day ago, it fell last night.
    late = clock.midnight(add_months(clock.local_day(now), -1) - timedelta(days=1)) + timedelta(hours=9)
    recent, overdue = file_cases([_request(now - timedelta(days=3)), _request(late)])
    for block in range(BLOCKS):
        _copy(recent.case_id, _share(open_cases - due - 1, block))
        _copy(overdue.case_id, _share(due - 1, block))
    with server_cursor() as cursor:
        for table in ("cases_case", "cases_live", "cases_journal"):
            cursor.execute(f"analyze {table}")
        cursor.execute("checkpoint")
    return time.perf_counter() - began


def _share(total: int, block: int) -> int:
    return total // BLOCKS + (block < total % BLOCKS)


def _request(filed_at: datetime) -> NewCase:
    service = get_service(SERVICE)
    answers = Sampler(Random(1), clock.local_day(filed_at)).answers(service.form)
    return NewCase(service=SERVICE, channel="portal", answers=answers, filed_at=filed_at)


def _copy(case_id: int, times: int) -> None:
    """So many cases more, with the standing and the journal of that one, codes of their own."""
    (case,), (live,), (journal,) = (
        rows(_COLUMNS, [table, aside])[0]
        for table, aside in (
            ("cases_case", ["id", "code", "key"]),
            ("cases_live", ["case_id"]),
            ("cases_journal", ["id", "case_id"]),
        )
    )
    with server_cursor() as cursor:
        cursor.execute(
            f"""
            with made as (
                insert into cases_case (code, {case})
                select lpad(nextval('cases_case_id_seq')::text, 11, '0'), {case}
                from cases_case, generate_series(1, %s) where id = %s returning id
            ), standing as (
                insert into cases_live (case_id, {live}) select made.id, {live} from made, cases_live where case_id = %s
            )
            insert into cases_journal (case_id, {journal}) select made.id, {journal} from made, cases_journal where case_id = %s
            """,
            [times, case_id, case_id, case_id],
        )


def _floor_seconds(ids: list[int]) -> float:
    """The walk over the narrow table, and one more update by key and one COPY into the journal for the same cases, made ready
    beforehand: nothing is read, locked or decided."""
    now, ready = clock.now(), []
    for start in range(0, len(ids), BATCH):
        after = [case._replace(version=case.version + 1) for case in read_standings(ids[start : start + BATCH]).values()]
        journal = "".join(
            f"{c.case_id}\t{c.version}\t{now}\t{now}\tsystem\t\\N\t\tbench\t{c.step}\t{c.step}\t{{}}\n" for c in after
        )
        ready.append((live_columns(after, CHANGING), journal))
    began = time.perf_counter()
    rows("select case_id from cases_live where is_open and wakes_on <= %s order by case_id", [clock.today()])
    for live, journal in ready:
        with transaction.atomic(), server_cursor() as cursor:
            cursor.execute(UPDATE_LIVE, live)
            with cursor.copy(f"copy cases_journal ({', '.join(JOURNAL_TYPES)}) from stdin") as into:
                into.write(journal)
    return time.perf_counter() - began
