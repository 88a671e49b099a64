"""Requests to all services, made up from their forms: for benchmarks of what shows every case together."""

import random
from collections.abc import Iterator
from datetime import timedelta

from oppidum.cases.declaration import Service, catalogue
from oppidum.cases.declaration.sampling import Sampler
from oppidum.cases.filing import NewCase, file_cases
from oppidum.cases.intake import place_of, take_contact
from oppidum.core import clock
from oppidum.core.errors import Invalid
from oppidum.operations.benches.spots import draw_spots

DRAWN = 40  # forms filled in of each service; what differs between two cases of a list is their place and day
BATCH = 10_000


def fill_requests(count: int, rng: random.Random) -> int:
    """File `count` requests over the last year, as many of each service that books no place; how many services they are."""
    forms = {service.code: drawn for service in catalogue().values() if (drawn := list(_forms(service, rng)))}
    codes, spots, now = sorted(forms), draw_spots(count, rng), clock.now()
    for start in range(0, count, BATCH):
        file_cases(
            _request(rng.choice(forms[codes[n % len(codes)]]), spot, now - timedelta(minutes=rng.randrange(525_600)))
            for n, spot in enumerate(spots[start : start + BATCH], start)
        )
    return len(codes)


def fill_resting(count: int, rng: random.Random) -> None:
    """File `count` requests that rest as soon as they are filed: letters of a mailing that await no answer, over the last months."""
    forms = [
        one for service in catalogue().values() if service.flow.steps[service.flow.first].rests for one in _forms(service, rng)
    ]
    spots, now = draw_spots(count, rng), clock.now()
    for start in range(0, count, BATCH):
        file_cases(
            _request(rng.choice(forms), spot, now - timedelta(minutes=rng.randrange(262_800)))
            for spot in spots[start : start + BATCH]
        )


def _forms(service: type[Service], rng: random.Random) -> Iterator[NewCase]:
    if service.categories or service.bookings or not service.form:
        return
    today = clock.today()
    rules = {f"rule:{name}": value for name, value in service.rules_on(today).items()}
    sampler = Sampler(rng, today, of={"files": lambda rng, question: None})
    for _ in range(DRAWN):
        try:
            answers = sampler.answers(service.form, rules)
        except Invalid:
            continue
        contact = take_contact(service.form, answers)
        yield NewCase(service=service.code, answers=answers, channel="portal", contact=contact, **place_of(service.form, answers))


def _request(form: NewCase, spot: tuple[float, float, str], filed_at) -> NewCase:
    lon, lat, commune = spot
    lies = {"lon": lon, "lat": lat, "commune": commune} if form.commune else {}
    return NewCase(
        service=form.service,
        answers=form.answers,
        channel=form.channel,
        contact=form.contact,
        filed_at=filed_at,
        address=form.address,
        **lies,
    )
