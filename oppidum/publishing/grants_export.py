"""The key data of grants in the national open format (SCDL subventions 2.1.1; décret 2017-779, arrêté of 17 November 2017): online within
three months of the signature. Streamed from SQL.

A service whose declaration has `grants` is read: the answers `association` (or `beneficiary`) and `title`, and the facts `granted` (cents),
`signed_on`, `instalments`, `pay_from`, `pay_until`; the act is the body's. Natural persons are never listed (CRPA, art. L312-1-2).
"""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from oppidum.bodies.models import Secretariat
from oppidum.cases.declaration import catalogue
from oppidum.core.calendar import add_months
from oppidum.core.streaming import stream_rows
from oppidum.territory.models import Intercommunality

COLUMNS = (
    "nomAttribuant",
    "idAttribuant",
    "dateConvention",
    "referenceDecision",
    "nomBeneficiaire",
    "idBeneficiaire",
    "rnaBeneficiaire",
    "objet",
    "montant",
    "nature",
    "conditionsVersement",
    "datesPeriodeVersement",
    "idRAE",
    "notificationUE",
    "pourcentageSubvention",
    "dispositifAide",
)
LONGEST_OBJECT = 256
PUBLISHED_MONTHS = 3

# Signed: the day of the agreement, else that of the act, which is then what grants.
_SQL = """
    select coalesce(live.facts ->> 'signed_on', act.decided_on::text) as signed_on, act.code,
        coalesce(c.answers -> 'association', c.answers -> 'beneficiary') as party, c.answers ->> 'title',
        (live.facts ->> 'granted')::bigint, (live.facts ->> 'instalments')::int, live.facts ->> 'pay_from', live.facts ->> 'pay_until'
    from cases_case c
    join cases_live live on live.case_id = c.id
    join lateral (
        select code, decided_on from bodies_act a where a.case_id = c.id order by a.id desc limit 1
    ) act on true
    where c.service = any(%s) and live.facts ? 'granted' and live.facts ? 'pay_from'
        and coalesce(live.facts ->> 'signed_on', act.decided_on::text) between %s and %s
    order by 1, 2
"""


def grants(year: int) -> Iterator[list[str]]:
    """The header, then a row for each grant signed in that year whose payment is settled."""
    office = Secretariat.objects.first()
    name = Intercommunality.objects.values_list("name", flat=True).first() or ""
    services = [service.code for service in catalogue().values() if getattr(service, "grants", ())]
    yield list(COLUMNS)
    for signed_on, code, party, title, cents, instalments, first, last in stream_rows(
        _SQL, [services, f"{year}-01-01", f"{year}-12-31"]
    ):
        party = json.loads(party) if isinstance(party, str) else party or {}
        if party.get("kind") == "person" or not party.get("name"):
            continue
        giver = [name, office.siret if office else ""]
        yield [*giver, signed_on, code, *_receiver(party), title[:LONGEST_OBJECT], *_money(cents, instalments, first, last)]


def publish_by(signed_on: date) -> date:
    """The last day to put a grant's data online: three months from the signature."""
    return add_months(signed_on, PUBLISHED_MONTHS)


def _receiver(party: dict[str, Any]) -> list[str]:
    rna = party.get("rna", "")
    # The national pattern knows W and nine digits; a number of Corsica or overseas with a letter inside stays out.
    return [party["name"], party.get("siret", ""), rna if rna[1:].isdigit() else ""]


def _money(cents: int, instalments: int | None, first: str, last: str | None) -> list[str]:
    several = (instalments or 1) > 1
    when = f"{first}/{last}" if several and last else first
    return [
        f"{cents / 100:.2f}",
        "aide en numéraire",
        "échelonné" if several else "unique",
        when,
        "",
        "non",
        "1",
        "",
    ]
