"""Open data of the demonstration: a catalogue of datasets held elsewhere, and two months of downloads, seeded."""

from datetime import timedelta
from pathlib import Path
from random import Random

from oppidum.core import clock
from oppidum.publishing.datasets.catalogue import all_datasets
from oppidum.publishing.datasets.outside import take_in
from oppidum.publishing.datasets.using import LINK, count_uses
from oppidum.publishing.models import OutsideDataset

CATALOGUE = Path(__file__).with_name("observatories.csv")
SOURCE = "observatories"
DAYS = 60
# What people come for; the rest is seldom asked for.
_EMPTY = frozenset({"acts", "grants", "preemptions", "rental-permit-opinions"})  # nothing of them may be published yet
_POPULAR = {
    "reports": 14,
    "commune-outlines": 9,
    "communes": 8,
    "deliberations": 6,
    "key-figures": 5,
    "public-services": 3,
}


def rehearse_open_data(seed: int = 1) -> str:
    """Take in the catalogue and count downloads of the last days, through the doors that the real ones come by."""
    taken = take_in(CATALOGUE, SOURCE)
    rng, today = Random(seed), clock.today()
    outside = list(OutsideDataset.objects.order_by("name").values_list("name", flat=True))
    downloads = 0
    for back in range(DAYS, 0, -1):
        day = today - timedelta(days=back)
        busy = 0.3 if day.weekday() >= 5 else 1.0
        uses: dict[tuple[str, str], int] = {}
        for name, dataset in all_datasets().items():
            if name in _EMPTY:
                continue
            for n, suffix in enumerate(dataset.formats):
                if count := round(rng.expovariate(1) * busy * _POPULAR.get(name, 1) / (1 + n)):
                    uses[name, suffix] = count
        for name in rng.sample(outside, k=min(8, len(outside))):
            uses[name, LINK] = rng.randint(1, 4)
        count_uses(uses, day)
        downloads += sum(uses.values())
    return f"{taken['new']} datasets held elsewhere, {downloads} downloads"
