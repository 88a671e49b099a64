"""How many letters a minute leave: from the decision's effect to a file for the printer and each letter kept as sent."""

import time
from tempfile import TemporaryDirectory

from django.conf import settings

from oppidum.cases import outbox
from oppidum.cases.acting import act
from oppidum.cases.filing import NewCase, file_cases
from oppidum.cases.rules.standing import Actor, Command
from oppidum.operations.benches.answer import Answer
from oppidum.operations.benches.scratch import own_siren, scratch_database
from oppidum.publishing.models import Letterhead, Paper
from oppidum.publishing.printing import order_runs, work
from oppidum.territory.models import Commune, Intercommunality

OFFICER = Actor("officer", 1, "Bench", frozenset({"act"}))
SERVICE = "rental-permit"


def run(letters: int = 2000) -> Answer:
    """Decide `letters` requests that have no e-mail address, make their orders, print them; on as many cores as the machine has."""
    with scratch_database(own_siren()), TemporaryDirectory() as folder:
        before, settings.MEDIA_ROOT = settings.MEDIA_ROOT, folder
        try:
            figures = measure(letters)
        finally:
            settings.MEDIA_ROOT = before
    return Answer("services_letters", figures, floor={}, settings={"letters": letters, "service": SERVICE})


def measure(letters: int) -> dict[str, float]:
    """The figures, on the database in use: whole, and the two halves (made by the outbox, printed by the workers)."""
    _letterhead()
    _decide(letters)
    began = time.perf_counter()
    while outbox.deliver(10_000):
        pass
    made = time.perf_counter()
    waiting = Paper.objects.filter(fate=Paper.Fate.WAITING, run=None).count()
    order_runs("Bench", None)
    work(seconds=3600)
    ended = time.perf_counter()
    kept = Paper.objects.filter(fate=Paper.Fate.PRINTED).exclude(sha256="").count()
    if kept != waiting or waiting < letters:
        raise RuntimeError(f"{letters} were decided, {waiting} letters made, {kept} printed")
    return {
        "letters_per_minute": round(60 * kept / (ended - began)),
        "made_per_minute": round(60 * kept / (made - began)),
        "printed_per_minute": round(60 * kept / (ended - made)),
    }


def _letterhead() -> None:
    Letterhead.objects.get_or_create(
        authority=Intercommunality.objects.get(),
        defaults={
            "town": "Marseille",
            "president": "Camille Martin",
            "quality": "La présidente",
            "court": "Tribunal administratif",
        },
    )


def _decide(letters: int) -> None:
    """Requests of people without e-mail, each decided: every decision is numbered and asks for its order, and filing for its receipt."""
    places = list(Commune.objects.members().exclude(centre=None)[:50])
    filed = file_cases(_request(n, places[n % len(places)]) for n in range(letters // 2))
    for action in ("complete", "favourable"):
        act([(one.case_id, Command(action, OFFICER)) for one in filed])


def _request(n: int, commune: Commune) -> NewCase:
    postcode = commune.postcodes[0] if commune.postcodes else commune.code
    place = {
        "lon": commune.centre.x,
        "lat": commune.centre.y,
        "commune": commune.code,
        "address": f"{n} rue des Oliviers, {commune.name}",
    }
    answers = {
        "dwelling": place | {"zones": []},
        "dwelling_kind": "flat",
        "surface": 20 + n % 80,
        "rooms": 2,
        "landlord": {"kind": "person", "name": f"Habitant {n}"},
        "landlord_address": {"text": f"{n} rue des Oliviers, {postcode} {commune.name}"},
    }
    return NewCase(service=SERVICE, channel="post", answers=answers, **place)
