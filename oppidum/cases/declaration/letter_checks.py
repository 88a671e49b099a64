"""Proofs over letters: what the law wants is there, and each word has a value on each path that can reach the letter.

Whether a word is there is computed over the flow: a step has the facts that every way into it has set (the intersection over the
moves that lead there), starting from the required questions of the form.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from oppidum.cases.declaration.expressions import OverItems
from oppidum.cases.declaration.flow import BACK, STAY
from oppidum.cases.declaration.letters import (
    ALWAYS,
    DECISIONS,
    ISSUERS,
    KINDS,
    MAYOR,
    PERHAPS,
    REASONED,
    TEMPLATES,
    WITH_REMEDIES,
    Annex,
    Bullets,
    Letter,
    Paragraph,
    Table,
    as_part,
    words_of,
)


def check_letters(service: Any) -> Iterator[str]:
    """All faults of the letters of a service, as sentences."""
    codes = [letter.code for letter in service.letters]
    for code in sorted({c for c in codes if codes.count(c) > 1}):
        yield f"letter '{code}' is declared twice: give one of them another code"
    for action in service.flow.actions.values():
        if action.letter and action.letter not in codes:
            yield f"action '{action.name}': letter '{action.letter}' is not declared: add it to `letters` or correct the name"
    known = sure_words(service)
    for letter in service.letters:
        for fault in (*_kind(service, letter), *_reached(service, letter), *_words(service, letter, known)):
            yield f"letter '{letter.code}': {fault}"


def _kind(service: Any, letter: Letter) -> Iterator[str]:
    if letter.kind not in KINDS:
        yield f"kind='{letter.kind}' is unknown: one of {', '.join(KINDS)}"
    if letter.template not in TEMPLATES:
        yield f"template='{letter.template}' is unknown: one of {', '.join(TEMPLATES)}"
    if letter.issuer not in ISSUERS:
        yield f"issuer='{letter.issuer}' is unknown: one of {', '.join(ISSUERS)}"
    if letter.signed_by and (letter.signed_by == MAYOR) != (letter.issuer == "commune"):
        yield "a mayor signs in the commune's name, and nobody else does: say issuer='commune' and signed_by='mayor', or neither"
    if letter.template in ("order", "certificate", "agreement") and not letter.signed_by:
        yield f"its template is '{letter.template}': somebody signs it, say signed_by="
    if letter.kind in REASONED and not letter.law:
        yield "give the articles that the decision rests on (law=): reasons are in law and in fact (CRPA, art. L211-5)"
    if letter.kind in REASONED and not letter.facts:
        yield "name the demand or answer that holds the reasons (facts=): reasons are in law and in fact (CRPA, art. L211-5)"
    if letter.kind in DECISIONS and not letter.signed_by:
        yield "a decision bears the signature of its author (CRPA, art. L212-1): say signed_by="
    silent = {clock.silence for clock in service.clocks if clock.means == "refusal"}
    if letter.kind not in WITH_REMEDIES and silent.intersection(_makers(service, letter)):
        yield "it tells of a refusal by silence: kind='lapse' prints how to contest it (CJA, art. R421-5)"
    if letter.kind in REASONED and not (letter.remedies.court or letter.remedies.civil):
        yield "remedies must name a court and its delay (CJA, art. R421-5)"
    for action in _makers(service, letter):
        numbers = getattr(service.flow.actions.get(action), "numbers", "")
        if letter.series and numbers != letter.series:
            yield f"it is numbered in the series '{letter.series}', but action '{action}' has numbers='{numbers}': give both the same"


def _makers(service: Any, letter: Letter) -> list[str]:
    made = [a.name for a in service.flow.actions.values() if a.letter == letter.code]
    return [*made, *(name for name in letter.at if name not in made)]


def _reached(service: Any, letter: Letter) -> Iterator[str]:
    makers = _makers(service, letter)
    if not makers:
        yield 'no action makes it: name it in an action (letter=) or say at=("file",)'
    for name in makers:
        if name != "file" and name not in service.flow.actions:
            yield f"at='{name}' is no action: name one of the flow, or 'file'"


def _words(service: Any, letter: Letter, known: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Words nobody knows, and words that one of the paths leaves blank."""
    every = ALWAYS | PERHAPS | _all_names(service) | set(letter.words)
    lists = _all_names(service)
    sure = {name: words | ALWAYS for name, words in known.items() if name in _makers(service, letter)}
    for name, word in letter.words.items():
        for missing in sorted(set(_names(word.value)) - every):
            yield f"word '{name}' reads '{missing}', which nothing asks or sets"
    for text, guard, optional in _texts(service, letter):
        for word in words_of(text):
            if word not in every:
                yield f"{{{word}}} is no word: nothing asks or sets it"
            elif not optional and word not in guard and word not in letter.words:
                blank = [action for action, words in sure.items() if word not in words and not _numbered(service, action, word)]
                if blank:
                    yield (
                        f"{{{word}}} may be blank when '{blank[0]}' makes it: demand it on every way there, or say when= or optional=True"
                    )
    for part in letter.parts():
        if isinstance(part, Bullets | Table) and part.of not in lists:
            yield f"a list is made of '{part.of}', which nothing asks or sets"
    for name in (n for pair in letter.to.items() for n in pair if n not in lists):
        yield f"it goes to '{name}', which nothing asks or sets"
    if letter.facts and letter.facts not in every:
        yield f"facts='{letter.facts}' is no answer or demand"
    elif letter.facts:
        yield from (
            f"facts='{letter.facts}' may be blank when '{a}' makes it: demand it" for a, w in sure.items() if letter.facts not in w
        )


