"""A program of its own that files reports in batches and says each code once it has it: `python -m tests.cases.filer COUNT`."""

import random
import sys
from uuid import uuid4

import django


def file_reports(count: int) -> None:
    from oppidum.cases.filing import file_cases, prepare_case
    from oppidum.cases.rules.standing import Contact
    from oppidum.services.living_environment.report import Report
    from oppidum.territory.models import Intercommunality
    from tests.people_of_town import load_people
    from tests.territory.town import IN_AUBANE, load_town

    if not Intercommunality.objects.exists():
        load_town()
        load_people()
    lon, lat = IN_AUBANE
    raw = {"category": "roads.pothole", "where": "road", "words": "Un trou"}
    while count > 0:
        batch = [
            prepare_case(
                Report, raw, lon=lon, lat=lat, commune="13901", channel="portal", contact=Contact(email=f"{uuid4()}@example.org")
            )
            for _ in range(min(count, random.randint(1, 12)))
        ]
        print(*[filed.code for filed in file_cases(batch)], sep="\n", flush=True)
        count -= len(batch)


if __name__ == "__main__":
    django.setup()
    file_reports(int(sys.argv[1]))
