"""Clocks lead on: what moves them are acts of the flow, their lengths are known, and their silence is somebody's to take."""

from collections.abc import Iterator

from oppidum.cases.declaration.clocks import FILE, MEANINGS, MOVERS, Clock, lengths_of
from oppidum.cases.declaration.expressions import Expression
from oppidum.cases.declaration.service import Service
from oppidum.core.calendar import Length

_LENGTHS = ("lasts", "least_left", "waits_within", "extends_within", "interruption", "extension")


def lead_on(service: type[Service]) -> Iterator[str]:
    names = [clock.name for clock in service.clocks]
    for clock in service.clocks:
        where = f"clock '{clock.name}'"
        if names.count(clock.name) > 1:
            yield f"{where}: declared twice: give each clock a name of its own"
        if not clock.source:
            yield f"{where}: give the article that sets it (source=)"
        for check in (_silence, _movers, _lengths, _hours, _days):
            yield from (f"{where}: {fault}" for fault in check(service, clock))


def _silence(service: type[Service], clock: Clock) -> Iterator[str]:
    action = service.flow.actions.get(clock.silence or "")
    if clock.silence and action is None:
        yield f"silence='{clock.silence}' is no action of the flow: offer it in a step or name another"
    elif action is not None and "system" not in action.by:
        yield f"silence='{clock.silence}' is not the engine's to take: say by=\"system\" on that action"
    if clock.means and clock.means not in MEANINGS:
        yield f"means='{clock.means}' is unknown: say {', '.join(MEANINGS)}"
    if clock.whose not in ("authority", "applicant"):
        yield f"whose='{clock.whose}' is unknown: say authority or applicant"
    if any(day < 0 for day in clock.warns):
        yield "warns= are days before the end: none is negative"


def _movers(service: type[Service], clock: Clock) -> Iterator[str]:
    for attribute in MOVERS:
        for name in getattr(clock, attribute):
            if name not in service.flow.actions and not (name == FILE and attribute == "starts"):
                yield f"{attribute}='{name}' is no action of the flow: correct the name"
    if not clock.starts:
        yield 'nothing starts it: say starts="file" or an action'
    for stops, goes in (("suspended_by", "resumed_by"), ("waits_for", "restarted_by")):
        if getattr(clock, stops) and not getattr(clock, goes):
            yield f"{stops} without {goes}: it would never run again"
    for name, given in (("interrupted_by", "interruption"), ("extended_by", "extension")):
        if getattr(clock, name) and getattr(clock, given) is None:
            yield f"{name} without {given}: say for how long"
    for act, demand in clock.dated_by.items():
        if act not in clock.actions():
            yield f"dated_by names '{act}', which doesn't move it: name an action that does"
        elif demand not in service.flow.actions[act].demands:
            yield f"dated_by: action '{act}' doesn't ask for '{demand}': add the question"
        elif service.flow.actions[act].demands[demand].private:
            yield f"dated_by: '{demand}' of action '{act}' is private and never reaches the journal: ask it openly"


def _lengths(service: type[Service], clock: Clock) -> Iterator[str]:
    for attribute in _LENGTHS:
        given = getattr(clock, attribute)
        if given is None or isinstance(given, Length | Expression):
            continue
        rule = service.rules.get(given)
        if rule is not None and not all(isinstance(one.value, Length) for one in rule.values if one.value is not None):
            yield f"{attribute}='{given}' is a rule whose values are no lengths of time: write them as months(2), days(8)"
        elif rule is None and not _asked(service, clock, attribute, given):
            yield f"{attribute}='{given}' is no rule of the service: declare it among `rules`, with its article"


def _asked(service: type[Service], clock: Clock, attribute: str, given: str) -> bool:
    """Whether each action that interrupts or extends asks for it."""
    acts = {"interruption": clock.interrupted_by, "extension": clock.extended_by}.get(attribute, ())
    return bool(acts) and all(given in service.flow.actions[act].demands for act in acts if act in service.flow.actions)


def _hours(service: type[Service], clock: Clock) -> Iterator[str]:
    """Hours and days are not mixed: an event is an instant for one and a day for the other."""
    names = clock.lasts.rules() if isinstance(clock.lasts, Expression) else {clock.lasts} if isinstance(clock.lasts, str) else ()
    values = [one.value for name in names if name in service.rules for one in service.rules[name].values]
    lengths = [*lengths_of(clock.lasts, {}), *(value for value in values if isinstance(value, Length))]
    if any(length.is_in_hours != clock.in_hours for length in lengths):
        yield "lasts some hours and some days: give all its lengths in hours, with in_hours=True, or none"


def _days(service: type[Service], clock: Clock) -> Iterator[str]:
    if not clock.starts_from:
        return
    asked = [service.form, *(action.demands for action in service.flow.actions.values())]
    if not any(getattr(fields.get(clock.starts_from), "fact", False) for fields in asked):
        yield f"starts_from='{clock.starts_from}' is no fact of the case: ask it in the form, or of an act, with fact=True"
