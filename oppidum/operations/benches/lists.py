"""How many rows a second of a list sent at the desk are checked, filed, and found again: a mailing's, by one worker."""

import io
import random
import time
from tempfile import TemporaryDirectory

from django.conf import settings
from stdnum import luhn

from oppidum.cases.declaration import catalogue
from oppidum.cases.lists import uploads
from oppidum.cases.models import Case, ListUpload
from oppidum.operations.benches.answer import Answer
from oppidum.operations.benches.scratch import own_siren, scratch_database
from oppidum.operations.benches.spots import draw_spots
from oppidum.people.models import Officer

SERVICE = "special-waste-notice"
HEADER = "key;applicant.kind;applicant.name;applicant.number;place.lon;place.lat;place.address;about"
LONG_ENOUGH = 3600.0


def run(rows: int = 10_000, seed: int = 1) -> Answer:
    """Send a list of `rows` businesses twice: the second time each is found."""
    with scratch_database(own_siren()), TemporaryDirectory() as folder:
        before, settings.MEDIA_ROOT = settings.MEDIA_ROOT, folder
        try:
            figures = measure(made_up(rows, random.Random(seed)), rows)
        finally:
            settings.MEDIA_ROOT = before
    return Answer("lists", figures, floor={}, settings={"rows": rows, "service": SERVICE, "piece": uploads.PIECE})


def measure(content: bytes, rows: int) -> dict[str, float]:
    """The figures, on the database in use."""
    officer = Officer.objects.order_by("pk").first()
    received = time.perf_counter()
    upload = uploads.receive(io.BytesIO(content), "bench.csv", catalogue()[SERVICE], officer, "fr")
    began = time.perf_counter()
    uploads.work(LONG_ENOUGH)
    checked = time.perf_counter()
    uploads.confirm(upload.pk)
    uploads.work(LONG_ENOUGH)
    filed = time.perf_counter()
    again = uploads.receive(io.BytesIO(content), "bench.csv", catalogue()[SERVICE], officer, "fr")
    found_from = time.perf_counter()
    uploads.work(LONG_ENOUGH)
    ended = time.perf_counter()
    counts = ListUpload.objects.values_list("filed", "known", "refused")
    if [counts.get(pk=upload.pk), counts.get(pk=again.pk), Case.objects.count()] != [(rows, 0, 0), (0, rows, 0), rows]:
        raise RuntimeError(f"{rows} rows were sent twice: {list(counts)}")
    return {
        "received_seconds": round(began - received, 2),
        "checked_per_second": round(rows / (checked - began)),
        "filed_per_second": round(rows / (filed - checked)),
        "found_per_second": round(rows / (ended - found_from)),
    }


def made_up(rows: int, rng: random.Random) -> bytes:
    """A list of so many businesses all over the territory."""
    lines = [HEADER]
    for n, (lon, lat, commune) in enumerate(draw_spots(rows, rng)):
        siren = f"{10_000_000 + n}"
        siren += luhn.calc_check_digit(siren)
        lines.append(f"bench:{n};company;Établissement n° {n};{siren};{lon};{lat};{n} rue de la République, {commune};rules")
    return "\r\n".join(lines).encode()
