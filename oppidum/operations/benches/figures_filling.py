"""A year of cases to count: a few that went their way through the engine, the others copied from them by SQL, spread over the year."""

from datetime import datetime, timedelta
from random import Random

from oppidum.cases.acting import act_on
from oppidum.cases.declaration import get_service
from oppidum.cases.declaration.sampling import Sampler
from oppidum.cases.filing import NewCase, file_case
from oppidum.cases.models import Case
from oppidum.cases.rules.standing import Actor, Command
from oppidum.cases.writing import ensure_months
from oppidum.core import clock
from oppidum.core.calendar import add_months
from oppidum.core.sql import rows, server_cursor
from oppidum.payments.models import Charge, Movement
from oppidum.people.models import Officer, Right

BEGIN = (1, 2, 8)
SPREAD_MINUTES = 340 * 24 * 60
BLOCK = 50_000
# What becomes of a report: the acts with the hours between them, and how many in a hundred cases go this way.
WAYS = (
    (30, (("plan", 4), ("start", 20), ("finish", 6))),
    (22, (("note", 2), ("plan", 5), ("start", 40), ("finish", 30))),
    (14, (("plan", 12), ("start", 70), ("finish", 90), ("object", 30), ("start", 20), ("finish", 10))),
    (8, (("note", 3), ("reject", 30))),
    (8, (("note", 3), ("plan", 24), ("note", 2))),
)
# Requests to other services, the same way.
OTHERS = (
    (8, "intended-sale", (("waive", 500),)),
    (6, "rental-permit", (("complete", 50), ("favourable", 300))),
    (4, "rental-permit", (("complete", 50), ("conditional", 200))),
)
_DATA = {
    "plan": {"day": "2025-01-06"},
    "finish": {"what_was_done": "Fait"},
    "reject": {"reason": "not_found", "message": "Rien trouvé."},
    "object": {"message": "C’est revenu."},
    "note": {"note": "Rappelé."},
}
_SHIFTED = {"filed_at", "recorded_at", "valid_at", "updated_at", "ended_at"}
_JOURNAL_DATA = "case when s.data ? 'team' then jsonb_set(s.data, '{team}', to_jsonb(made.team)) else s.data end"
_COLUMNS = """
    select array_agg(column_name::text order by ordinal_position) from information_schema.columns
    where table_schema = 'public' and table_name = %s and is_generated = 'NEVER'
"""


def fill_year(cases: int, year: int) -> dict[str, int]:
    """Fill the database in use; returns how many rows of each table there are."""
    ensure_months({add_months(datetime(year, 1, 1).date(), n) for n in range(14)})
    for share, seed in [*((share, _report(year, acts, n)) for n, (share, acts) in enumerate(WAYS)), *_others(year)]:
        left = cases * share // 100 - 1
        while left > 0:
            _copy(seed, min(left, BLOCK))
            left -= BLOCK
    _fill_beside()
    with server_cursor() as cursor:
        for table in ("cases_case", "cases_live", "cases_journal", "cases_call", "payments_charge", "payments_movement"):
            cursor.execute(f"vacuum analyze {table}")
        cursor.execute("checkpoint")
    return count_rows()


def count_rows() -> dict[str, int]:
    """Rows of the tables that are counted most."""
    tables = ("cases_case", "cases_journal", "cases_call", "payments_movement")
    return {table: rows(f"select count(*) from {table}")[0][0] for table in tables}


def _report(year: int, acts, number: int) -> int:
    category = list(get_service("report").categories)[number]
    new = NewCase(service="report", category=category, lon=5.37, lat=43.3, commune="13055", channel="portal")
    return _lead(new, year, acts)


def _others(year: int):
    for number, (share, code, acts) in enumerate(OTHERS):
        service = get_service(code)
        answers = Sampler(Random(number), datetime(year, *BEGIN[:2]).date()).answers(service.form)
        yield share, _lead(NewCase(service=code, channel="desk", answers=answers), year, acts)


def _lead(new: NewCase, year: int, acts) -> int:
    """File a case and take the acts at their hours. Raises `Refusal` for one that the rules refuse."""
    now = datetime(year, *BEGIN, tzinfo=clock.PARIS)
    officer = Actor("officer", Officer.objects.values_list("pk", flat=True).first(), "Bench", frozenset(Right.values))
    with clock.at(now):
        case_id = file_case(new).case_id
    for name, hours in acts:
        now += timedelta(hours=hours)
        actor = Actor("resident") if name == "object" else officer
        with clock.at(now):
            act_on(case_id, Command(name, actor, _DATA.get(name, {})))
    return case_id


