"""The engine of services measured whole, on one scratch database: a school year's batch, letters, the night's sweep, permits through all
their steps beside what other engines do with the same flow, and a start with forty services. Each part can be run alone
(`services_sweep`...)."""

from tempfile import TemporaryDirectory

from django.conf import settings

from oppidum.operations.benches import peers, services_flow, services_letters, services_school, services_start, services_sweep
from oppidum.operations.benches.answer import Answer
from oppidum.operations.benches.scratch import own_siren, scratch_database


def run(
    open_cases: int = 1_000_000,
    due: int = 20_000,
    letters: int = 2000,
    school_files: int = 55_000,
    cases: int = 10_000,
    alone: int = 500,
    peer_cases: int = 300,
    services: int = 40,
    starts: int = 5,
) -> Answer:
    """All parts one after the other; the smaller ones first, so that what they measure doesn't wait on what the largest leaves behind."""
    start, start_floor = services_start.measure(services, starts)
    with scratch_database(own_siren()) as url, TemporaryDirectory() as folder:
        before, settings.MEDIA_ROOT = settings.MEDIA_ROOT, folder
        try:
            flow = services_flow.measure(cases, alone)
            others = peers.measure(url, peer_cases)
            lettered = services_letters.measure(letters)
            school = services_school.measure(school_files)
            swept, sweep_floor = services_sweep.measure(open_cases, due)
        finally:
            settings.MEDIA_ROOT = before
    told = {
        "letters": letters,
        "school_files": school_files,
        "cases": cases,
        "alone": alone,
        "peer_cases": peer_cases,
        "acts": list(peers.ACTS),
    }
    return Answer(
        "services",
        {**school, **lettered, **swept, **flow, **start},
        {**sweep_floor, **start_floor},
        others,
        services_sweep.settings_of(open_cases, due) | told | {"services": services, "starts": starts},
    )
