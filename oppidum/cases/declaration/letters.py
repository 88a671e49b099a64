"""Letters and orders (courriers, arrêtés) of a service, declared by paragraphs with {words}.

    Letter("refusal", kind="refusal", template="order", subject=_("Refusal of ..."), signed_by="president", series="order",
           law=("CCH, art. L635-3",), facts="reasons",
           body=(Visa(_("the housing code, articles L635-1 to L635-11")),
                 Article(_("The letting of the dwelling at {dwelling} is refused.")),
                 Bullets("works", _("{label}"), title=_("Works to be carried out"))))

Words are the names of answers, of facts that actions set or demand, those of `words=`, and the `ALWAYS` and `PERHAPS` below. At
start each word is proved to have a value on every path that can reach the letter (`letter_checks.py`); one that may be blank
stands in a part with `when=` or `optional=True`, which is then left out. A paper is never made with a hole in it.

What the law wants in every letter of a kind is printed from the declaration, so that it can't be forgotten: reasons in law and
in fact, remedies (CRPA, art. L211-5; CJA, art. R421-5), the content of an acknowledgement (CRPA, art. R112-5, R112-11-1),
the officer in charge (CRPA, art. L111-2), the mention of an algorithm (CRPA, art. L311-3-1).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Any

TEMPLATES = ("letter", "decision", "order", "certificate", "card", "invoice", "agreement", "receipt")
"""How a paper is laid out; the Typst files stand in `publishing/templates`. A "decision" is a letter with articles."""

KINDS = {
    "notice": "tells something that decides nothing",
    "acknowledgement": "accusé de réception: date of receipt, meaning of silence and its date, service in charge (CRPA R112-5)",
    "papers": "asks for missing papers: list, period, effect on the clock (CRPA L114-5)",
    "grant": "a favourable decision",
    "conditions": "a favourable decision with conditions: reasons and remedies (CRPA L211-2)",
    "refusal": "an unfavourable decision: reasons and remedies (CRPA L211-2)",
    "lapse": "tells a refusal by silence, or that a right ended by time: remedies",
    "tacit": "attestation of a tacit decision, on request (CRPA L232-3)",
    "bill": "asks for money: how it was computed, how to pay, how to contest",
    "agreement": "a contract or agreement, signed by both",
}
REASONED = frozenset({"conditions", "refusal"})
ISSUERS = ("authority", "commune")
"""Whose letterhead a paper bears, and in whose name it is signed; the commune's is that of the commune in which the case lies."""
MAYOR = "mayor"
"""`signed_by` of papers in the commune's name: its mayor, or the authority's president where the commune gave that power."""
WITH_REMEDIES = frozenset({"conditions", "refusal", "lapse", "bill"})
DECISIONS = frozenset({"grant", "conditions", "refusal", "agreement"})

ALWAYS = frozenset({"code", "service", "authority", "received_on", "today", "recipient", "team", "link"})
"""Words that every case has: code, name of the service, authority (in whose name it is written), day of receipt, day of the letter, addressee, team, page of the case."""
PERHAPS = frozenset(
    {"number", "signatory", "agent", "team_phone", "team_email", "place", "commune", "category", "due_on", "tacit_on", "power"}
)
"""Words that a case may lack: act number, who signs, officer in charge, telephone..., day of the earliest clock, day of a tacit decision,
the deliberation by which the commune gave the authority its power."""

_WORD = re.compile(r"\{([a-z_][a-z0-9_]*)\}")


def words_of(text: Any) -> list[str]:
    """The {words} of a text, in order."""
    return _WORD.findall(str(text))


@dataclass(frozen=True)
class Paragraph:
    """A paragraph. `when`: only where this holds; `optional`: left out where one of its words has no value."""

    text: Any
    _: KW_ONLY
    when: Any = None
    optional: bool = False


@dataclass(frozen=True)
class Heading(Paragraph):
    """A heading of a part of the letter."""


@dataclass(frozen=True)
class Visa(Paragraph):
    """Visa of an order: what it rests on. "Vu" is printed before it."""


@dataclass(frozen=True)
class Considering(Paragraph):
    """Considérant of an order: a reason. "Considérant" is printed before it."""


@dataclass(frozen=True)
class Article(Paragraph):
    """Article of an order or agreement, numbered as printed."""

    title: Any = ""


@dataclass(frozen=True)
class Bullets:
    """A list: one line for each entry of the answer or fact `of`. `text` has the {words} of an entry: its fields for items, {label}
    for a choice or a paper. Nothing is printed, title neither, where the list is empty."""

    of: str
    text: Any = "{label}"
    _: KW_ONLY
    title: Any = ""
    when: Any = None


