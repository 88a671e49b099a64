"""Versions of a declaration: named by their content, kept as long as a case refers to them, and run again from what was kept.

A version has three parts, each with its own hash: its *texts*, its *questions* (what forms and actions ask), and its *substance*
(everything that decides: flow, clocks, rules, fees...). A change reaches by part, as the service says:

    change = Change(reaches={"texts": "all", "questions": "new", "substance": "by filing day"})           the default
    change = Change(reaches="open cases", steps={"review": "examination"}, says=_("Visits are no longer announced."))

Texts reach everybody: an old case is shown in today's words, and rests where today's declaration says so (`Step.rests`). Questions
reach new filings. Substance goes by the day of filing, or reaches the open cases, which `oppidum services publish` then moves, step by step, as a recorded fact. Decided cases never move.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Any

from django.utils.translation import override

from oppidum.cases.declaration.plain_data import Unreadable, from_plain, to_plain

TEXTS, QUESTIONS, SUBSTANCE = "texts", "questions", "substance"
ALL, NEW, BY_FILING_DAY, OPEN_CASES = "all", "new", "by filing day", "open cases"
MAY_REACH = {TEXTS: (ALL, NEW), QUESTIONS: (NEW,), SUBSTANCE: (BY_FILING_DAY, OPEN_CASES)}
DEFAULT_REACH = {TEXTS: ALL, QUESTIONS: NEW, SUBSTANCE: BY_FILING_DAY}

# What decides nothing about a case, and would only give a version another name.
ASIDE = frozenset(
    {"noticed", "facts_read", "lettered", "restored_as", "figures", "datasets", "rehearsal", "change", "quick", "marks", "alarms"}
)
# What is only shown goes with the texts.
SHOWN = frozenset({"icon", "minutes", "name", "says", "words"})
# What of a step says only where officers find the case: it goes with the texts too.
SHOWN_OF_STEPS = ("rests", "sleeps_through", "unless")


@dataclass(frozen=True)
class Change:
    """Whom the last change of a declaration reaches. `reaches`: by part, or "open cases" for short.

    `steps`: for each step that the open cases may stand in and that is gone, the one where they go on. `says`: what the people
    whose draft or case it reaches are told. `source`: the act that decided it.
    """

    _: KW_ONLY
    reaches: Mapping[str, str] | str = field(default_factory=dict)
    steps: Mapping[str, str] = field(default_factory=dict)
    says: Any = ""
    source: str = ""

    def reach_of(self, part: str) -> str:
        """Whom a change of that part reaches."""
        if isinstance(self.reaches, str):
            return self.reaches if part == SUBSTANCE else DEFAULT_REACH[part]
        return self.reaches.get(part, DEFAULT_REACH[part])

    @property
    def moves_open_cases(self) -> bool:
        return self.reach_of(SUBSTANCE) == OPEN_CASES


def change_of(service: Any) -> Change:
    """What the service says about its last change; by default nobody's case changes but in its words."""
    return service.change or Change()


def data_of(service: Any) -> dict[str, Any]:
    """The declaration as plain data: what the service says itself, defaults left out, texts in their source language."""
    with override("en"):
        return {name: to_plain(getattr(service, name)) for name in _said(service)}


def _said(service: Any) -> list[str]:
    from oppidum.cases.declaration.service import Service

    names = sorted(set(Service.__annotations__) - ASIDE)
    return [name for name in names if getattr(service, name, None) is not getattr(Service, name, None)]


def name_of(data: Mapping[str, Any]) -> str:
    """Twelve hexadecimal digits that name this content."""
    return _hash(data)


def hashes_of(data: Mapping[str, Any]) -> dict[str, str]:
    """The hash of each part of a declaration's data."""
    questions, substance = _parted(_blank(data))
    texts = [_texts(data), {name: held for name, held in data.items() if name in SHOWN}]
    return {TEXTS: _hash(texts), QUESTIONS: _hash(questions), SUBSTANCE: _hash(substance)}


