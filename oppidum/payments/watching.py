"""What the accounts tell whoever looks on (see `core/watching.py`)."""

from datetime import date
from typing import NamedTuple

MOVEMENTS = "movements of accounts"


class Moved(NamedTuple):
    """A line that was just written in the account of a charge."""

    case_id: int
    fee: str
    kind: str
    amount_cents: int
    valid_on: date