def _numbered(service: Any, action: str, word: str) -> bool:
    """A number is sure where the action draws one; who signs, where somebody must."""
    return word == "number" and bool(getattr(service.flow.actions.get(action), "numbers", ""))


def _texts(service: Any, letter: Letter) -> Iterator[tuple[Any, set[str], bool]]:
    """Each text with the words that its condition asks for, and whether it may be left out. Lines of lists have their own words."""
    signed = {"signatory"} if letter.signed_by else set()
    yield letter.subject, signed, False
    for source, outer in [(letter.body, set()), *((a.body, set(_names(a.when))) for a in letter.annexes)]:
        for part in map(as_part, source):
            when = getattr(part, "when", None)
            guard = signed | outer | set(_names(when)) | _asked_under(service, letter, when)
            if isinstance(part, Paragraph):
                yield part.text, guard, part.optional
                yield getattr(part, "title", ""), guard, part.optional
            else:
                yield part.title, guard, False
    yield from ((a.title, signed | set(_names(a.when)), False) for a in letter.annexes if isinstance(a, Annex))


def _asked_under(service: Any, letter: Letter, when: Any) -> set[str]:
    """The needed questions of the form, or of the only act that makes the letter, that are asked under this very condition: where it
    holds they are answered."""
    makers = [service.flow.actions[name] for name in _makers(service, letter) if name in service.flow.actions]
    alone = makers if len(makers) == len(_makers(service, letter)) == 1 else []
    forms = (
        service.form,
        *(category.questions for category in service.categories.values()),
        *(action.demands for action in alone),
    )
    return {
        name for form in forms for name, each in form.items() if when is not None and each.required is True and each.when == when
    }


def _names(condition: Any) -> Iterable[str]:
    """The names that a condition or expression reads; a name it reads is one that it can vouch for."""
    if condition is None:
        return ()
    names = getattr(condition, "names", None)
    return names() if callable(names) else (getattr(condition, "name", ""),)


def _all_names(service: Any) -> set[str]:
    """Everything that the form asks, and that actions demand or set."""
    names = {name for name, _ in _words_in(service.form)}
    for category in service.categories.values():
        names |= {name for name, _ in _words_in(category.questions)}
    for action in service.flow.actions.values():
        names |= set(action.demands) | set(action.sets) | set(action.adds)
    return names


def _given(fields: Mapping[str, Any]) -> frozenset[str]:
    """The questions that can't be left blank, and the sums over lists: of an empty one they are zero."""
    return frozenset(name for name, each in _words_in(fields) if each.when is None and (each.required is True or _is_sum(each)))


def _is_sum(question: Any) -> bool:
    return isinstance(found := getattr(question, "value", None), OverItems) and found.how in ("sum", "count")


def _words_in(fields: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The questions whose answers letters know: how to reach somebody stands with the parties, and is the addressee's."""
    return ((name, each) for name, each in fields.items() if each.kind != "contact")


def sure_words(service: Any) -> dict[str, frozenset[str]]:
    """For each action, and "file": the answers and facts that are there on every path, its own demands included."""
    form = _sure_of_form(service)
    at = _at_steps(service, form)
    sure = {"file": form}
    for step in service.flow.steps.values():
        for name, move in step.moves.items():
            if step.name in at:
                here = at[step.name] | _gives(move.action)
                sure[name] = sure[name] & here if name in sure else here
    return sure


def sure_at_steps(service: Any) -> dict[str, frozenset[str]]:
    """For each step that can be reached: the answers and facts that are there on every path to it."""
    return _at_steps(service, _sure_of_form(service))


def _sure_of_form(service: Any) -> frozenset[str]:
    asked = [_given(category.questions) for category in service.categories.values()]
    return _given(service.form) | (frozenset.intersection(*asked) if asked else frozenset())


def _gives(action: Any) -> frozenset[str]:
    given = _given(action.demands)
    grown = frozenset(name for name, asked in action.adds.items() if asked in given)
    return given | grown | frozenset(name for name, value in action.sets.items() if value not in (None, ""))


def _at_steps(service: Any, form: frozenset[str]) -> dict[str, frozenset[str]]:
    """What is sure in each step that can be reached: the greatest solution of the intersections, by repetition."""
    steps = service.flow.steps
    at = dict.fromkeys({service.flow.first, *filter(None, service.routing)} & set(steps), form)
    into: dict[str, set[str]] = {}
    for step in steps.values():
        for move in step.moves.values():
            for target in set(move.targets):
                into.setdefault(target, set()).add(step.name)
    changed = True
    while changed:
        changed = False
        for step in [s for s in steps.values() if s.name in at]:
            for move in step.moves.values():
                here = at[step.name] | _gives(move.action)
                back = into.get(step.name, set()) if BACK in set(move.targets) else set()
                stay = {step.name} if STAY in set(move.targets) else set()
                for target in ((set(move.targets) - {BACK, STAY}) | back | stay) & set(steps):
                    after = at[target] & here if target in at else here
                    if at.get(target) != after:
                        at[target], changed = after, True
    return at
