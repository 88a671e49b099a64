"""The public register of properties acquired by pre-emption and of their real use (code de l'urbanisme, art. L213-13; art. R213-20).

A service whose flow has the act `record_use` is read: the answers `parcels`, `kind` and `price`, the facts `purpose` and `paid`, and the
day of payment in the journal. Sellers, buyers and notaries are never listed. Streamed from SQL.
"""

import json
from collections.abc import Iterator
from typing import Any

from oppidum.cases.declaration import Service, catalogue
from oppidum.core.streaming import stream_rows

COLUMNS = (
    "commune",
    "parcelles",
    "surface_m2",
    "nature",
    "objet",
    "prix_declare",
    "prix_paye",
    "date_paiement",
    "utilisation_effective",
)

# A property that was paid stays in the register under the year of its payment; of its uses the last one told counts.
_SQL = """
    select c.service, c.commune_id, c.answers -> 'parcels', c.answers ->> 'kind', live.facts ->> 'purpose',
        (c.answers ->> 'price')::bigint, (paid.data ->> 'paid')::bigint, paid.data ->> 'paid_day', used.data ->> 'real_use'
    from cases_journal paid
    join cases_case c on c.id = paid.case_id
    join cases_live live on live.case_id = c.id
    left join lateral (
        select data from cases_journal u where u.case_id = c.id and u.action = 'record_use' order by u.seq desc limit 1
    ) used on true
    where paid.action = 'pay' and c.service = any(%s) and paid.data ->> 'paid_day' between %s and %s
    order by paid.data ->> 'paid_day', c.id
"""


def acquisitions(year: int) -> Iterator[list[str]]:
    """The header, then a row for each property whose price was paid or deposited in that year."""
    services = {code: service for code, service in catalogue().items() if "record_use" in service.flow.actions}
    yield list(COLUMNS)
    for code, commune, parcels, kind, purpose, price, paid, day, use in stream_rows(
        _SQL, [list(services), f"{year}-01-01", f"{year}-12-31"]
    ):
        parcels = json.loads(parcels) if isinstance(parcels, str) else parcels or []
        service = services[code]
        names = " ".join(f"{one['section']} {one['number']}" for one in parcels)
        area = str(sum(one["area_m2"] for one in parcels))
        said = [_say(service.form["kind"], kind), _say(_demand(service, "purpose"), purpose)]
        yield [commune or "", names, area, *said, _euros(price), _euros(paid), day, use or ""]


def _demand(service: type[Service], name: str) -> Any:
    return next(action.demands[name] for action in service.flow.actions.values() if name in action.demands)


def _say(question: Any, value: str | None) -> str:
    return str(question.show(value)) if value else ""


def _euros(cents: int | None) -> str:
    return "" if cents is None else f"{cents / 100:.2f}"
