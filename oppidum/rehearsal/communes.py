"""The spaces of two communes, for demonstrations: colours and words, documents shared, a request each with its exchange. Invented, but the form is real."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from oppidum.cases.acting import act_on
from oppidum.cases.declaration import get_service
from oppidum.cases.files.attachments import save_upload
from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.preparing import actor_of, on_behalf_of_resident, prepare
from oppidum.cases.rules.standing import SYSTEM, Actor
from oppidum.cases.withholding import withhold_messages
from oppidum.communes.documents import share
from oppidum.communes.looks import save_look
from oppidum.core import clock
from oppidum.people.models import Officer, Right
from oppidum.territory.models import Commune

LOOKS = {
    "13001": (
        "#8a4b12",
        "Bienvenue sur les services de proximité d’Aix-en-Provence et de la Métropole.",
        "Travaux cours Sextius jusqu’au 18 décembre : la circulation est alternée.",
    ),
    "13055": (
        "#1d4f91",
        "Marseille et la Métropole répondent à vos demandes.",
        "La collecte des sapins a lieu du 2 au 20 janvier dans chaque arrondissement.",
    ),
}
CALENDAR = "Réunion;Date;Lieu\nConférence des directeurs généraux des services;12 janvier 2027;Le Pharo\nRéseau commande publique;21 janvier 2027;Visioconférence\n"
STAFF = "Profil;Nombre d’heures mutualisées\nJuriste commande publique;120\nIngénieur voirie;80\nGéomaticien;60\n"
REQUESTS = {
    "13001": (
        "legal",
        "Relire le cahier des charges du marché de restauration scolaire",
        "Le marché part en consultation à la fin du mois. Nous cherchons un regard sur les clauses environnementales et la révision des prix.",
        "Combien de repas par jour, et quelle durée ferme ?",
        "3 200 repas par jour, trois ans fermes.",
    ),
    "13055": (
        "digital",
        "Ouvrir les données des écoles sur la carte partagée",
        "Les emplacements, les capacités et les accès, mis à jour chaque trimestre.",
        "Qui tiendra les données à jour chez vous ?",
        "La direction de l’éducation, un agent et un suppléant.",
    ),
}


def rehearse_communes() -> str:
    """Fill the spaces of the communes that have an administrator here; a sentence of what was made. Nothing leaves by mail."""
    officers = Officer.objects.filter(is_active=True, role__of_communes=True, role__rights__contains=[Right.SPACE])
    metropolis = Officer.objects.filter(is_active=True, teams__code="territories").order_by("pk").first()
    made = [_fill(commune, officer, metropolis) for officer in officers for commune in officer.communes.filter(pk__in=LOOKS)]
    if metropolis:
        share("Calendrier des rencontres avec les communes", None, BytesIO(CALENDAR.encode()), "calendrier.csv", metropolis)
    withhold_messages()
    return f"{len(made)} communes with colours, documents and a request"


def _fill(commune: Commune, officer: Officer, metropolis: Officer | None) -> Commune:
    colour, welcome, news = LOOKS[commune.pk]
    save_look(commune, {"colour": colour, "welcome": welcome, "news": news}, officer)
    if metropolis:
        _share_and_answer(commune, officer, metropolis)
    return commune


def _share_and_answer(commune: Commune, officer: Officer, metropolis: Officer) -> None:
    """A document for this commune, and a request with a question, its answer, and what the metropolis said in the end."""
    service = get_service("commune-request")
    share(f"Heures mutualisées en 2026 : {commune.name}", commune, BytesIO(STAFF.encode()), "heures.csv", metropolis)
    subject, title, details, question, reply = REQUESTS[commune.pk]
    centre = {"lon": commune.centre.x, "lat": commune.centre.y, "address": commune.hall_name or commune.name}
    you = {"name": officer.get_full_name(), "email": officer.email}
    asked = {
        "wants": "request",
        "place": centre,
        "subject": subject,
        "title": title,
        "details": details,
        "urgent": "no",
        "post": "head",
    }
    filed = file_case(prepare_case(service, asked | {"you": you}, channel="desk", actor=on_behalf_of_resident(officer)))
    act_on(filed.case_id, prepare(service, "sort", {}, SYSTEM))
    paper = save_upload(
        BytesIO(STAFF.encode()), "reponse.csv", service.flow.actions["give_answer"].demands["answer_papers"], clock.now()
    )
    told = {
        "outcome": "agreed",
        "message": "Voici nos remarques ; notre juriste vous appelle jeudi.",
        "answer_papers": [paper.token],
    }
    for act, raw, by in _exchange(question, reply, told, actor_of(metropolis), on_behalf_of_resident(officer)):
        act_on(filed.case_id, prepare(service, act, raw, by))


def _exchange(
    question: str, reply: str, told: dict[str, Any], metropolis: Actor, commune: Actor
) -> Iterable[tuple[str, dict[str, Any], Actor]]:
    """The acts of the exchange in their order: which, with what, by whom."""
    yield "take_up", {}, metropolis
    yield "ask_commune", {"message": question}, metropolis
    yield "answer_question", {"message": reply}, commune
    yield "give_answer", told, metropolis
