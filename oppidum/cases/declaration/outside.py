"""Outside parties: systems of partners that hear of a case and answer, and third parties who act by a signed link, without an account.

    partners = (
        Partner("water-operator", _("Water operator"), on="transfer", sends=("meter", "place"), accepts={"repaired": "finish"},
                words="what_was_done"),
        Partner("next-city", _("The next city"), by="open311", on="pass_on", service_code="pothole", accepts={"closed": "finish"}),
        Third("notary", _("Notary"), to="notary_email", on="ask_notary", sees=("parcel", "price")),
    )

Addresses and secrets are no part of a declaration: operators set them (`oppidum partner`). Only what `sends` and `sees` name leaves.
"""

from collections.abc import Iterator, Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Any

from oppidum.cases.declaration.expressions import Expression

FILE = "file"
WEBHOOK, OPEN311 = "webhook", "open311"


def _listed(one: Any, *names: str) -> None:
    for name in names:
        if isinstance(given := getattr(one, name), str):
            object.__setattr__(one, name, (given,) if given else ())


@dataclass(frozen=True)
class Partner:
    """A partner's system. `on`: the actions ("file" for the filing) of which it is told, where `when` holds.

    `by`: "webhook" (JSON signed with HMAC) or "open311" (a request filed at another city's GeoReport v2, whose status is followed).
    `sends`: the answers and facts that go with it. `accepts`: what it may answer (its event or status) -> our action, which must be
    open to "partner"; its words go into the demand `words`. `service_code`: the other city's. `patience`: hours after which something
    that hasn't left is an alarm.
    """

    code: str
    name: Any
    _: KW_ONLY
    on: tuple[str, ...] | str = ()
    by: str = WEBHOOK
    when: Expression | None = None
    sends: tuple[str, ...] | str = ()
    accepts: Mapping[str, str] = field(default_factory=dict)
    words: str = ""
    service_code: str = ""
    patience: int = 24

    def __post_init__(self):
        _listed(self, "on", "sends")


@dataclass(frozen=True)
class Third:
    """A third party (tiers) who acts without an account, by a link that is sent to the e-mail address in the answer `to`.

    The link is made by the actions `on`; it lasts `days` and can be revoked. Who has it sees the answers `sees` and nothing else, and
    may take the actions declared `by="third:CODE"` and give the opinions `of="third:CODE"`.
    """

    code: str
    name: Any
    _: KW_ONLY
    to: str = ""
    on: tuple[str, ...] | str = ()
    sees: tuple[str, ...] | str = ()
    days: int = 60

    def __post_init__(self):
        _listed(self, "on", "sees")


def told_of(service: Any, action: str) -> list[Any]:
    """The outside parties that hear of an action."""
    return [one for one in service.partners if action in one.on]


def find_outside(service: Any, code: str) -> Any | None:
    return next((one for one in service.partners if one.code == code), None)


def check_outside(service: Any) -> Iterator[str]:
    """All faults of the outside parties of a declaration, as sentences."""
    codes = [one.code for one in service.partners]
    for code in sorted({c for c in codes if codes.count(c) > 1}):
        yield f"partner '{code}' is declared twice: give one of them another code"
    for one in service.partners:
        where = f"partner '{one.code}'"
        for name in one.on:
            if name != FILE and name not in service.flow.actions:
                yield f"{where}: on='{name}' is no action: name one of the flow, or 'file'"
        for name in sorted(set(one.sends if isinstance(one, Partner) else one.sees) - _known_names(service)):
            yield f"{where}: '{name}' is no question, and nothing sets it: correct the name"
        yield from _partner_faults(service, one, where) if isinstance(one, Partner) else _third_faults(service, one, where)
    yield from _unheard(service)


def _known_names(service: Any) -> set[str]:
    from oppidum.cases.declaration.privacy import asked_names

    return asked_names(service) | {name for action in service.flow.actions.values() for name in action.sets}


def _partner_faults(service: Any, one: Partner, where: str) -> Iterator[str]:
    if one.by not in (WEBHOOK, OPEN311):
        yield f'{where}: by=\'{one.by}\': take "webhook" or "open311"'
    if one.by == OPEN311 and not one.service_code:
        yield f"{where}: say under which service_code the other city takes it"
    for said, name in one.accepts.items():
        action = service.flow.actions.get(name)
        if action is None:
            yield f"{where}: accepts '{said}' as '{name}', which is no action of the flow"
        elif "partner" not in action.by:
            yield f"{where}: action '{name}' isn't open to partners: say by=(..., \"partner\")"
        elif one.words and one.words not in action.demands:
            yield f"{where}: action '{name}' doesn't demand '{one.words}', which is to hold the partner's words"


def _third_faults(service: Any, one: Third, where: str) -> Iterator[str]:
    if one.on and one.to not in _known_names(service):
        yield f"{where}: to='{one.to}' is no question: name the answer that holds the e-mail address"
    if one.days < 1:
        yield f"{where}: a link lasts a day at least"


def _unheard(service: Any) -> Iterator[str]:
    """A role that acts is declared, so that somebody can give it a link. An opinion may also be asked for, and entered, on paper."""
    thirds = {one.code for one in service.partners if isinstance(one, Third)}
    acting = {by for action in service.flow.actions.values() for by in action.by}
    for role in sorted(one.partition(":")[2] for one in acting if one.startswith("third:")):
        if role not in thirds:
            yield f"third party '{role}' acts but isn't among `partners`: declare Third('{role}', ...)"
