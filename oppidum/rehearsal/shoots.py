"""A rehearsed film shoot where tramway works are under way, in the days of a market and of another shoot: what the film office has to settle.

Productions, market and days are invented; the works are those of the rehearsed portfolio. Everything goes through the doors of the engine, on
a moved clock.
"""

import io
from datetime import date, datetime, timedelta
from typing import Any

from oppidum.cases import outbox
from oppidum.cases.acting import act_on
from oppidum.cases.files.attachments import save_upload
from oppidum.cases.filing import Filed, file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.preparing import prepare
from oppidum.cases.rules.asking import OPINION
from oppidum.cases.rules.standing import Actor, Command
from oppidum.cases.withholding import MESSAGES, withholding
from oppidum.core import clock
from oppidum.publishing.record_paper import record_data, typeset_record
from oppidum.services.economy.film_shoot import FilmShoot
from oppidum.services.economy.public_event import PublicEvent
from oppidum.territory.locate import find_commune

OFFICE = Actor("officer", None, "Mission cinéma", frozenset({"act", "note"}))
# Place Castellane in Marseille, where the portfolio has the works of the tramway.
CASTELLANE = (5.3838, 43.2858)
Square = tuple[float, float]


def rehearse_shoots(today: date, square: Square = CASTELLANE) -> int:
    """A market, a shoot that is under review, and another that has just been asked for, on and around that square; returns how many cases.
    Nothing on the ground of another authority."""
    if find_commune(*square) is None:
        return 0
    with withholding():
        with clock.at(_at(today - timedelta(days=30), 10)):
            _file(PublicEvent, _market(today, square), "desk")
        with clock.at(_at(today - timedelta(days=9), 11)):
            series = _file(FilmShoot, _series(today, square), "portal")
            act_on(series.case_id, prepare(FilmShoot, "ask_opinions", {}, OFFICE))
        answers = (("roads", "conditional"), ("communes", "favourable"))
        for days, (opinion, answer) in zip((5, 3), answers, strict=True):
            with clock.at(_at(today - timedelta(days=days), 15)):
                of = next(one.of for one in FilmShoot.opinions if one.name == opinion)
                act_on(series.case_id, Command(OPINION, Actor(of), {"opinion": opinion, "answer": answer}))
                _work()
        with clock.at(_at(today - timedelta(days=1), 9)):
            _file(FilmShoot, _advert(today, square), "portal")
    return 3


def _market(today: date, square: Square) -> dict[str, Any]:
    return {
        "title": "Marché de Noël de la place Castellane",
        "kind": "market",
        "where": _spot("Place Castellane, Marseille", square, 20, 30),
        "during": _days(today, 15, 38),
        "closes": "no",
        "organiser": "Comité d’intérêt de quartier Castellane",
        "contact": {"name": "Camille Exemple", "email": "marche@example.org"},
    }


def _series(today: date, square: Square) -> dict[str, Any]:
    return _shoot("La Digue", "series", "Films du Port", 48, 9) | {
        "synopsis": "Deux sœurs reprennent l’atelier de leur père. Une poursuite à pied traverse la place, au crépuscule.",
        "where": _spot("12 rue de Rome, Marseille", square, -70, 150),
        "during": _days(today, 24, 26),
        "hours": ["day", "evening"],
        "needs": ["parking", "traffic"],
    }


def _advert(today: date, square: Square) -> dict[str, Any]:
    return _shoot("Café du matin", "advert", "Studio Canebière", 14, 3) | {
        "synopsis": "Un café se boit en terrasse, au lever du jour.",
        "where": _spot("3 avenue du Prado, Marseille", square, 60, -50),
        "during": _days(today, 26, 27),
        "hours": ["day"],
        "needs": ["parking"],
    }


def _shoot(film: str, kind: str, production: str, people: int, vehicles: int) -> dict[str, Any]:
    return {
        "film": film,
        "kind": kind,
        "wish": "shoot",
        "is_nature": "no",
        "people": people,
        "vehicles": vehicles,
        "insurance": [_paper(production)],
        "production": {"kind": "company", "name": production, "number": "73282932000074"},
        "production_address": {"text": "8 boulevard des Dames, 13002 Marseille"},
        "contact": {"name": "Léo Exemple", "email": "regie@example.org", "phone": "06 39 98 12 34"},
    }


def _file(service: type, raw: dict[str, Any], channel: str) -> Filed:
    filed = file_case(prepare_case(service, raw, channel=channel))
    _work()
    return filed


def _work() -> None:
    while outbox.deliver(kinds=set(outbox.HANDLERS) - set(MESSAGES)):
        pass


def _spot(address: str, square: Square, east: float, north: float) -> dict[str, Any]:
    """So many metres from the square."""
    return {"address": address, "lon": square[0] + east / 81_000, "lat": square[1] + north / 111_000}


def _days(today: date, first: int, last: int) -> dict[str, str]:
    return {"from": (today + timedelta(days=first)).isoformat(), "to": (today + timedelta(days=last)).isoformat()}


def _paper(production: str) -> str:
    """A certificate of insurance that was sent up; its token."""
    data = record_data(title=production, kicker="Attestation", facts=[], sections=[], signature=[], footer="Exemple")
    pdf = io.BytesIO(typeset_record(data, clock.now()))
    return save_upload(pdf, "attestation.pdf", FilmShoot.form["insurance"], clock.now()).token


def _at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=clock.PARIS)
