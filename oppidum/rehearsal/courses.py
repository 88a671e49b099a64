"""What becomes of a rehearsed report: a course drawn at random, as the acts that teams and residents will take and when."""

import random
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from oppidum.core.calendar import add_working_days
from oppidum.core.clock import PARIS


class Act(NamedTuple):
    """An act to come: `who` is "team" or "resident"."""

    at: datetime
    case: int
    action: str
    who: str
    data: dict[str, Any]


DONE = (
    "Nettoyé et vérifié sur place.",
    "Réparé ce matin.",
    "Enlevé, le passage est libre.",
    "Remis en état, contrôle prévu sous un mois.",
    "Remplacé.",
    "Sécurisé puis réparé.",
)
WHY_NOT = {
    "not_found": "L’équipe est passée et n’a rien trouvé à cet endroit.",
    "solved": "Le problème était déjà réglé à notre arrivée.",
    "private": "Le lieu est privé : son propriétaire doit intervenir.",
    "planned_works": "Des travaux sont déjà prévus dans cette rue.",
}
QUESTIONS = (
    "Pouvez-vous préciser le numéro de la rue ?",
    "Est-ce toujours le cas aujourd’hui ?",
    "De quel côté de la rue se trouve le problème ?",
)
REPLIES = ("C’est devant le numéro 12.", "Oui, toujours, et cela s’aggrave.", "Du côté impair, à l’angle.")
STILL_WRONG = ("C’est revenu dès le lendemain.", "Seule une partie a été enlevée.", "Rien n’a changé sur place.")
NOTES = ("Riverain rappelé, passage confirmé.", "Accès difficile avec le camion.", "À voir avec la mairie.")
ELSEWHERE = (("Département des Bouches-du-Rhône, direction des routes", "04 13 31 13 13"), ("Gestionnaire du réseau privé", ""))


def course(case: int, filed_at: datetime, promise: int, step: str, rng: random.Random) -> list[Act]:
    """The acts on one report, in order. Most end within the promise, some late, some are still open long after."""
    acts: list[Act] = []
    time = filed_at

    def then(hours: float, action: str, who: str = "team", **data: Any) -> None:
        nonlocal time
        time = in_working_hours(time + timedelta(hours=hours), rng) if who == "team" else time + timedelta(hours=hours)
        acts.append(Act(time, case, action, who, data))

    if step == "to_qualify":
        if rng.random() < 0.04:
            return acts
        then(
            rng.expovariate(1 / 6),
            "qualify",
            category=rng.choice(("roads.obstacle", "cleanliness.dirty_street", "furniture.object")),
        )
    if rng.random() < 0.1:
        then(rng.expovariate(1 / 4), "note", note=rng.choice(NOTES))
    if rng.random() < 0.06:
        then(rng.expovariate(1 / 8), "ask_resident", message=rng.choice(QUESTIONS))
        if rng.random() < 0.3:
            return acts
        then(rng.expovariate(1 / 30), "answer", "resident", message=rng.choice(REPLIES))
    fate = rng.random()
    if fate < 0.07:
        reason = rng.choice(list(WHY_NOT))
        then(rng.expovariate(1 / 30), "reject", reason=reason, message=WHY_NOT[reason])
    elif fate < 0.09:
        who, phone = rng.choice(ELSEWHERE)
        then(
            rng.expovariate(1 / 20),
            "transfer",
            transferred_to=who,
            phone=phone,
            message="Votre signalement leur est transmis ce jour.",
        )
    else:
        _work(then, filed_at, promise, rng, lambda: time)
    return acts


def _work(then, filed_at: datetime, promise: int, rng: random.Random, now) -> None:
    """Planned or not, started or not, done before the promise or after; sometimes contested."""
    last = datetime.combine(add_working_days(filed_at.date(), promise), datetime.min.time(), PARIS) + timedelta(hours=15)
    whole = max(4.0, (last - filed_at).total_seconds() / 3600)
    ends = whole * (rng.betavariate(2, 2.2) if rng.random() < 0.82 else rng.uniform(1.0, 2.6))
    if rng.random() < 0.55:
        day = add_working_days((filed_at + timedelta(hours=ends)).date(), 0)
        then(ends * 0.25, "plan", day=day.isoformat())
    if rng.random() < 0.7:
        then(ends * 0.4, "start")
    then(max(0.5, ends - (now() - filed_at).total_seconds() / 3600), "finish", what_was_done=rng.choice(DONE))
    if rng.random() < 0.04:
        then(rng.uniform(2, 200), "object", "resident", message=rng.choice(STILL_WRONG))
        then(rng.expovariate(1 / 30), "start")
        then(rng.expovariate(1 / 20), "finish", what_was_done=rng.choice(DONE))


def in_working_hours(time: datetime, rng: random.Random) -> datetime:
    """The same or the next hour in which teams work: working days from 7 to 18."""
    local = time.astimezone(PARIS)
    if local.hour >= 18:
        local = (local + timedelta(days=1)).replace(hour=7, minute=rng.randrange(60))
    elif local.hour < 7:
        local = local.replace(hour=7, minute=rng.randrange(60))
    day = add_working_days(local.date(), 0)
    return (
        local
        if day == local.date()
        else local.replace(year=day.year, month=day.month, day=day.day, hour=7, minute=rng.randrange(60))
    )
