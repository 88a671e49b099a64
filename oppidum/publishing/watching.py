"""What publishing tells whoever looks on (see `core/watching.py`): papers just made, versions of datasets, uses of a day."""

from datetime import date
from typing import NamedTuple

PAPERS, VERSIONS, USES = "papers made", "versions of datasets", "uses of datasets"


class Used(NamedTuple):
    """So many more uses of a dataset in a format, on a day."""

    dataset: str
    format: str
    day: date
    count: int
