"""The institution as open data: deliberations and grants in the national formats (SCDL), acts, sittings, pre-emptions, the directory."""

from collections.abc import Callable, Iterator
from datetime import date

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from oppidum.bodies.exporting import deliberations
from oppidum.core import clock
from oppidum.core.sql import rows
from oppidum.publishing.datasets.declaration import (
    DAILY,
    ECONOMY,
    GOVERNMENT,
    REGIONS,
    WEEKLY,
    Chart,
    Column,
    Dataset,
    Drop,
    Export,
    NationalSchema,
    Query,
)
from oppidum.publishing.grants_export import grants
from oppidum.publishing.preemptions_export import acquisitions

OWNER = "institution"
SIRET = r"\d{14}"


def all_years(export: Callable[[int], Iterator[list[str]]]) -> Callable[[], Iterator[list[str]]]:
    """A yearly export as one table: its header, then the rows of each year since the first act or case."""

    def rows_of_years() -> Iterator[list[str]]:
        this_year = clock.today().year
        first = rows("select least((select min(decided_on) from bodies_act), (select min(filed_at)::date from cases_case))")[0][0]
        for n, year in enumerate(range((first or date(this_year, 1, 1)).year, this_year + 1)):
            table = export(year)
            header = next(table)
            if n == 0:
                yield header
            yield from table

    return rows_of_years


DELIBERATIONS = Dataset(
    "deliberations",
    _("Deliberations"),
    says=_("Every deliberation that is online, with its vote, in the national format SCDL."),
    owner=OWNER,
    theme=GOVERNMENT,
    frequency=DAILY,
    keywords=(_("deliberations"), _("council"), _("votes"), "SCDL"),
    source=Export(all_years(deliberations), has_header=True),
    schema=NationalSchema("scdl/deliberations", "2.1.5", "https://schema.data.gouv.fr/scdl/deliberations/2.1.5/schema.json"),
    columns=(
        Column("COLL_NOM", _("Name of the authority"), required=True),
        Column("COLL_SIRET", _("SIRET number of the authority"), required=True, pattern=SIRET),
        Column("DELIB_ID", _("Number of the deliberation"), required=True),
        Column("DELIB_DATE", _("Day of the deliberation"), "date", required=True),
        Column("DELIB_MATIERE_CODE", _("Code of the matter (ACTES)"), required=True, pattern=r"\d\.\d{1,2}"),
        Column("DELIB_MATIERE_NOM", _("Matter"), required=True),
        Column("DELIB_OBJET", _("Subject"), required=True),
        Column("BUDGET_ANNEE", _("Year of the budget"), pattern=r"[0-9]{4}(\/[0-9]{4})?"),
        Column("BUDGET_NOM", _("Name of the budget")),
        Column("PREF_ID", _("Prefecture that received it")),
        Column("PREF_DATE", _("Day on which the prefecture received it"), "date"),
        Column("VOTE_EFFECTIF", _("Members in office"), "integer"),
        Column("VOTE_REEL", _("Votes"), "integer"),
        Column("VOTE_POUR", _("Votes for"), "integer"),
        Column("VOTE_CONTRE", _("Votes against"), "integer"),
        Column("VOTE_ABSTENTION", _("Abstentions"), "integer"),
        Column("DELIB_URL", _("Address of the text")),
    ),
    key=("DELIB_ID",),
    chart=Chart("bar", "DELIB_MATIERE_NOM", "", _("Deliberations by matter")),
)

_NATURES = ("aide en numéraire", "aide en nature", "aide en numéraire;aide en nature", "aide en nature;aide en numéraire")

GRANTS = Dataset(
    "grants",
    _("Grants to associations"),
    says=_("The key data of each grant by agreement, in the national format SCDL, within three months of its signature."),
    owner="support",
    theme=ECONOMY,
    frequency=WEEKLY,
    keywords=(_("grants"), _("associations"), _("money"), "SCDL"),
    source=Export(all_years(grants), has_header=True, reads=("association", "beneficiary", "title")),
    schema=NationalSchema("scdl/subventions", "2.1.1", "https://schema.data.gouv.fr/scdl/subventions/2.1.1/schema.json"),
    by_law={"association": "décret 2017-779, art. 1"},
    columns=(
        Column("nomAttribuant", _("Name of the authority"), required=True),
        Column("idAttribuant", _("SIRET number of the authority"), required=True, pattern=SIRET),
        Column("dateConvention", _("Day of the agreement"), "date", required=True),
        Column("referenceDecision", _("Number of the decision")),
        Column("nomBeneficiaire", _("Name of the beneficiary"), required=True),
        Column("idBeneficiaire", _("SIRET number of the beneficiary")),
        Column("rnaBeneficiaire", _("RNA number of the association"), pattern=r"W\d{9}"),
        Column("objet", _("Purpose of the grant"), required=True, longest=256),
        Column("montant", _("Amount (€)"), "number", required=True),
        Column("nature", _("Kind of help"), required=True, enum=_NATURES),
        Column("conditionsVersement", _("Terms of payment"), required=True, longest=256),
        Column(
            "datesPeriodeVersement",
            _("Days of payment"),
            required=True,
            pattern=r"[0-9]{4}\-[0-9]{2}\-[0-9]{2}(\/[0-9]{4}\-[0-9]{2}\-[0-9]{2})?",
        ),
        Column("idRAE", _("Number in the register of de minimis aid"), longest=5),
        Column("notificationUE", _("Notified to the European Commission"), "boolean", required=True, truths=("oui", "non")),
        Column("pourcentageSubvention", _("Share that this beneficiary gets"), "number", required=True, minimum=0.01, maximum=1),
        Column("dispositifAide", _("Scheme")),
    ),
    key=("referenceDecision", "nomBeneficiaire"),
    chart=Chart("bar", "nomBeneficiaire", "montant", _("Amounts granted (€)")),
)

