"""What the lake holds: for each table the columns that name nobody, and the instant that puts a row into its month.

A column that is not named here is not in the lake. Of a form's answers and an act's data, those stay that stay after a case's persons
went (`engine_data.factual_names`). No code of a case is in it, for a code is its author's key: rows are joined by numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import pyarrow as pa

from oppidum.cases.declaration import Service, catalogue
from oppidum.cases.persons.engine_data import factual_names, forms_of

INSTANT, DAY = pa.timestamp("us", tz="UTC"), pa.date32()
INTEGER, TEXT, TRUTH = pa.int64(), pa.string(), pa.bool_()
AMOUNT = pa.decimal128(26, 6)


@dataclass(frozen=True)
class Table:
    """A table of the lake. `columns`: name -> (SQL, type). `at` is the SQL of the instant of a row; empty: a small table of names,
    written anew each time. `since`: a column never before `at`, by which PostgreSQL leaves partitions out.

    `appended`: rows are never changed, so their number and the last `appended` (SQL of an instant) tell whether a month is as it was;
    else a sum over all that is written tells.
    """

    name: str
    rows: str
    columns: Mapping[str, tuple[str, pa.DataType]]
    at: str = ""
    since: str = ""
    appended: str = ""

    def schema(self) -> pa.Schema:
        return pa.schema([(name, kind) for name, (_, kind) in self.columns.items()])

    def seen(self) -> str:
        """SQL that tells a month's rows from what they were."""
        if self.appended:
            return f"max({self.appended})::text"
        told = ", ".join(f"({sql})::text" for sql, _ in self.columns.values())
        return f"sum(hashtextextended(concat_ws('|', {told}), 0)::numeric)::text"


def _plain(alias: str, **kinds: pa.DataType) -> dict[str, tuple[str, pa.DataType]]:
    return {name: (f"{alias}.{name}", kind) for name, kind in kinds.items()}


# Names that the engine itself writes and figures read.
_ENGINE_NAMES = ("team",)
_KEPT = "left join lateral (select %(kept)s::jsonb -> c.service as names) kept on true"


def _factual(document: str) -> str:
    """SQL of a document with the names that stay."""
    return f"""case when {document} = '{{}}' then '{{}}' else (select coalesce(jsonb_object_agg(one.key, one.value), '{{}}')::text
        from jsonb_each({document}) one where kept.names ? one.key) end"""