def restore(data: Mapping[str, Any], version: str = "") -> type:
    """The service that `data_of` was taken of, ready to decide cases. Raises `Unreadable`."""
    from oppidum.cases.declaration.service import Service

    try:
        said = {name: from_plain(held) for name, held in data.items()}
        name = "".join(part.capitalize() for part in str(said["code"]).split("-"))
        return type(name, (Service,), {**said, "restored_as": version or name_of(data)})
    except (KeyError, TypeError, ValueError) as error:
        raise Unreadable(f"version {version}: {error}") from error


def is_whole(data: Mapping[str, Any]) -> bool:
    """Whether the data hold all that decides. Those kept before bodies could be restored (November 2026) lack the order of steps."""
    return isinstance(data.get("flow"), Mapping) and data["flow"].get("type") == "Flow"


def with_texts_of(old: Any, new: Any) -> Any:
    """The old data in the new words, wherever the same part still stands in the same place: a change of texts reaches everybody."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        if _is_text(old):
            return new if _is_text(new) else old
        if old.get("type") != new.get("type"):
            return old
        if "map" in old and "map" in new:
            today = {_hash(key): held for key, held in new["map"]}
            return {"map": [[key, with_texts_of(held, today.get(_hash(key), held))] for key, held in old["map"]]}
        told = {key: with_texts_of(held, new.get(key, held)) for key, held in old.items()}
        return _without_shown(told) | _shown_of(new) if old.get("type") == "Step" else told
    if isinstance(old, list) and isinstance(new, list):
        named = {_name(one): one for one in new if _name(one)}
        if named:
            return [with_texts_of(one, named.get(_name(one), one)) for one in old]
        if len(old) == len(new):
            return [with_texts_of(one, other) for one, other in zip(old, new, strict=True)]
    return old


def _is_text(data: Mapping[str, Any]) -> bool:
    return "_" in data or "format" in data


def _shown_of(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: data[key] for key in SHOWN_OF_STEPS if key in data} if data.get("type") == "Step" else {}


def _without_shown(data: Mapping[str, Any]) -> Mapping[str, Any]:
    shown = _shown_of(data)
    return {key: held for key, held in data.items() if key not in shown} if shown else data


def _name(part: Any) -> str:
    """What a part is called among its like: its name or code, or for a notice its action."""
    held = part if isinstance(part, Mapping) else {}
    found = next((held[key] for key in ("name", "code", "action") if isinstance(held.get(key), str)), "")
    return f"{held.get('type')}:{found}" if found else ""


def _blank(data: Any) -> Any:
    """The data without their texts."""
    if isinstance(data, Mapping):
        return {"_": ""} if _is_text(data) else {key: _blank(held) for key, held in _without_shown(data).items()}
    return [_blank(one) for one in data] if isinstance(data, list) else data


def _texts(data: Any) -> Any:
    """The texts alone, where they stand."""
    if isinstance(data, Mapping):
        found = {key: _texts(held) for key, held in data.items()} if not _is_text(data) else dict(data)
        return {key: held for key, held in found.items() if held} | _shown_of(data) or None
    if isinstance(data, list):
        found = [_texts(one) for one in data]
        return found if any(found) else None
    return None


def _parted(blank: Mapping[str, Any]) -> tuple[Any, Any]:
    """Questions, and the rest."""
    questions = [blank.get("form")]

    def rest(held: Any) -> Any:
        if isinstance(held, Mapping):
            asked = {"Action": "demands", "Category": "questions"}.get(held.get("type"), "")
            if asked in held:
                questions.append([held.get("name") or held.get("code"), held[asked]])
            return {key: rest(one) for key, one in held.items() if key != asked}
        return [rest(one) for one in held] if isinstance(held, list) else held

    substance = rest({key: held for key, held in blank.items() if key != "form" and key not in SHOWN})
    return questions, substance


def _hash(data: Any) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:12]
