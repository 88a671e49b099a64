"""Rehearsed registers: a consultation that is open and much discussed, an inquiry announced, one closed, one with its report. All invented
but the kind of subject; everything goes through the doors of the engine, on a moved clock.
"""

import io
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from oppidum.cases import outbox
from oppidum.cases.acting import act_on
from oppidum.cases.files.attachments import save_upload
from oppidum.cases.filing import Filed, file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.preparing import prepare
from oppidum.cases.rules.standing import Actor
from oppidum.cases.sweeping import sweep_cases
from oppidum.cases.withholding import withholding
from oppidum.core import clock
from oppidum.publishing.record_paper import record_data, typeset_record
from oppidum.services.support.participation.inquiry_register import InquiryRegister
from oppidum.services.support.participation.public_inquiry import PublicInquiry

# What ties an observation to its register; nobody is written to.
TIES = ("answer_call", "parts")
OFFICE = Actor("officer", None, "Participation citoyenne", frozenset({"act", "note"}))


@dataclass(frozen=True)
class Planned:
    """A register: its first day, counted from today, and its length in days; `said` are observations: (what, text, name), "!" hides it."""

    title: str
    kind: str
    subject: str
    holder: str
    order: str
    opens_in: int
    lasts: int
    said: tuple[tuple[str, str, str], ...] = ()
    replies: dict[int, str] = field(default_factory=dict)
    report: dict[str, Any] = field(default_factory=dict)
    suspended: dict[str, str] = field(default_factory=dict)
    resumed: dict[str, str] = field(default_factory=dict)


REGISTERS = (
    Planned("Ligne de bus à haut niveau de service vers le plateau : concertation préalable", "consultation",
            "Une ligne de 7,4 km relierait la gare au plateau par l’avenue du Littoral. Deux tracés sont possibles entre la place du Marché et le lycée. Dites lequel vous paraît le meilleur, où placer les stations, et ce qu’il faut préserver : stationnement, platanes, terrasses.",
            "Direction des mobilités", "Délibération du conseil n° TCM-014", -18, 45,
            (("observation", "Le tracé par le lycée dessert plus de monde. Les bus actuels sont bondés à 8 heures, il faut une voie à eux jusqu’au rond-point.", "Inès Ferrand"),
             ("observation", "Gardez les platanes de l’avenue : sans eux, l’été, personne n’attendra un bus.", ""),
             ("proposal", "Passez par la rue des Carriers, à sens unique : les terrasses de la place restent, et le trajet n’est plus long que de deux minutes.", "Association Le Plateau respire"),
             ("question", "Combien de places de stationnement disparaissent place du Marché, et où seront-elles remplacées ?", "Marc Oliva"),
             ("observation", "Une piste cyclable continue est la condition de mon accord.", ""),
             ("observation", "Le directeur du projet, Monsieur U., est un menteur et un voleur.", "!"),
             ("observation", "Commerçante depuis vingt ans, je demande que les travaux devant le marché se fassent hors des mois d’été.", "Rosa Belmonte"),
             ("question", "La ligne circulera-t-elle le soir et le dimanche ?", "")),
            {4: "Soixante-deux places sont concernées ; quarante-cinq sont recréées dans le parc relais, à trois minutes à pied. Le plan est à la page 31 du dossier.",
             8: "Oui : de 5 h à minuit, toutes les vingt minutes le dimanche."}),
    Planned("Modification n° 3 du plan local d’urbanisme intercommunal", "assessed",
            "La modification ouvre à la construction deux secteurs déjà desservis, protège quatre alignements d’arbres et corrige des erreurs matérielles du règlement.",
            "Mme Odile Faure, commissaire enquêtrice, désignée par le tribunal administratif", "Arrêté n° 24/118", 16, 32),
    Planned("Déviation de la route du Vallon", "assessed",
            "La déviation sort 9 000 véhicules par jour du centre ; elle traverse le vallon sur un remblai.",
            "M. Karim Benali, commissaire enquêteur", "Arrêté n° 24/131", -34, 36,
            (("observation", "Le remblai coupe le chemin des crues : la dernière a inondé les Jardins.", "Comité du Vallon"),
             ("proposal", "Un viaduc de cent mètres laisserait passer l’eau et les bêtes.", "Élise Morel")),
            suspended={"suspended_because": "Le remblai est remplacé par un viaduc de cent mètres ; l’étude d’impact est reprise.", "suspending_order": "Arrêté n° 24/152"},
            resumed={"modified": "Un viaduc de cent mètres remplace le remblai entre le chemin des Jardins et la voie ferrée. L’étude d’impact et l’avis de l’autorité environnementale sont joints.", "resuming_order": "Arrêté n° 24/160"}),
    Planned("Zonage d’assainissement des eaux usées", "inquiry",
            "Le zonage dit où les maisons seront raccordées au réseau et où elles gardent une installation individuelle.",
            "M. Paul Garcin, commissaire enquêteur", "Arrêté n° 24/097", -40, 30,
            (("observation", "Notre hameau demande le raccordement depuis dix ans ; les puits voisins sont menacés.", "Les riverains du hameau des Pins"),
             ("question", "À quelle date le réseau arrivera-t-il chemin de la Source ?", ""))),
    Planned("Requalification du front de mer", "assessed",
            "Le front de mer devient une promenade plantée ; la circulation passe à l’arrière.",
            "Commission d’enquête présidée par Mme Anne Tessier", "Arrêté n° 23/204", -120, 34,
            (("observation", "Enfin une promenade pour les enfants. Prévoyez de l’ombre et de l’eau.", "Luc Vidal"),
             ("proposal", "Laissez un sens de circulation le matin pour les pêcheurs.", "Prud’homie des pêcheurs")),
            report={"conclusion": "reserves", "contributions": 214, "summary": "Avis favorable, avec deux réserves : maintenir l’accès des pêcheurs au quai avant dix heures, et planter dès la première phase. Deux cent quatorze observations, en ligne et sur papier, approuvent pour les trois quarts le projet."}),
)  # fmt: skip