TABLES = (
    Table(
        "cases_case",
        f"cases_case c {_KEPT}",
        _plain("c", id=INTEGER, service=TEXT, channel=TEXT, filed_category=TEXT, commune_id=TEXT, filed_at=INSTANT, recorded_at=INSTANT)
        | {"answers": (_factual("c.answers"), TEXT)},
        at="c.filed_at",
    ),
    Table(
        "cases_journal",
        f"cases_journal j join cases_case c on c.id = j.case_id {_KEPT}",
        _plain("j", case_id=INTEGER, seq=INTEGER, valid_at=INSTANT, recorded_at=INSTANT, actor_kind=TEXT, action=TEXT, from_step=TEXT, to_step=TEXT)
        | {"team": ("(j.data ->> 'team')::bigint", INTEGER), "data": (_factual("j.data"), TEXT)},
        at="j.valid_at",
        since="j.recorded_at",
        appended="j.recorded_at",
    ),
    Table("cases_call", "cases_call k", _plain("k", id=INTEGER, received_at=INSTANT, outcome=TEXT, case_id=INTEGER, commune_id=TEXT, category=TEXT), at="k.received_at"),
    Table(
        "bookings_booking",
        "bookings_booking b left join cases_case c on c.code = b.reference",
        _plain("b", id=INTEGER, kind=TEXT, resource_id=INTEGER, day=DAY, state=TEXT, taken_at=INSTANT, ended_at=INSTANT) | {"reference": ("c.id::text", TEXT)},
        at="b.taken_at",
    ),
    Table(
        "bookings_slot",
        "bookings_slot o",
        _plain("o", id=INTEGER, resource_id=INTEGER, starts_at=INSTANT, capacity=AMOUNT, taken=AMOUNT, is_open=TRUTH),
        at="o.starts_at",
    ),
    Table("payments_charge", "payments_charge g", _plain("g", id=INTEGER, case_id=INTEGER, fee=TEXT, charged_on=DAY), at="g.created_at"),
    Table(
        "payments_movement",
        "payments_movement m",
        _plain("m", id=INTEGER, charge_id=INTEGER, kind=TEXT, amount_cents=INTEGER, valid_on=DAY, recorded_at=INSTANT),
        at="(m.valid_on::timestamp at time zone 'Europe/Paris')",
        appended="m.recorded_at",
    ),
    Table("cases_mail", "cases_mail e", _plain("e", id=INTEGER, case_id=INTEGER, fate=TEXT, created_at=INSTANT), at="e.created_at"),
    Table("cases_attachment", "cases_attachment f", _plain("f", id=INTEGER, case_id=INTEGER, content_type=TEXT, uploaded_at=INSTANT), at="f.uploaded_at"),
    Table(
        "publishing_paper",
        "publishing_paper p",
        _plain("p", id=INTEGER, case_id=INTEGER, letter=TEXT, kind=TEXT, fate=TEXT, rank=INTEGER, made_at=INSTANT),
        at="p.made_at",
    ),
    Table(
        "publishing_datasetversion",
        "publishing_datasetversion v",
        _plain("v", id=INTEGER, dataset=TEXT, number=INTEGER, at=INSTANT),
        at="v.at",
        appended="v.at",
    ),
    Table(
        "publishing_datasetuse",
        "publishing_datasetuse u",
        _plain("u", id=INTEGER, dataset=TEXT, day=DAY, format=TEXT, count=INTEGER),
        at="(u.day::timestamp at time zone 'Europe/Paris')",
    ),
    Table("partners_message", "partners_message x", _plain("x", id=INTEGER, case_id=INTEGER, partner=TEXT, fate=TEXT, comes_in=TRUTH, created_at=INSTANT), at="x.created_at"),
    Table(
        "bodies_act",
        "bodies_act a",
        _plain("a", id=INTEGER, series=TEXT, body_id=INTEGER, case_id=INTEGER, is_individual=TRUTH, decided_on=DAY),
        at="(a.decided_on::timestamp at time zone 'Europe/Paris')",
    ),
    Table(
        "figures_accountline",
        "figures_accountline l",
        _plain("l", id=INTEGER, file_id=INTEGER, kind=TEXT, begins_on=DAY, commune_id=TEXT, quantity=AMOUNT) | {"dimensions": ("l.dimensions::text", TEXT)},
        at="(l.begins_on::timestamp at time zone 'Europe/Paris')",
    ),
    Table("figures_accountfile", "figures_accountfile f", _plain("f", id=INTEGER, name=TEXT, is_current=TRUTH)),
    Table("bodies_sitting", "bodies_sitting i", _plain("i", id=INTEGER, body_id=INTEGER, code=TEXT, state=TEXT, at=INSTANT), at="i.at"),
    Table("bodies_body", "bodies_body b", _plain("b", id=INTEGER, name=TEXT, kind=TEXT)),
    Table("bookings_resource", "bookings_resource r", _plain("r", id=INTEGER, code=TEXT, name=TEXT, kind=TEXT, site_id=INTEGER)),
    Table("bookings_site", "bookings_site s", _plain("s", id=INTEGER, code=TEXT, name=TEXT, commune_id=TEXT)),
    Table("people_team", "people_team t", _plain("t", id=INTEGER, code=TEXT)),
)  # fmt: skip

# Views over the files under the tables' own names, so that a figure's SQL runs on both: the team in charge is the last that the journal
# names, and a case's code stands for its number.
VIEWS = {
    "cases_live": "select case_id, max_by(team, seq) as team_id from cases_journal where team is not null group by case_id",
}


@lru_cache(maxsize=1)
def kept_names() -> dict[str, list[str]]:
    """For each service the names of answers and data that name nobody, nor another case: a reference is a code."""
    return {code: sorted({*factual_names(service), *_ENGINE_NAMES} - _references(service)) for code, service in catalogue().items()}


def _references(service: type[Service]) -> set[str]:
    return {name for form in forms_of(service) for name, question in form.items() if question.kind == "reference"}
