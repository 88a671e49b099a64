"""Cases that a room shows to everybody: those of the service that bears its mark, in the steps that the mark names."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from oppidum.cases.declaration.marks import Mark
from oppidum.cases.public import public_id
from oppidum.core.sql import rows


@dataclass(frozen=True)
class Marked:
    """One of them. `facts`: what its acts said, by name. A room's own class names its `mark` and adds what it tells."""

    mark: ClassVar[Mark]
    case_id: int
    code: str
    step: str
    facts: Mapping[str, Any]

    @property
    def public_id(self) -> str:
        return public_id(self.case_id)

    @property
    def title(self) -> str:
        return self.facts.get("title") or ""

    @property
    def step_label(self) -> str:
        return str(self.mark.service.flow.steps[self.step].label)


def read_marked(mark: Mark, case_id: int | None = None) -> list[tuple[int, str, str, dict[str, Any]]]:
    """The fields of `Marked`: of all, or of the one case, if it is among them; one query."""
    one = "" if case_id is None else "and c.id = %(case)s::bigint"
    found = rows(
        f"""select c.id, c.code, l.step, l.facts from cases_case c join cases_live l on l.case_id = c.id
            where c.service = %(service)s and l.step = any(%(steps)s) {one}""",
        {"service": mark.code, "steps": list(mark.steps), "case": case_id},
    )
    return [(case, code, step, json.loads(facts)) for case, code, step, facts in found]
