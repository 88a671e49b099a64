"""A scenario: a small TOML file with a question, the year in which it is asked, and what is changed.

    name = "two-crews-more"
    title = {fr = "Deux équipes de plus", en = "Two more crews"}
    question = {fr = "…", en = "…"}
    year = 2023                    # optional: scale, services, first, last, seeds
    [changes.crews]
    illegal-dumping = 2
    [base.definitions.rental-permit]    # optional: changes on both sides, where the question supposes them
    per_day = 14

All that is wrong with it is told at once, each fault with its place. docs/how-to/rehearse-a-change.md lists what can be changed.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from oppidum.rehearsal.replay.plan import BadPlan, Changes, Plan
from oppidum.rehearsal.whatif.checking import faults_of

EXAMPLES = Path(__file__).parent / "examples"
LARGEST_BYTES, MOST_SEEDS = 64_000, 200
LANGUAGES = ("fr", "en")
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_KNOWN = {"name", "title", "question", "year", "scale", "services", "first", "last", "seeds", "changes", "base"}
_KINDS: dict[str, tuple[type, ...]] = {
    "year": (int,),
    "scale": (int, float),
    "services": (list,),
    "seeds": (int,),
    "changes": (dict,),
    "base": (dict,),
}


class BadScenario(Exception):
    """The scenario can't be lived; `faults` says all that is wrong with it, one sentence each, with its place."""

    def __init__(self, faults: list[str]):
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Scenario:
    """What is asked, and of which year. `title` and `question` by language; `plan`: the year with the changes, seed 1; `base`: those of them that both sides have."""

    name: str
    title: Mapping[str, str]
    question: Mapping[str, str]
    plan: Plan
    seeds: int = 8
    base: Changes = Changes()

    def said(self, part: str) -> str:
        """`title` or `question` in the active language, else in the other one."""
        told: Mapping[str, str] = getattr(self, part)
        return told.get((get_language() or "fr")[:2]) or next(iter(told.values()), "")

    def as_data(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "title": dict(self.title),
            "question": dict(self.question),
            "plan": self.plan.as_data(),
            "base": self.base.as_data(),
            "seeds": self.seeds,
        }


def read_scenario(path: Path) -> Scenario:
    """The scenario of a file. Raises `BadScenario`."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadScenario([f"{path}: can't be read ({error.strerror})"]) from None
    try:
        return parse_scenario(content.decode("utf-8"), path.stem)
    except UnicodeDecodeError:
        raise BadScenario([f"{path}: is no text in UTF-8"]) from None


def parse_scenario(text: str, name: str = "scenario") -> Scenario:
    """The scenario of a text; `name` where it gives itself none. Raises `BadScenario`."""
    if len(text) > LARGEST_BYTES:
        raise BadScenario([f"longer than {LARGEST_BYTES} characters: a scenario says only what changes"])
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadScenario([f"is no TOML: {error}"]) from None
    raw.setdefault("name", name)
    faults = list(_form_faults(raw))
    changes, more = _changes(raw.get("changes", {}), "changes")
    base, supposed = _changes(raw["base"], "base") if "base" in raw else (Changes(), [])
    faults += more + supposed
    if not any(part in _KINDS or part in ("first", "last") for part in (fault.partition(":")[0] for fault in faults)):
        plan = _plan(raw, joined(base, changes))
        try:
            plan.checked()
        except BadPlan as error:
            faults.append(str(error))
    if faults:
        raise BadScenario(faults)
    return Scenario(raw["name"], _said(raw["title"]), _said(raw["question"]), plan, raw.get("seeds", 8), base)


def _changes(raw: Any, part: str) -> tuple[Changes, list[str]]:
    if not isinstance(raw, dict):
        return Changes(), []
    try:
        changes = Changes.from_data(raw)
    except BadPlan as error:
        return Changes(), [f"[{part}]: {error}"]
    if not changes.as_data():
        return changes, [f"[{part}]: nothing is changed, so nothing can differ"]
    return _plain(changes), [f"[{part}] {fault}" for fault in faults_of(changes)]


def joined(base: Changes, changes: Changes) -> Changes:
    """Both, the second winning where they name the same thing."""
    one, other = base.as_data(), changes.as_data()
    return Changes.from_data(
        {part: _over(one[part], other[part]) if part in one and part in other else (one | other)[part] for part in one | other}
    )


def _over(one: Any, other: Any) -> Any:
    if not isinstance(one, Mapping):
        return [*one, *other] if isinstance(one, tuple | list) else other
    return {
        name: _over(one[name], other[name]) if name in one and name in other else (one | other)[name] for name in {**one, **other}
    }


def _plan(raw: Mapping[str, Any], changes: Changes) -> Plan:
    return Plan(
        year=raw.get("year", 2023),
        scale=float(raw.get("scale", 1.0)),
        services=frozenset(raw.get("services", ())),
        first=raw.get("first"),
        last=raw.get("last"),
        changes=changes,
        workers=1,
    )


def _form_faults(raw: Mapping[str, Any]) -> Iterator[str]:
    if unknown := sorted(raw.keys() - _KNOWN):
        yield f"{', '.join(unknown)}: unknown; known: {', '.join(sorted(_KNOWN))}"
    if not isinstance(raw["name"], str) or not _NAME.fullmatch(raw["name"]):
        yield f"name: {raw['name']!r} is no name: write small letters, digits and hyphens, as in two-crews-more"
    for part in ("title", "question"):
        if not _is_said(raw.get(part)):
            yield f'{part}: say it as a text, or in languages: {{fr = "…", en = "…"}}'
    for part, kinds in _KINDS.items():
        if part in raw and (not isinstance(raw[part], kinds) or isinstance(raw[part], bool)):
            yield f"{part}: {raw[part]!r} is no {' or '.join(kind.__name__ for kind in kinds)}"
    for part in ("first", "last"):
        if part in raw and type(raw[part]) is not date:
            yield f"{part}: {raw[part]!r} is no day: write it without quotes, as 2023-03-01"
    if isinstance(raw.get("seeds"), int) and not 1 <= raw["seeds"] <= MOST_SEEDS:
        yield f"seeds: between 1 and {MOST_SEEDS} runs of each side, not {raw['seeds']}"


def _is_said(told: Any) -> bool:
    if isinstance(told, str):
        return bool(told.strip())
    return isinstance(told, dict) and bool(told) and all(k in LANGUAGES and isinstance(v, str) and v for k, v in told.items())


def _said(told: Any) -> dict[str, str]:
    return {"fr": told} if isinstance(told, str) else dict(told)


def _plain(changes: Changes) -> Changes:
    """The changes as JSON keeps them: days as ISO text."""
    if not all(isinstance(one, Mapping) for one in changes.days):
        return changes
    days = tuple({k: v.isoformat() if isinstance(v, date) else v for k, v in one.items()} for one in changes.days)
    return Changes.from_data(changes.as_data() | ({"days": days} if days else {}))
