"""Clocks lead on: what silence does is offered wherever the clock may run out, or is a fact beside the step."""

from collections.abc import Iterator

from oppidum.cases.declaration.service import Service


def lead_on(service: type[Service]) -> Iterator[str]:
    for clock in service.clocks:
        if clock.silence and clock.silence not in service.flow.actions:
            yield f"clock '{clock.name}': silence='{clock.silence}' is no action of the flow: offer it in a step or name another"
        if not clock.source:
            yield f"clock '{clock.name}': give the article that sets it (source=)"