ACTS = Dataset(
    "acts",
    _("Acts published"),
    says=_(
        "Deliberations, decisions and orders of general scope: number, day, title, address of the text. Individual acts are not in it."
    ),
    owner=OWNER,
    theme=GOVERNMENT,
    frequency=DAILY,
    keywords=(_("acts"), _("orders"), _("decisions")),
    source=Query(
        """
        select a.code as number, a.series, b.name as body, a.title, a.decided_on, a.published_on, a.enforceable_on,
            %(site)s::text || '/acts/' || a.code || '.pdf' as url
        from bodies_act a join bodies_body b on b.id = a.body_id
        where a.published_on is not null and not a.is_individual order by a.decided_on, a.code
        """,
        lambda: {"site": settings.PUBLIC_URL},
    ),
    columns=(
        Column("number", _("Number"), required=True, unique=True),
        Column("series", _("Series"), required=True, enum=("deliberation", "decision", "order")),
        Column("body", _("Decided by"), required=True),
        Column("title", _("Title"), required=True),
        Column("decided_on", _("Day of the decision"), "date", required=True),
        Column("published_on", _("Day of publication"), "date", required=True),
        Column("enforceable_on", _("In force since"), "date"),
        Column("url", _("Address of the text"), required=True),
    ),
    key=("number",),
    chart=Chart("bar", "body", "", _("Acts by body")),
)

SITTINGS = Dataset(
    "sittings",
    _("Sittings of the council and its bodies"),
    says=_("When the council, the bureau and the committees sit, and on how many items they decide."),
    owner=OWNER,
    theme=GOVERNMENT,
    frequency=WEEKLY,
    keywords=(_("council"), _("sittings")),
    source=Query("""
        select s.code as sitting, b.name as body, s.at as begins_at, s.place, s.state,
            (select count(*) from bodies_item i where i.sitting_id = s.id) as items,
            (select count(*) from bodies_act a join bodies_item i on i.id = a.item_id where i.sitting_id = s.id) as acts
        from bodies_sitting s join bodies_body b on b.id = s.body_id where s.convened_at is not null order by s.at, s.code
    """),
    columns=(
        Column("sitting", _("Sitting"), required=True, unique=True),
        Column("body", _("Body"), required=True),
        Column("begins_at", _("Begins at"), "datetime", required=True),
        Column("place", _("Place")),
        Column("state", _("State"), required=True),
        Column("items", _("Items on the agenda"), "integer", required=True, minimum=0),
        Column("acts", _("Acts that came of it"), "integer", required=True, minimum=0),
    ),
    key=("sitting",),
    chart=Chart("bar", "body", "items", _("Items by body")),
)

PREEMPTIONS = Dataset(
    "preemptions",
    _("Properties bought by pre-emption and their use"),
    says=_(
        "The public register of what was bought by pre-emption and what it is really used for (code de l'urbanisme, art. L213-13)."
    ),
    owner="planning-housing",
    theme=REGIONS,
    frequency=WEEKLY,
    keywords=(_("pre-emption"), _("land"), _("planning")),
    source=Export(all_years(acquisitions), has_header=True, reads=("parcels", "kind", "price")),
    by_law={"parcels": "code de l'urbanisme, art. L213-13", "price": "code de l'urbanisme, art. L213-13"},
    columns=(
        Column("commune", _("INSEE code of the commune"), required=True),
        Column("parcelles", _("Parcels")),
        Column("surface_m2", _("Area (m²)"), "number", minimum=0),
        Column("nature", _("Kind of property")),
        Column("objet", _("Purpose of the pre-emption")),
        Column("prix_declare", _("Price declared (€)"), "number", minimum=0),
        Column("prix_paye", _("Price paid (€)"), "number", minimum=0),
        Column("date_paiement", _("Day of payment"), "date"),
        Column("utilisation_effective", _("Real use")),
    ),
    key=("commune", "parcelles", "date_paiement"),
    chart=Chart("bar", "commune", "prix_paye", _("Price paid (€) by commune")),
)

DIRECTORY = Dataset(
    "directory",
    _("Directorates and teams"),
    says=_(
        "The departments of the administration and their teams, with the telephone and address of the team. No officer is named."
    ),
    owner=OWNER,
    theme=GOVERNMENT,
    frequency=WEEKLY,
    keywords=(_("directory"), _("administration"), _("teams")),
    source=Query("""
        select t.code as team, t.name, d.name as directorate, m.name as commune, t.phone, t.email,
            (select count(*) from people_officer_teams o where o.team_id = t.id) as officers
        from people_team t left join people_directorate d on d.id = t.directorate_id
        left join territory_commune m on m.code = t.commune_id where t.is_active order by t.code
    """),
    personal=(Drop("officers", _("how many work in a small team says who was there or away")),),
    columns=(
        Column("team", _("Code of the team"), required=True, unique=True),
        Column("name", _("Name of the team"), required=True),
        Column("directorate", _("Directorate")),
        Column("commune", _("Commune")),
        Column("phone", _("Telephone of the team")),
        Column("email", _("E-mail of the team")),
    ),
    key=("team",),
    chart=Chart("bar", "directorate", "", _("Teams by directorate")),
)

DATASETS = (DELIBERATIONS, GRANTS, ACTS, SITTINGS, PREEMPTIONS, DIRECTORY)
