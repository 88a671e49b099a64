"""Associations that ask for grants, invented for rehearsals, and their way to the agendas of committee, bureau and council."""

from collections.abc import Sequence
from typing import NamedTuple

from oppidum.cases.acting import act
from oppidum.cases.filing import NewCase, file_cases
from oppidum.cases.preparing import prepare
from oppidum.cases.rules.asking import OPINION
from oppidum.cases.rules.standing import Actor, Command
from oppidum.services.support.association_grant import AssociationGrant


class Asked(NamedTuple):
    """What an association asks for: amounts in euros a year."""

    name: str
    rna: str
    title: str
    field: str
    summary: str
    costs: int
    requested: int
    proposed: int


REQUESTS = (
    Asked("Les Nageurs de l’Étang", "W131000101", "Apprendre à nager avant dix ans", "sport", "Trois cents enfants des écoles, douze séances chacun.", 42_000, 18_000, 15_000),
    Asked("Remise en selle", "W131000102", "Atelier de réparation de vélos", "mobility", "Un atelier ouvert quatre jours par semaine, et des tournées dans six communes.", 61_000, 22_000, 20_000),
    Asked("Chœur de la Durance", "W131000103", "Académie chorale d’été", "culture", "Une semaine de stage et quatre concerts gratuits.", 28_000, 9_000, 8_000),
    Asked("Sentinelles des Calanques", "W131000104", "Nettoyage des fonds marins", "environment", "Douze plongées avec des lycéens, et un relevé des déchets.", 33_000, 12_000, 12_000),
    Asked("La Table du Quartier", "W131000105", "Cuisine partagée", "social", "Huit mille repas préparés avec les habitants.", 74_000, 20_000, 16_000),
    Asked("Un Toit en Provence", "W131000106", "Accompagnement vers le logement", "housing", "Cent vingt ménages suivis pendant un an.", 310_000, 95_000, 90_000),
    Asked("Académie du Numérique Solidaire", "W131000107", "Ateliers numériques pour demandeurs d’emploi", "employment", "Six cents personnes formées dans neuf lieux.", 220_000, 60_000, 55_000),
    Asked("Festival des Rives", "W131000108", "Festival des Rives, douzième édition", "culture", "Quarante spectacles gratuits dans vingt communes.", 540_000, 120_000, 110_000),
    Asked("Eau pour Tous", "W131000109", "Réseau d’eau de la commune de Tiéré", "water", "Un forage et douze bornes pour quatre mille habitants.", 130_000, 45_000, 40_000),
)  # fmt: skip
CLERK = Actor("officer", None, "Vie associative et subventions", frozenset({"act", "assign"}))


def file_grants(requests: Sequence[Asked] = REQUESTS) -> list[int]:
    """File the requests; returns their cases."""
    return [
        one.case_id
        for one in file_cases([NewCase(service=AssociationGrant.code, answers=_answers(r), channel="portal") for r in requests])
    ]


def report_on(case_ids: Sequence[int], requests: Sequence[Asked] = REQUESTS) -> None:
    """Complete, examined by the departments, and proposed: up to the threshold to the bureau, above it to the committee."""
    for name in ("complete", "ask_opinions"):
        _take(case_ids, name)
    for opinion in ("directorate", "territory", "finance"):
        act([(pk, Command(OPINION, CLERK, {"opinion": opinion, "answer": "favourable"})) for pk in case_ids])
    _take(case_ids, "opinions_in")
    for pk, one in zip(case_ids, requests, strict=True):
        action = "propose_small" if one.requested <= 23_000 else "propose"
        act([(pk, prepare(AssociationGrant, action, {"proposed": str(one.proposed)}, CLERK))])


def to_the_council(case_ids: Sequence[int]) -> None:
    """The committee spoke: on to the council's agenda. The others are not concerned."""
    _take(case_ids, "to_council")


def _take(case_ids: Sequence[int], name: str) -> None:
    act([(pk, prepare(AssociationGrant, name, {}, CLERK)) for pk in case_ids])


def _answers(one: Asked) -> dict[str, object]:
    own = one.costs - one.requested
    return {
        "association": {"kind": "association", "name": one.name, "rna": one.rna},
        "seat": {"text": "Maison des associations"},
        "title": one.title,
        "field": one.field,
        "summary": one.summary,
        "multi_year": False,
        "expenses": [{"what": "Salaires et achats", "amount": one.costs * 100}],
        "income": [{"from_whom": "Métropole", "amount": one.requested * 100}, {"from_whom": "Autres", "amount": own * 100}],
        "requested": one.requested * 100,
        "missing": 0,
        "left_over": 0,
    }
