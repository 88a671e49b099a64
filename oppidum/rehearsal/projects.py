"""A rehearsed portfolio: names, places and days of 2023 are those of the activity report (facts); budgets and funders are invented."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from oppidum.cases.acting import act
from oppidum.cases.filing import file_cases
from oppidum.cases.intake import prepare_case
from oppidum.cases.preparing import prepare
from oppidum.cases.rules.standing import Actor
from oppidum.services.institution.project import Project
from oppidum.territory.locate import find_commune

OFFICE = Actor("officer", None, "Mission grands projets", frozenset({"act", "assign", "note"}))
METROPOLIS, STATE, DEPARTMENT, REGION, EUROPE = (
    "Métropole",
    "État",
    "Département des Bouches-du-Rhône",
    "Région Provence-Alpes-Côte d’Azur",
    "Union européenne (FEDER)",
)


class Planned(NamedTuple):
    """A project: `reached` are milestones with their day and a sentence, `coming` those still expected; money in millions of euros."""

    title: str
    theme: str
    summary: str
    where: tuple[str, float, float] | None
    step: str
    reached: tuple[tuple[str, str, str], ...] = ()
    coming: tuple[tuple[str, str], ...] = ()
    budget: float = 0
    funders: Mapping[str, float] = {}
    progress: str = ""
    delivered_on: str = ""


PROJECTS = (
    Planned("Tramway T3, phase 1 : du nord au sud de Marseille", "mobility", "Prolonger la ligne au nord jusqu’à Capitaine Gèze et au sud jusqu’à La Gaye, pour relier sans voiture des quartiers éloignés du centre.",
            ("Place Castellane", 5.3838, 43.2858), "works", (("Travaux engagés sur tout le tracé", "2023-09-04", "Les trois tronçons sont en chantier."),), (("Essais des rames", "2027-03-15"), ("Mise en service", "2027-09-01")),
            368, {METROPOLIS: 210, STATE: 88, DEPARTMENT: 45}, "Les voies sont posées sur la moitié du tracé."),
    Planned("Tramway T3, phase 2 : La Castellane et La Rouvière", "mobility", "8,6 km de plus et quatorze stations, au nord et au sud.", ("Gare de Saint-André", 5.3419, 43.3655), "studies",
            (("Fin de la concertation préalable", "2023-01-16", "Menée avec deux garants de la Commission nationale du débat public."), ("Bilan de la concertation approuvé", "2023-06-29", "Le conseil a pris acte du bilan.")),
            (("Enquête publique", "2027-04-01"), ("Début des travaux", "2028-09-01")), 420, {METROPOLIS: 190, STATE: 110}),
    Planned("Tramway T2 vers la place du 4-Septembre", "mobility", "2,1 km et quatre stations nouvelles ; le réseau est réorganisé autour.", ("Place du 4 Septembre", 5.3587, 43.2874), "studies",
            (("Bilan de la concertation approuvé", "2023-10-12", "Des études de circulation complètent le dossier."),), (("Déclaration d’utilité publique", "2027-02-01"),), 140, {METROPOLIS: 80}),
    Planned("Val’Tram : d’Aubagne à La Bouilladisse", "mobility", "14,4 km sur l’ancienne voie de Valdonne, onze stations et trois parcs relais dans cinq communes.", ("Gare d’Aubagne", 5.5666, 43.2925), "works",
            (("Fin de l’enquête publique", "2023-06-20", ""), ("Déclaration d’utilité publique", "2023-10-20", "Arrêté du préfet.")), (("Pose des premiers rails", "2026-06-01"), ("Mise en service", "2027-12-01")),
            167, {METROPOLIS: 95, DEPARTMENT: 42, STATE: 30}, "Les ouvrages d’art de l’ancienne voie sont consolidés."),
    Planned("Bus à haut niveau de service B4", "mobility", "8 km entre Gèze et La Fourragère, en partie dans la rocade L2.", ("Avenue Arnavon", 5.3905, 43.3331), "works",
            (("Appels d’offres lancés", "2023-03-15", ""), ("Préparation des travaux de voirie", "2023-09-15", "Huit lots attribués pendant l’été.")), (("Mise en service", "2027-06-15"),), 92, {METROPOLIS: 60, STATE: 21}),
    Planned("Zenibus vers Plan de Campagne et les Florides", "mobility", "La ligne se dédouble et gagne deux zones d’emploi.", ("Gare routière de Marignane", 5.2143, 43.4165), "studies",
            (("Dossier d’utilité publique déposé", "2023-10-31", ""),), (("Enquête publique", "2026-09-01"), ("Début des travaux", "2027-05-01")), 58, {METROPOLIS: 40}),
    Planned("Bus à Miramas", "mobility", "5,8 km et treize stations entre le Village de Marques, le centre et la gare.", ("Gare de Miramas", 5.0003, 43.5813), "works",
            (("Début des travaux", "2023-11-06", "Les marchés sont notifiés."),), (("Mise en service", "2026-12-14"),), 26, {METROPOLIS: 17, STATE: 6}),
    Planned("Bus Aubagne – Gémenos", "mobility", "6,5 km, douze stations, de la gare d’Aubagne à la plaine de Jouques.", ("Avenue des Paluds, Aubagne", 5.5932, 43.2871), "works",
            (("Début des travaux au centre d’Aubagne", "2023-05-15", ""), ("Avenue des Paluds à sens unique", "2023-11-20", "Pour les travaux des concessionnaires.")), (("Mise en service", "2027-01-15"),), 33, {METROPOLIS: 20, STATE: 8}),
    Planned("Stations de métro accessibles à tous", "mobility", "Des ascenseurs et des cheminements pour les personnes à mobilité réduite, station après station.", ("Station Vieux-Port", 5.3742, 43.2955), "works",
            (("Début des travaux au Vieux-Port", "2023-03-05", ""), ("Début des travaux à Jules Guesde", "2023-05-02", ""), ("Début des travaux au Rond-Point du Prado", "2023-05-09", ""), ("Début des travaux à La Timone", "2023-05-22", "")),
            (("Ouverture de La Timone et de Jules Guesde", "2026-10-01"), ("Ouverture de Castellane", "2028-06-01")), 61, {METROPOLIS: 38, REGION: 12, EUROPE: 6}, "Le Vieux-Port et le Rond-Point du Prado sont ouverts."),
    Planned("Métro automatique (Neomma)", "mobility", "Des rames neuves et un pilotage automatique sur les deux lignes du métro de Marseille.", ("La Rose", 5.4296, 43.3330), "works",
            (("Première rame livrée à Marseille", "2023-07-28", "Les quatre rames de présérie sont construites."), ("Début des essais sur site", "2023-11-13", ""), ("Façade de quai prototype reçue", "2023-12-11", "")),
            (("Automatisation de la ligne 2", "2027-10-01"),), 580, {METROPOLIS: 520, STATE: 60}),
    Planned("Parc relais de La Fourragère", "mobility", "Deux niveaux de plus : près de 800 places.", ("La Fourragère", 5.4291, 43.3098), "delivered", (("Inauguration", "2023-09-28", ""),), (), 9, {METROPOLIS: 6, EUROPE: 3}, delivered_on="2023-09-01"),
    Planned("Pôle d’échanges de Meyrargues", "mobility", "Trains, cars, vélos et voitures au même endroit.", ("Gare de Meyrargues", 5.5297, 43.6378), "delivered", (("Inauguration", "2023-01-27", ""),), (), 4.5, {METROPOLIS: 3, REGION: 1.5}, delivered_on="2023-01-27"),
    Planned("Bretelle Schlœsing", "mobility", "Un accès de moins de feux entre le boulevard et l’autoroute.", ("Boulevard Schlœsing", 5.3969, 43.2737), "delivered", (("Inauguration", "2023-10-03", ""),), (), 31, {METROPOLIS: 22, DEPARTMENT: 9}, delivered_on="2023-10-03"),
    Planned("Square Léon-Blum", "facilities", "5 000 m² rendus aux piétons et plantés, la fontaine Wallace restaurée.", ("Square Léon-Blum", 5.3838, 43.2993), "delivered", (("Travaux achevés", "2023-04-21", ""),), (), 3.2, {METROPOLIS: 3.2}, delivered_on="2023-04-21"),
    Planned("Pôle d’échanges de Plan de Campagne", "mobility", "Onze quais, 288 places de stationnement et une halte ferroviaire.", ("Plan de Campagne", 5.3664, 43.4133), "suspended",
            (("Dossier d’enquête publique déposé", "2023-10-16", ""),), (("Début des travaux", "2026-03-01"),), 24, {METROPOLIS: 12}),
    Planned("Échangeur des Bellons", "mobility", "Un échangeur à l’entrée nord d’Istres, prêt pour le futur bus.", ("Chemin des Bellons, Istres", 4.9925, 43.5301), "studies", (("Études de conception achevées", "2023-12-15", ""),), (("Début des travaux", "2027-09-01"),), 19, {METROPOLIS: 8}),
)  # fmt: skip


def rehearse_projects(projects: Sequence[Planned] = PROJECTS) -> int:
    """File the portfolio and give each project its life; returns how many."""
    filed = file_cases([prepare_case(Project, _answers(one), channel="desk") for one in projects])
    ids = dict(zip((one.case_id for one in filed), projects, strict=True))
    _all(ids, "launch", lambda one: {} if one.step != "proposed" else None)
    _all(ids, "build", lambda one: {} if one.step in ("works", "delivered") else None)
    for n in range(max(len(one.reached) for one in projects)):
        _all(ids, "reach", lambda one, n=n: _reached(one, n))
    _all(ids, "tell", lambda one: {"progress": one.progress} if one.progress else None)
    late = {"milestone": "Mise en service", "expected_on": "2027-11-15", "moved_because": "Un réseau d’eau a dû être déplacé."}
    _all(ids, "plan", lambda one: late if one.title == "Bus à haut niveau de service B4" else None)
    _all(ids, "deliver", lambda one: {"delivered_on": one.delivered_on} if one.delivered_on else None)
    wait = {"suspended_because": "Le projet attend l’avis de l’autorité environnementale."}
    _all(ids, "suspend", lambda one: wait if one.step == "suspended" else None)
    return len(ids)


def _all(ids: Mapping[int, Planned], action: str, raw) -> None:
    given = ((case_id, raw(one)) for case_id, one in ids.items())
    for outcome in act([(case_id, prepare(Project, action, data, OFFICE)) for case_id, data in given if data is not None]):
        if outcome.refusal:
            raise outcome.refusal


def _reached(one: Planned, n: int) -> dict[str, str] | None:
    if n >= len(one.reached):
        return None
    name, day, says = one.reached[n]
    return {"milestone": name, "reached_on": day, "reached_says": says}


def _answers(one: Planned) -> dict[str, Any]:
    # In another territory than its own, a project has no place.
    place = one.where and find_commune(one.where[1], one.where[2]) and dict(zip(("address", "lon", "lat"), one.where, strict=True))
    days = [(name, day) for name, day, _says in one.reached] + list(one.coming)
    return {
        "title": one.title,
        "theme": one.theme,
        "summary": one.summary,
        **({"where": place} if place else {}),
        "is_public": "yes",
        "milestones": [{"milestone": name, "expected_on": day} for name, day in days],
        "budget": round(one.budget * 100_000_000),
        "funders": [{"funder": name, "funded": round(sum_ * 100_000_000)} for name, sum_ in one.funders.items()],
    }