def rehearse_registers(today: date, registers: tuple[Planned, ...] = REGISTERS) -> int:
    """Announce, open and let people write; returns how many observations."""
    with withholding():
        return sum(_live(one, today) for one in registers)


def _live(one: Planned, today: date) -> int:
    opens, closes = today + timedelta(days=one.opens_in), today + timedelta(days=one.opens_in + one.lasts - 1)
    told = {"title": one.title, "kind": one.kind, "subject": one.subject, "holder": one.holder, "order": one.order}
    with clock.at(_at(min(opens, today) - timedelta(days=20), 9)):
        filed = file_case(prepare_case(InquiryRegister, told, channel="desk"))
        days = {"opens_on": opens.isoformat(), "closes_on": closes.isoformat()}
        _do(
            filed,
            "announce",
            InquiryRegister,
            **days,
            places="Au siège, du lundi au vendredi de 9 h à 17 h.",
            documents=[_paper(one, "Dossier")],
        )
    written = []
    for n, (about, text, name) in enumerate(one.said):
        with clock.at(_at(opens + timedelta(days=1 + 2 * n), 9 + n)):
            _time(filed)
            written.append(_write(filed, about, text, name, one.replies.get(n + 1)))
    _time(filed)
    if one.suspended:
        _suspend(one, filed, today)
    if one.report:
        with clock.at(_at(closes + timedelta(days=26), 15)):
            _time(filed)
            _do(filed, "report", InquiryRegister, **one.report, report_files=[_paper(one, "Rapport et conclusions")])
    return len(written)


def _suspend(one: Planned, filed: Filed, today: date) -> None:
    """Suspended a fortnight ago to modify the project; it goes on in three weeks."""
    with clock.at(_at(today - timedelta(days=14), 10)):
        _do(filed, "suspend", InquiryRegister, heard_on=(today - timedelta(days=16)).isoformat(), **one.suspended)
    with clock.at(_at(today - timedelta(days=1), 11)):
        days = {"opens_again_on": today + timedelta(days=21), "closes_on": today + timedelta(days=51)}
        said = one.resumed | {name: day.isoformat() for name, day in days.items()}
        _do(filed, "resume", InquiryRegister, **said, documents=[_paper(one, "Dossier modifié")])
    while outbox.deliver(kinds=TIES):
        pass


def _write(register: Filed, about: str, text: str, name: str, reply: str | None) -> Filed:
    signs = {"signs": "yes", "name": name} if name.strip("!") else {"signs": "no"}
    filed = file_case(
        prepare_case(PublicInquiry, {"register": register.code, "about": about, "text": text, **signs}, channel="portal")
    )
    while outbox.deliver(kinds=TIES):
        pass
    if name == "!":
        _do(filed, "hide", PublicInquiry, hidden_because="unlawful")
    else:
        _do(filed, "publish", PublicInquiry)
    if reply:
        _do(filed, "reply", PublicInquiry, reply=reply)
    return filed


def _do(filed: Filed, action: str, service: type, **said: Any) -> None:
    act_on(filed.case_id, prepare(service, action, said, OFFICE))


def _time(filed: Filed) -> None:
    sweep_cases([filed.case_id], clock.now())


def _paper(one: Planned, what: str) -> str:
    """A file that was sent up; its token."""
    data = record_data(title=one.title, kicker=what, facts=[], sections=[("", one.subject)], signature=[], footer=one.order)
    pdf = io.BytesIO(typeset_record(data, clock.now()))
    question = InquiryRegister.flow.actions["announce"].demands["documents"]
    return save_upload(pdf, f"{what}.pdf", question, clock.now()).token


def _at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=clock.PARIS)
