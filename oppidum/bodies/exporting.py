"""The deliberations in the national open format (SCDL deliberations 2.1.5), streamed from SQL: a year costs the memory of a thousand rows.

`DELIB_MATIERE_CODE` and `_NOM` follow the ACTES classification (see `matters.py`).
"""

from collections.abc import Iterator

from django.conf import settings

from oppidum.bodies.matters import DEFAULT, matter_name
from oppidum.bodies.models import Secretariat
from oppidum.core.streaming import stream_rows
from oppidum.territory.models import Intercommunality

COLUMNS = (
    "COLL_NOM",
    "COLL_SIRET",
    "DELIB_ID",
    "DELIB_DATE",
    "DELIB_MATIERE_CODE",
    "DELIB_MATIERE_NOM",
    "DELIB_OBJET",
    "BUDGET_ANNEE",
    "BUDGET_NOM",
    "PREF_ID",
    "PREF_DATE",
    "VOTE_EFFECTIF",
    "VOTE_REEL",
    "VOTE_POUR",
    "VOTE_CONTRE",
    "VOTE_ABSTENTION",
    "DELIB_URL",
)
# The vote's columns go together or not at all: a single candidate is elected without one.
_SQL = """
    select act.code, act.decided_on, act.matter, act.title,
        case when act.budget_name <> '' then act.budget_year else '' end, case when act.budget_year <> '' then act.budget_name else '' end,
        (act.received_at at time zone 'Europe/Paris')::date, item.in_office, item.votes_for, item.against, item.abstained
    from bodies_act act left join bodies_item item on item.id = act.item_id
    where act.series = 'deliberation' and act.published_on is not null
        and act.decided_on >= make_date(%s, 1, 1) and act.decided_on < make_date(%s, 1, 1)
    order by act.decided_on, act.number
"""


def deliberations(year: int) -> Iterator[list[str]]:
    """The header, then a row for each deliberation of that year that is online."""
    office = Secretariat.objects.first()
    name = Intercommunality.objects.values_list("name", flat=True).first() or ""
    siret, prefecture = (office.siret, office.prefecture) if office else ("", "")
    yield list(COLUMNS)
    for code, day, matter, title, budget_year, budget_name, received, *counts in stream_rows(_SQL, [year, year + 1]):
        matter = matter or DEFAULT
        yield [
            name,
            siret,
            code,
            day.isoformat(),
            matter,
            matter_name(matter),
            title,
            budget_year,
            budget_name,
            prefecture if received else "",
            received.isoformat() if received else "",
            *_votes(*counts),
            f"{settings.PUBLIC_URL}/acts/{code}.pdf",
        ]


def _votes(in_office: int | None, votes_for: int | None, against: int | None, abstained: int | None) -> list[str]:
    """Effective, real, for, against, abstained: the real number is the sum of the three."""
    if not in_office or not (voting := votes_for + against + abstained):
        return [""] * 5
    return [str(n) for n in (max(in_office, voting), voting, votes_for, against, abstained)]
