"""A database to measure on, beside the installation's own in the private cluster, with the real territory and many reports."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from oppidum.cases.declaration import Category, Choice, Day, Field, YesNo, get_service
from oppidum.cases.filing import NewCase, file_cases, prepare_case
from oppidum.cases.rules.standing import Contact
from oppidum.core import clock
from oppidum.core.cluster import private_cluster
from oppidum.operations.benches.spots import draw_spots
from oppidum.operations.preparing import migrate
from oppidum.people.loading import DEMO, load_people
from oppidum.rehearsal.replay import database
from oppidum.territory.models import Intercommunality

DATABASE = "oppidum_bench"
SIREN = "200054807"  # the first territory; an installation's own is taken instead
_WORDS = (
    "Il y a un trou devant le portail de l'école, les enfants tombent en vélo.",
    "Le conteneur déborde depuis trois jours.",
    "Lampadaire éteint entre les numéros 12 et 18, la rue est dans le noir.",
    "Matelas et gravats déposés au pied de l'immeuble.",
    "La voiture n'a pas bougé depuis deux mois, une vitre est cassée.",
    "De l'eau coule sur le trottoir sans arrêt depuis hier soir.",
)


@contextmanager
def scratch_database(siren: str) -> Iterator[str]:
    """An empty, migrated database with a territory and its people, dropped and made anew; Django uses it for the block.

    Yields its URL, for the processes that are measured.
    """
    cluster = private_cluster(settings.VAR)
    cluster.start()
    _recreate(cluster.url("postgres"))
    before = connection.settings_dict.copy()
    connection.close()
    host = cluster.url("").rpartition("@")[2].partition(":")[0].replace("%2F", "/").replace("%2f", "/")
    connection.settings_dict.update(NAME=DATABASE, HOST=host, USER="oppidum", PASSWORD="", PORT="5432")
    try:
        migrate()
        call_command("territory", "load", siren, stdout=StringIO())
        load_people(DEMO)
        yield cluster.url(DATABASE)
    finally:
        connection.close()
        connection.settings_dict.update(before)


@contextmanager
def measured_database(named: str = "") -> Iterator[str]:
    """The database `named`, as it is, for the block; with no name a scratch one, empty. Yields its URL.

    What is measured there stays there. Raises `LookupError` where there is none, `ValueError` for the installation's own.
    """
    if not named:
        with scratch_database(own_siren()) as url:
            yield url
        return
    if named == connection.settings_dict["NAME"]:
        raise ValueError(f"{named} is the installation's own database: a benchmark files made-up cases")
    if not database.exists(named):
        raise LookupError(f"there is no database {named} on this server")
    with database.using(named):
        yield database.url_of(named)


def own_siren() -> str:
    """The SIREN of this installation's territory, or the first one's if it has none yet."""
    try:
        return Intercommunality.objects.values_list("siren", flat=True).first() or SIREN
    except Exception:  # no database yet: the bench makes its own
        return SIREN
    finally:
        connection.close()


def _recreate(url: str) -> None:
    with psycopg.connect(url.replace("postgis:", "postgresql:", 1), autocommit=True) as server:
        server.execute(f"drop database if exists {DATABASE} with (force)")
        server.execute(f"create database {DATABASE}")


def fill(reports: int, rng: random.Random) -> None:
    """File that many reports through the engine, spread over the last year; every second one has an e-mail, as in life."""
    spots = draw_spots(reports, rng)
    now = clock.now()
    for start in range(0, reports, 10_000):
        file_cases(
            made_up(rng, spot, filed_at=now - timedelta(minutes=rng.randrange(525_600)), n=n)
            for n, spot in enumerate(spots[start : start + 10_000], start)
        )
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")
        cursor.execute("checkpoint")  # the filling is over and done with: what follows pays for itself alone


def made_up(rng: random.Random, spot: tuple[float, float, str], filed_at, n: int) -> NewCase:
    """A report that somebody might have sent."""
    lon, lat, commune = spot
    category = rng.choice(list(get_service("report").categories.values()))
    raw = made_up_answers(rng, category) | {"category": category.code, "words": rng.choice(_WORDS)}
    contact = Contact(f"Personne {n}", f"personne{n}@example.org", "", "fr") if n % 2 else None
    return prepare_case(
        get_service("report"),
        raw,
        lon=lon,
        lat=lat,
        commune=commune,
        channel="portal",
        contact=contact,
        filed_at=filed_at,
        address=f"{rng.randrange(1, 200)} rue de la République",
    )


def made_up_answers(rng: random.Random, category: Category) -> dict:
    """Answers to all required questions that fall under no hard stop."""
    while True:
        raw = {name: _any_answer(rng, question) for name, question in category.questions.items() if question.required}
        if category.find_danger(raw) is None:
            return raw


def _any_answer(rng: random.Random, question: Field):
    match question:
        case Choice(options=options):
            return rng.choice(list(options))
        case YesNo():
            return False
        case Day():
            return clock.today().isoformat()
        case _:
            return "Aubagne"
