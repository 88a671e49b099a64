"""Why a dataset is not published; the version before stays."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from oppidum.core.errors import Refusal

KEPT = 50  # faults told of one publication


class NotPublished(Refusal):
    """A publication that is refused; `faults` are plain data (see `faults.py` for their words)."""

    code = "not-published"
    status = 409

    def __init__(self, faults: Sequence[dict[str, Any]], count: int = 0):
        self.faults = list(faults)[:KEPT]
        self.count = count or len(faults)
        super().__init__(_("The dataset is not published; its last version stays."), faults=self.faults)


class Undeclared(NotPublished):
    """The source brings a column that is not declared, or lacks one that is."""

    code = "undeclared"

    def __init__(self, dataset: str, columns: Sequence[str], missing: bool = False):
        code = "source-lacks" if missing else "source-brings"
        super().__init__([{"code": code, "column": name} for name in columns])


class TooSmall(NotPublished):
    """Groups smaller than k, where the declaration says to refuse."""

    code = "too-small"

    def __init__(self, small: Sequence[tuple[dict[str, str], int]], k: int):
        found = [{"code": "small-group", "column": ", ".join(group), "value": _said(group), "n": n, "k": k} for group, n in small]
        super().__init__(found)


class WrongCells(NotPublished):
    """Cells that don't keep to the schema."""

    code = "wrong-cells"


def _said(group: dict[str, str]) -> str:
    return ", ".join(value or "—" for value in group.values())
