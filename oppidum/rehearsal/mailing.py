"""Two lists of businesses to write to about the special waste fee, sent as an officer sends them at the desk: one is filed, one waits to be
confirmed, with three rows to mend. Businesses and their numbers are invented.
"""

import io
import random
from collections.abc import Iterator
from datetime import date, timedelta

from stdnum import luhn

from oppidum.cases.declaration import get_service
from oppidum.cases.lists import uploads
from oppidum.cases.models import ListUpload
from oppidum.cases.withholding import withholding
from oppidum.core import clock
from oppidum.people.models import Officer, Remit, Right
from oppidum.rehearsal.places import Places
from oppidum.services.living_environment.special_waste_notice import CODE

HEADER = "key;applicant.kind;applicant.name;applicant.number;place.lon;place.lat;place.address;about"
TRADES = (
    "Boulangerie",
    "Brasserie",
    "Garage",
    "Imprimerie",
    "Menuiserie",
    "Pharmacie",
    "Pressing",
    "Primeur",
    "Poissonnerie",
    "Quincaillerie",
)
OF = (
    "de la Gare",
    "des Arts",
    "du Centre",
    "du Marché",
    "du Vallon",
    "des Pins",
    "de l'Étoile",
    "du Vieux Pont",
    "des Deux Places",
)
# Rows, and what is wrong in some of them, five rows apart: a column and what stands there instead.
FILED, WAITING, APART = 40, 24, 5
WRONG = {"applicant.number": "12345678901234", "about": "tarif 2027", "place.lon": "2.3522"}
LONG_ENOUGH = 60.0


def rehearse_mailing(today: date, seed: int = 1) -> int:
    """Both lists, sent by the first officer of the team that writes to businesses; returns how many letters were filed, 0 where nobody does."""
    team = Remit.objects.filter(service=CODE).values("team")
    officer = next(
        (one for one in Officer.objects.filter(teams__in=team).select_related("role").order_by("pk") if one.may(Right.ACT)), None
    )
    if officer is None:
        return 0
    rng = random.Random(seed)
    with withholding():
        with clock.at(clock.midnight(today - timedelta(days=2)) + timedelta(hours=10)):
            first = _send(officer, "etablissements-recenses.csv", list(_rows(FILED, "recensement", rng)))
            uploads.confirm(first.pk)
            uploads.work(LONG_ENOUGH)
        rows = list(_rows(WAITING, "tournees", rng))
        for row, (column, wrong) in zip(rows[6::APART], WRONG.items(), strict=False):
            row[column] = wrong
        _send(officer, "etablissements-des-tournees.csv", rows)
    first.refresh_from_db()
    return first.filed


def _send(officer: Officer, name: str, rows: list[dict[str, str]]) -> ListUpload:
    lines = [HEADER, *(";".join(row.values()) for row in rows)]
    upload = uploads.receive(io.BytesIO("\r\n".join(lines).encode("utf-8-sig")), name, get_service(CODE), officer, "fr")
    uploads.work(LONG_ENOUGH)
    return upload


def _rows(count: int, key: str, rng: random.Random) -> Iterator[dict[str, str]]:
    places = Places(rng)
    for n in range(1, count + 1):
        spot = places.draw()
        siren = f"{rng.randrange(10_000_000, 99_999_999)}"
        told = (
            f"{key}:{n}",
            "company",
            f"{rng.choice(TRADES)} {rng.choice(OF)}",
            siren + luhn.calc_check_digit(siren),
            str(spot.lon),
            str(spot.lat),
            spot.address,
            "rules",
        )
        yield dict(zip(HEADER.split(";"), told, strict=True))
