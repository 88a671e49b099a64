"""Rehearsed calls for a place in a harbour: one open with applications that nobody may read yet, one being compared, one whose title is in
force, one that nobody was chosen for. Invented firms; everything goes through the doors of the engine, on a moved clock.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from oppidum.cases import outbox
from oppidum.cases.acting import act_on
from oppidum.cases.files.attachments import save_upload
from oppidum.cases.filing import Filed, file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.preparing import prepare
from oppidum.cases.rules.standing import Actor
from oppidum.cases.withholding import withholding
from oppidum.core import clock
from oppidum.publishing.record_paper import record_data, typeset_record
from oppidum.services.ecology_culture_sport.marina import MarinaApplication, MarinaOccupancy

# What ties an application to its call, both ways; nobody is written to.
TIES = ("answer_call", "parts", "ended", "go_on")
OFFICE = Actor("officer", None, "Capitainerie", frozenset({"act", "note"}))
CRITERIA = [
    {"criterion": "Qualité du projet", "weight": 50},
    {"criterion": "Redevance proposée", "weight": 30},
    {"criterion": "Respect du site et de l’environnement", "weight": 20},
]
# Who applies: what they would do, the yearly fee, and the marks by the three criteria.
FIRMS = (
    ("Voiles du Large", "Location de petits voiliers d’avril à octobre, moniteurs diplômés, stockage à sec hors saison.", 14_000, (44, 24, 17)),
    ("La Table du Pêcheur", "Restauration simple, poisson des bateaux du port, terrasse démontable, tri complet.", 18_500, (38, 29, 12)),
    ("Atelier Mistral", "Réparation de voiles et de gréements, deux emplois, aire de lavage qui récupère ses eaux.", 9_600, (41, 16, 19)),
    ("Librairie des Embruns", "Cartes, guides et rencontres toute l’année ; façade rénovée à l’identique.", 7_200, (35, 12, 18)),
)  # fmt: skip
WHY = ("Projet précis, références vérifiables.", "Au regard des autres offres.", "Engagements écrits sur le bruit et les déchets.")
REASONS = "Projet, redevance et site : {mark} points sur 100 ; l’offre retenue en a {best}."


@dataclass(frozen=True)
class Planned:
    """A place asked for: its call was published so many days ago and lasts so long; `goes` to "published", "evaluating", "in_force"
    or "without_choice"."""

    harbour: str
    where: str
    surface_m2: int
    use: str
    published: int
    lasts: int
    applications: int
    goes: str


CALLS = (
    Planned("pointe-rouge", "Terre-plein nord, local 2", 85, "rental", 14, 40, 3, "published"),
    Planned("la-ciotat", "Quai de la capitainerie, local 5", 120, "shop", 48, 35, 4, "evaluating"),
    Planned("cassis", "Cale de halage, côté est", 240, "yard", 120, 45, 3, "in_force"),
    Planned("carro", "Kiosque du môle", 18, "shop", 90, 30, 1, "without_choice"),
)


def rehearse_harbour_calls(today: date, calls: Sequence[Planned] = CALLS) -> int:
    """Ask, publish, apply, compare, choose, sign; returns how many applications."""
    with withholding():
        return sum(_live(one, today) for one in calls)


def _live(one: Planned, today: date) -> int:
    begins = today - timedelta(days=one.published)
    closes = begins + timedelta(days=one.lasts)
    with clock.at(_at(begins, 9)):
        call = _publish(one, closes)
    filed = []
    for n, firm in enumerate(FIRMS[: one.applications]):
        with clock.at(_at(begins + timedelta(days=5 + 3 * n), 15)):
            filed.append(_apply(call, *firm[:3]))
    if one.goes == "without_choice":
        with clock.at(_at(closes - timedelta(days=2), 10)):
            _do(call, "no_follow", grounds="Le môle ferme pour travaux : le kiosque ne peut être occupé cette année.")
    elif one.goes != "published":
        _compare(one, call, filed, closes)
    return len(filed)


def _publish(one: Planned, closes: date) -> Filed:
    asked = {
        "harbour": one.harbour, "where": one.where, "surface_m2": str(one.surface_m2), "use": one.use, "years_wanted": "10", "is_short": "no",
        "project": "Une activité ouverte toute l’année sur ce local vacant.", "applicant": {"kind": "person", "name": "Camille Exemple"},
        "contact": {"name": "Camille Exemple", "email": "camille@example.org"},
    }  # fmt: skip
    filed = file_case(prepare_case(MarinaOccupancy, asked, channel="portal"))
    documents = [_paper("Règlement de la consultation", one.where, MarinaOccupancy.flow.actions["publish"].demands["documents"])]
    said = {"criteria": CRITERIA, "closes_on": closes.isoformat(), "published_at": "Site de la métropole, capitainerie"}
    _do(filed, "publish", **said, documents=documents)
    return filed


def _apply(call: Filed, firm: str, project: str, fee: int) -> Filed:
    raw = {
        "call": call.code,
        "applicant": {"kind": "person", "name": firm},
        "contact": {"name": firm, "email": f"contact{fee}@example.org"},
        "project": project,
        "yearly_fee": str(fee),
        "papers": [_paper("Offre", project, MarinaApplication.form["papers"])],
        "sincere": {"agreed": True, "name": firm},
    }
    filed = file_case(prepare_case(MarinaApplication, raw, channel="portal"))
    _work()
    return filed


def _compare(one: Planned, call: Filed, filed: Sequence[Filed], closes: date) -> None:
    """The applications are opened together and marked; where the title is in force, the best was chosen and the others told why."""
    with clock.at(_at(closes + timedelta(days=1), 9)):
        _do(call, "close_call", applications=len(filed))
    marks = {each.case_id: firm[3] for each, firm in zip(filed, FIRMS, strict=False)}
    with clock.at(_at(closes + timedelta(days=9), 10)):
        for each in filed:
            rows = [
                {"criterion": criterion["criterion"], "mark": str(mark), "why": why}
                for criterion, mark, why in zip(CRITERIA, marks[each.case_id], WHY, strict=True)
            ]
            _do(each, "score", MarinaApplication, marks=rows)
    if one.goes != "in_force":
        return
    best, *others = sorted(filed, key=lambda each: -sum(marks[each.case_id]))
    most = sum(marks[best.case_id])
    with clock.at(_at(closes + timedelta(days=16), 11)):
        _do(best, "choose", MarinaApplication, reasons=REASONS.format(mark=most, best=most))
        for each in others:
            _do(each, "refuse", MarinaApplication, reasons=REASONS.format(mark=sum(marks[each.case_id]), best=most))
    signed = closes + timedelta(days=40)
    with clock.at(_at(signed, 14)):
        ends = signed.replace(year=signed.year + 10, day=1).isoformat()
        _do(call, "sign", signed_on=signed.isoformat(), years="10", yearly_fee="14 000", ends_on=ends)


def _do(filed: Filed, action: str, service: type = MarinaOccupancy, **said: Any) -> None:
    act_on(filed.case_id, prepare(service, action, said, OFFICE))
    _work()


def _work() -> None:
    while outbox.deliver(kinds=TIES):
        pass


def _paper(what: str, says: str, question: Any) -> str:
    """A file that was sent up; its token."""
    data = record_data(title=what, kicker="Ports", facts=[], sections=[("", says)], signature=[], footer=what)
    return save_upload(io.BytesIO(typeset_record(data, clock.now())), f"{what}.pdf", question, clock.now()).token


def _at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=clock.PARIS)
