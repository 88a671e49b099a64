"""What the same firm had in other cases: a sum that an act is held against, whoever takes it and however many are taken at once.

    tallies = (
        Tally("had", _("De minimis aid of three years"), same="company", also=("linked",), adds={"grant": "granted"}, within="window"),
    )
    grant = Action("grant", ..., barred=(Ineligible(answer("had") + answer("granted") > rule("ceiling"), _("...")),))

The engine reckons it when an act whose conditions read its name is carried out, under a lock on the firm, and keeps it in the journal with
the act. Nobody types it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Any

from oppidum.core.calendar import Length


@dataclass(frozen=True)
class Tally:
    """Over the other cases of `services` (none: this one) in which the party `same` is the same firm, by its SIREN: the sum in cents of what
    `adds` says (action -> its answer), less what `takes` says, of the acts whose day lies within `within` (a length, or a rule) before.

    `also`: lists whose rows name firms that are one undertaking with it (a column that asks for a party).
    """

    name: str
    label: Any
    _: KW_ONLY
    same: str
    adds: Mapping[str, str]
    within: Length | str
    takes: Mapping[str, str] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    services: tuple[str, ...] = ()


def tally_faults(service: Any) -> Iterator[str]:
    """What is wrong with the tallies of a service, a sentence each."""
    for tally in service.tallies:
        where = f"tally '{tally.name}'"
        if getattr(service.form.get(tally.same), "kind", "") != "party":
            yield f"{where}: same='{tally.same}' is no party that the form asks for: name a Party"
        for name in tally.also:
            columns = getattr(service.form.get(name), "fields", {})
            if not any(column.kind == "party" for column in columns.values()):
                yield f"{where}: also='{name}' is no list with a column that asks for a party"
        if not tally.services or service.code in tally.services:
            for action, answer in (*tally.adds.items(), *tally.takes.items()):
                found = service.flow.actions.get(action)
                if found is None or answer not in found.demands:
                    yield f"{where}: '{action}' is no action that demands '{answer}': correct the names"
        if isinstance(tally.within, str) and tally.within not in service.rules:
            yield f"{where}: within='{tally.within}' is no rule of the service: declare it in `rules`, or write a length"