@dataclass(frozen=True)
class Column:
    """A column of a table; `text` has the words of a line; `money`: cents, shown in euros and aligned right."""

    label: Any
    text: str
    _: KW_ONLY
    money: bool = False
    right: bool = False


@dataclass(frozen=True)
class Table:
    """Lines of the answer or fact `of` (bill lines, works, papers), with a sum of the money columns where `total` is its label."""

    of: str
    columns: tuple[Column, ...]
    _: KW_ONLY
    title: Any = ""
    total: Any = ""
    when: Any = None


@dataclass(frozen=True)
class Word:
    """A further word: the value of an Expression, shown as "text", "money" (cents), "day" or "number"."""

    value: Any
    shown: str = "text"


@dataclass(frozen=True)
class Remedies:
    """Voies et délais de recours, printed under each unfavourable decision.

    `court`: months to the administrative court (CJA R421-1). `gracious`: months for the administrative appeal, 0: none offered;
    `prolongs`: whether it interrupts the court's delay (CRPA L411-2: yes; planning decisions since 28 November 2025: no, with
    one month, code de l'urbanisme L600-12-2). `prior`: whom a compulsory prior appeal goes to, if one is. `civil`: a bill
    is contested before the civil judge instead (industrial and commercial services), at this court.
    """

    court: int = 2
    gracious: int = 2
    prolongs: bool = True
    prior: Any = ""
    civil: Any = ""
    source: str = "CJA, art. R421-1 and R421-5; CRPA, art. L411-2"
    verified: bool = True


@dataclass(frozen=True)
class Algorithm:
    """The mention under a decision that rests on an automatic computation (CRPA L311-3-1): what for, and where its rules are."""

    purpose: Any
    rules: Any


@dataclass(frozen=True)
class Annex:
    """Further pages behind the letter: title and parts, or a table."""

    title: Any
    body: tuple[Any, ...]
    _: KW_ONLY
    when: Any = None


@dataclass(frozen=True)
class Letter:
    """A letter, order, certificate, bill... that an action of the flow makes (`Action(letter=CODE)`), or filing (`at=("file",)`).

    `kind` is one of `KINDS`, `template` one of `TEMPLATES`. `issuer`: one of `ISSUERS`. `signed_by`: the function that signs ("president", "mayor", or one
    that signature delegations know); blank: an unsigned notice. `series`: the series that the act's number comes from (the action's
    `numbers`). `amount`: the word with the amount in cents that a delegation's ceiling is compared with. `title`: the large
    words of an order, certificate, bill ("Arrêté n° ..." if blank). `law`: articles that the decision rests on; `facts`: the answer or demand that holds the reasons in fact. `to`: whom it is
    addressed to, as {question of a party: question of their address}; empty: the applicant. `copies`: who receives a copy,
    code -> name ({"caf": "Caisse d'allocations familiales"}). `registered`: with proof of receipt, so on paper unless the
    person agreed to registered electronic letters (CRPA L112-15). `at`: further actions at which it is made; `when`: only where this
    holds.
    """

    code: str
    _: KW_ONLY
    subject: Any
    body: tuple[Any, ...]
    template: str = "letter"
    kind: str = "notice"
    issuer: str = "authority"
    signed_by: str = ""
    series: str = ""
    amount: str = ""
    law: tuple[Any, ...] = ()
    facts: str = ""
    words: Mapping[str, Word] = field(default_factory=dict)
    remedies: Remedies = field(default_factory=Remedies)
    algorithm: Algorithm | None = None
    annexes: tuple[Annex, ...] = ()
    title: Any = ""
    to: Mapping[str, str] = field(default_factory=dict)
    copies: Mapping[str, Any] = field(default_factory=dict)
    registered: bool = False
    at: tuple[str, ...] = ()
    when: Any = None

    def parts(self) -> Iterator[Any]:
        """All parts of body and annexes; a plain text is a paragraph."""
        for part in (*self.body, *(p for annex in self.annexes for p in annex.body)):
            yield as_part(part)


def as_part(part: Any) -> Any:
    """A part as declared: a plain text is a paragraph."""
    return part if isinstance(part, Paragraph | Bullets | Table) else Paragraph(part)


def letters_at(service: Any, action: str) -> list[Letter]:
    """The letters that `action` makes, "file" for filing, in the declaration's order."""
    declared = service.flow.actions.get(action)
    code = declared.letter if declared else ""
    return [letter for letter in service.letters if letter.code == code or action in letter.at]
