"""Whether another case gives the right to ask (see `declaration/entitled.py`): looked up when a request is prepared."""

from collections.abc import Mapping
from typing import Any

from oppidum.cases.declaration import Service
from oppidum.cases.declaration.entitled import COMPARED, Entitled
from oppidum.cases.rules.errors import NotEligible
from oppidum.core.sql import rows, text_array

# The open cases of one service, by the index of open cases; then what they say.
_FOUND = """
    with open as materialized (select case_id from cases_live where is_open and service = %s::text and step = %s::text)
    select 1 from open join cases_case c on c.id = open.case_id
    where not exists (
        select from unnest(%s::text::text[], %s::text::text[], %s::text::text[]) as wanted(name, part, value)
        where case wanted.part when '' then c.answers ->> wanted.name else c.answers -> wanted.name ->> wanted.part end
            is distinct from wanted.value
    ) limit 1
"""


def check_entitled(service: type[Service], answers: Mapping[str, Any], known: Mapping[str, Any]) -> None:
    """Raises `NotEligible` where a right is needed that no case gives. `known`: the answers with the rules in force."""
    for one in service.entitled:
        if (one.when is None or one.when.holds(known)) and not is_entitled(service, one, answers):
            raise NotEligible(" ".join(filter(None, (str(one.says), str(one.instead)))), field=next(iter(one.same), None))


def is_entitled(service: type[Service], one: Entitled, answers: Mapping[str, Any]) -> bool:
    """Whether a case gives that right to who answers so. What is not told (a party without a number) is the same as nothing."""
    wanted = []
    for ours, theirs in one.same.items():
        parts = COMPARED[service.form[ours].kind]
        told = answers.get(ours)
        value = (told or {}).get(parts[0]) if parts else told
        if not value:
            return False
        wanted.append((theirs, parts[0] if parts else "", str(value)))
    columns = [text_array([row[at] for row in wanted]) for at in range(3)]
    return bool(rows(_FOUND, [one.service, one.step, *columns]))