def _copy(seed: int, times: int) -> None:
    """So many cases more like one: at other instants, in other communes, by other channels, of other categories and teams."""
    case = {"id": "made.id", "code": "lpad(made.id::text, 11, '0')", "key": "null", "search": "null"}
    varied = {
        "commune_id": "made.commune",
        "commune": "made.commune",
        "channel": "made.channel",
        "filed_category": "made.category",
        "team_id": "made.team",
    }
    with server_cursor() as cursor:
        cursor.execute(
            f"""
            with ids as materialized (select nextval('cases_case_id_seq') as id from generate_series(1, %(times)s::int)),
            made as materialized (
                select id, make_interval(mins => ((id * 7919) %% %(spread)s::int)::int) as shift,
                    (%(communes)s::text[])[1 + id * 31 %% array_length(%(communes)s::text[], 1)] as commune,
                    (array['portal', 'phone', 'phone', 'open311', 'desk'])[1 + id * 17 %% 5] as channel,
                    (%(categories)s::text[])[1 + id * 13 %% array_length(%(categories)s::text[], 1)] as category,
                    (%(teams)s::bigint[])[1 + id * 11 %% array_length(%(teams)s::bigint[], 1)] as team
                from ids
            ), cases as (insert into cases_case {_selected("cases_case", case | varied)} from made, cases_case s where s.id = %(seed)s::bigint),
            standing as (insert into cases_live {_selected("cases_live", {"case_id": "made.id"} | varied | {"category": "made.category"})}
                from made, cases_live s where s.case_id = %(seed)s::bigint)
            insert into cases_journal {_selected("cases_journal", {"case_id": "made.id", "data": _JOURNAL_DATA})}
            from made, cases_journal s where s.case_id = %(seed)s::bigint
            """,
            _picks(seed) | {"times": times, "seed": seed, "spread": SPREAD_MINUTES},
        )


def _selected(table: str, given: dict[str, str]) -> str:
    """The columns of an insert, and what is selected for them."""
    columns = rows(_COLUMNS, [table])[0][0]
    values = [given.get(name, f"s.{name} + made.shift" if name in _SHIFTED else f"s.{name}") for name in columns]
    return f"({', '.join(columns)}) select {', '.join(values)}"


def _picks(seed: int) -> dict[str, list]:
    service = get_service(rows("select service from cases_case where id = %s", [seed])[0][0])
    return {
        "communes": [
            code for (code,) in rows("select code from territory_commune where intercommunality_id is not null order by code")
        ],
        "categories": list(service.categories) or [""],
        "teams": [team for (team,) in rows("select id from people_team order by id")],
    }


def _fill_beside() -> None:
    """A call for two cases in three, and a paid bill for each twentieth."""
    now = clock.now()
    first = Case.objects.order_by("id").first()
    charge = Charge.objects.create(
        case=first,
        act=1,
        fee="pass",
        reference="bench",
        lines=[],
        total_cents=4500,
        balance_cents=0,
        charged_on=now,
        due_on=now,
        created_at=now,
    )
    line = Movement.objects.create(charge=charge, kind="charge", amount_cents=4500, key="bench", valid_on=now, recorded_at=now)
    day = {"charged_on": "c.filed_at::date", "due_on": "c.filed_at::date + 30", "created_at": "c.filed_at"}
    case = {"id": "nextval('payments_charge_id_seq')", "case_id": "c.id", "reference": "c.id::text"}
    moved = {
        "id": "nextval('payments_movement_id_seq')",
        "charge_id": "g.id",
        "key": "g.id || sort.name",
        "valid_on": "g.charged_on",
        "recorded_at": "g.created_at",
    }
    amount = {"kind": "sort.name", "amount_cents": "case sort.name when 'charge' then 4500 else -4500 end"}
    officer = Officer.objects.values_list("pk", flat=True).first()
    with server_cursor() as cursor:
        cursor.execute(_CALLS, {"officer": officer})
        cursor.execute(
            f"""insert into payments_charge {_selected("payments_charge", case | day)} from cases_case c, payments_charge s
                where c.id %% 20 = 0 and s.id = %(id)s::bigint and c.id <> s.case_id""",
            {"id": charge.pk},
        )
        cursor.execute(
            f"""insert into payments_movement {_selected("payments_movement", moved | amount)}
                from payments_charge g, payments_movement s, unnest(array['charge', 'payment']) as sort (name)
                where s.id = %(id)s::bigint and g.id <> s.charge_id""",
            {"id": line.pk},
        )


_CALLS = """
    insert into cases_call (received_at, officer_id, outcome, case_id, phone, commune_id, category, note)
    select filed_at, %(officer)s::bigint, (array['report', 'information', 'follow_up'])[1 + id %% 3], case when id %% 3 = 0 then id end, '',
        commune_id, '', '' from cases_case where id %% 3 <> 1
"""
