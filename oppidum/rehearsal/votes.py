"""Rehearsed participatory budgets: one that is voted on now, one counted and proclaimed, one that takes projects. Invented projects and
voters; everything goes through the doors of the engine, on a moved clock.
"""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from oppidum.cases import outbox
from oppidum.cases.acting import act_on
from oppidum.cases.filing import Filed, file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.preparing import prepare
from oppidum.cases.rules.standing import Actor
from oppidum.cases.sweeping import sweep_cases
from oppidum.cases.withholding import withholding
from oppidum.core import clock
from oppidum.services.support.participation.participatory_call import ParticipatoryCall
from oppidum.services.support.participation.participatory_vote import ParticipatoryVote
from oppidum.territory.models import Commune
from oppidum.voting.casting import NewBallot, cast_many
from oppidum.voting.counting import count
from oppidum.voting.polls import find_poll_of, list_projects

# What ties a proposal to its call; nobody is written to.
TIES = ("answer_call", "parts")
OFFICE = Actor("officer", None, "Participation citoyenne", frozenset({"act", "note"}))


@dataclass(frozen=True)
class Planned:
    """A call: its vote opens so many days from today and lasts `lasts`; `projects`: (title, theme, text, euros, liking)."""

    title: str
    subject: str
    budget: int
    most_choices: int
    vote_opens_in: int
    lasts: int
    voters: int
    projects: tuple[tuple[str, str, str, int, float], ...]


SHADE = (
    ("Des arbres place du Marché", "green", "Douze micocouliers et des bancs à leur ombre, à la place de dix places de stationnement.", 85_000, 0.52),
    ("Une cour d’école ouverte le samedi", "sport", "La cour de l’école des Pins, plantée, s’ouvre aux familles du quartier le samedi.", 60_000, 0.44),
    ("Un atelier de réparation partagé", "waste", "Outils, établis et bénévoles, dans l’ancien lavoir : vélos, meubles, petit électroménager.", 35_000, 0.38),
    ("Une fontaine sur le front de mer", "green", "Une fontaine à boire et une brumisation, à côté des jeux.", 18_000, 0.31),
    ("Un parcours des métiers d’autrefois", "culture", "Neuf plaques et un livret, écrits avec les anciens du port.", 22_000, 0.18),
    ("Des arceaux à vélo devant chaque école", "street", "Deux cents places, couvertes devant les collèges.", 48_000, 0.36),
)  # fmt: skip
CALLS = (
    Planned("Budget participatif : rafraîchir la ville", "Des projets qui donnent de l’ombre, de l’eau et de la place aux piétons.", 200_000, 3, -6, 15, 1_284, SHADE),
    Planned("Budget participatif : bien vieillir au quartier", "Des projets qui aident les anciens à sortir, à se voir et à rester chez eux.", 120_000, 2, -75, 14, 3_417,
            (("Des bancs tous les deux cents mètres", "street", "Quarante bancs à accoudoirs, entre les commerces, la pharmacie et l’arrêt du bus.", 56_000, 0.6),
             ("Un jardin partagé accessible", "solidarity", "Bacs à hauteur de fauteuil, un cabanon, une serre.", 48_000, 0.41),
             ("Des visites de voisinage", "solidarity", "Une plate-forme et une formation pour les bénévoles.", 20_000, 0.33),
             ("Un boulodrome couvert", "sport", "Huit pistes sous un toit, éclairées jusqu’à 21 heures.", 95_000, 0.45))),
    Planned("Budget participatif : la ville des enfants", "Des projets imaginés avec les enfants, dans la rue, les parcs et les bibliothèques.", 150_000, 2, 90, 14, 0,
            (("Une rue aux écoles", "street", "", 0, 0), ("Une cabane dans le parc", "sport", "", 0, 0))),
)  # fmt: skip


def rehearse_votes(today: date, calls: tuple[Planned, ...] = CALLS) -> int:
    """Call, propose, study, vote, count; returns how many ballots."""
    with withholding():
        return sum(_live(n, one, today) for n, one in enumerate(calls))


def _live(seed: int, one: Planned, today: date) -> int:
    opens = today + timedelta(days=one.vote_opens_in)
    begins = opens - timedelta(days=100)
    told = {
        "title": one.title,
        "subject": one.subject,
        "budget": str(one.budget),
        "least_age": 16,
        "order": "Délibération du conseil n° FBPA-021",
    }
    with clock.at(_at(begins, 9)):
        call = file_case(prepare_case(ParticipatoryCall, told, channel="desk"))
        _do(call, "open_call", proposals_until=(begins + timedelta(days=40)).isoformat())
    filed = []
    for n, (title, theme, text, _euros, _liking) in enumerate(one.projects):
        with clock.at(_at(min(begins + timedelta(days=5 + n), today), 10)):
            filed.append(_propose(call, title, theme, text or "Une idée des élèves de CM2, à préciser avec eux."))
    if opens > today:
        return 0
    with clock.at(_at(begins + timedelta(days=60), 10)):
        _time(call)
        for project, (_title, _theme, text, euros, _liking) in zip(filed, one.projects, strict=True):
            _do(project, "retain", ParticipatoryVote, cost=str(euros), ballot_text=text)
        closes = opens + timedelta(days=one.lasts - 1)
        _do(call, "announce", vote_opens_on=opens.isoformat(), vote_closes_on=closes.isoformat(), most_choices=one.most_choices)
    with clock.at(_at(min(opens + timedelta(days=3), today), 12)):
        _time(call)
        _vote(random.Random(seed), call, one)
    if closes < today:
        with clock.at(_at(closes + timedelta(days=1), 1)):
            _time(call)
            count(call.case_id)
        with clock.at(_at(closes + timedelta(days=5), 11)):
            _do(call, "proclaim")
    return one.voters


def _vote(chance: random.Random, call: Filed, one: Planned) -> None:
    poll = find_poll_of(call.case_id)
    liking = {title: weight for title, _theme, _text, _euros, weight in one.projects}
    communes = list(Commune.objects.order_by("pk").values_list("pk", flat=True))
    projects, ballots = list_projects(poll), []
    for n in range(one.voters):
        ranked = sorted(projects, key=lambda project: chance.random() ** (1 / liking[project.title]), reverse=True)
        chosen = ranked[: chance.randint(1, one.most_choices)]
        commune = chance.choice(communes) if communes else ""
        ballots.append(NewBallot(f"voter{n}@example.org", [project.public_id for project in chosen], commune))
    cast_many(poll, ballots)


def _propose(call: Filed, title: str, theme: str, text: str) -> Filed:
    raw = {"call": call.code, "title": title, "theme": theme, "project": text}
    raw |= {
        "proposer": {"kind": "person", "name": "Camille Exemple"},
        "contact": {"name": "Camille Exemple", "email": "camille@example.org"},
    }
    filed = file_case(prepare_case(ParticipatoryVote, raw, channel="portal"))
    _work()
    return filed


def _do(filed: Filed, action: str, service: type = ParticipatoryCall, **said: Any) -> None:
    act_on(filed.case_id, prepare(service, action, said, OFFICE))
    _work()


def _time(filed: Filed) -> None:
    sweep_cases([filed.case_id], clock.now())


def _work() -> None:
    while outbox.deliver(kinds=TIES):
        pass


def _at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=clock.PARIS)
