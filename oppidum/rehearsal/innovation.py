"""Rehearsed innovation calls: one open with answers that nobody may read yet, one before its jury, one whose winner is being tried. Invented
firms; everything goes through the doors of the engine, on a moved clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from oppidum.cases import outbox
from oppidum.cases.acting import act_on
from oppidum.cases.filing import Filed, file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.preparing import prepare
from oppidum.cases.reading import read_standings
from oppidum.cases.rules.standing import Actor
from oppidum.cases.withholding import withholding
from oppidum.core import clock
from oppidum.services.economy.innovation_answer import InnovationAnswer
from oppidum.services.economy.innovation_call import InnovationCall
from oppidum.services.economy.innovation_data import NEEDS, SOLUTIONS, agreeing_scores

# What ties an answer to its call, both ways; nobody is written to.
TIES = ("answer_call", "parts", "ended", "go_on")
OFFICE = Actor("officer", None, "Innovation", frozenset({"act", "note"}))
CRITERIA = [
    {"criterion": "Réponse au besoin", "weight": 50},
    {"criterion": "Maturité et références", "weight": 30},
    {"criterion": "Prix de l’essai", "weight": 20},
]
FIRMS = (
    ("Capteo Méditerranée", "tried", 18_000),
    ("Atelier Sirocco", "prototype", 12_500),
    ("Lumen & Fils", "sold", 24_000),
    ("Pôle étudiant des Arènes", "idea", 4_000),
    ("Calanque Systèmes", "tried", 21_000),
)


@dataclass(frozen=True)
class Planned:
    """A call for the need of that title: published so many days ago, open for `lasts`; `goes` to "published", "jury" or "trial"."""

    title: str
    published: int
    lasts: int
    answers: int
    goes: str


CALLS = (
    Planned("Rafraîchir les arrêts de bus en plein soleil", 12, 40, 3, "published"),
    Planned("Donner une seconde vie aux voiles de bateau", 45, 30, 4, "jury"),
    Planned("Compter les vélos la nuit, sans caméra", 100, 35, 5, "trial"),
)


def rehearse_innovation(today: date, calls: Sequence[Planned] = CALLS) -> int:
    """Publish, answer, score, meet, try; returns how many answers."""
    with withholding():
        return sum(_live(Random(seed), one, today) for seed, one in enumerate(calls))


def _live(chance: Random, one: Planned, today: date) -> int:
    begins = today - timedelta(days=one.published)
    closes = begins + timedelta(days=one.lasts)
    with clock.at(_at(begins, 9)):
        call = _publish(one, closes)
    filed = []
    for n, (firm, maturity, price) in enumerate(FIRMS[: one.answers]):
        with clock.at(_at(begins + timedelta(days=3 + 2 * n), 14)):
            filed.append(_answer(call, firm, maturity, price))
    if one.goes != "published":
        with clock.at(_at(closes + timedelta(days=1), 9)):
            _do(call, "close_call")
        with clock.at(_at(closes + timedelta(days=8), 10)):
            _score(chance, filed)
    if one.goes == "trial":
        _meet(call, filed, closes)
    return len(filed)


def _publish(one: Planned, closes: date) -> Filed:
    theme, need, ground, budget = NEEDS[one.title]
    told = {"title": one.title, "theme": theme, "need": need, "ground": ground, "budget": str(budget // 100)}
    owner = {"kind": "commune", "name": "Ville d’Aubagne", "number": "73282932000074"}
    contact = {"name": "Nadia Exemple", "email": "nadia@example.org"}
    filed = file_case(prepare_case(InnovationCall, told | {"owner": owner, "contact": contact}, channel="desk"))
    _do(filed, "publish", criteria=CRITERIA, closes_on=closes.isoformat())
    return filed


def _answer(call: Filed, firm: str, maturity: str, price: int) -> Filed:
    texts = SOLUTIONS[maturity]
    raw = {
        "call": call.code,
        "firm": {"kind": "person", "name": firm},
        "contact": {"name": firm, "email": f"contact{price}@example.org"},
    }
    raw |= {
        "solution": texts[price % len(texts)],
        "maturity": maturity,
        "price": str(price),
        "sincere": {"agreed": True, "name": firm},
    }
    filed = file_case(prepare_case(InnovationAnswer, raw, channel="portal"))
    _work()
    return filed


def _score(chance: Random, filed: Sequence[Filed]) -> None:
    for one, (_firm, maturity, _price) in zip(filed, FIRMS, strict=False):
        marks = agreeing_scores("score", {}, {"maturity": maturity}, chance)["marks"]
        _do(one, "score", InnovationAnswer, marks=marks)


def _meet(call: Filed, filed: Sequence[Filed], closes: date) -> None:
    """The two best are met; the best of them is tried, the others are thanked."""
    standings = read_standings([one.case_id for one in filed])
    best = sorted(filed, key=lambda one: -standings[one.case_id].facts["score"])
    met = [one for one in best[:2] if standings[one.case_id].facts["score"] >= 10]
    with clock.at(_at(closes + timedelta(days=10), 11)):
        for one in met:
            _do(one, "choose", InnovationAnswer)
        meeting = (closes + timedelta(days=25)).isoformat()
        _do(call, "invite", day=meeting, meeting_where="À 10 heures, hôtel de la métropole, salle 4")
    with clock.at(_at(closes + timedelta(days=27), 15)):
        for one in met[:1]:
            _do(one, "agree", InnovationAnswer)
            _do(call, "settle")


def _do(filed: Filed, action: str, service: type = InnovationCall, **said: Any) -> None:
    act_on(filed.case_id, prepare(service, action, said, OFFICE))
    _work()


def _work() -> None:
    while outbox.deliver(kinds=TIES):
        pass


def _at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=clock.PARIS)
