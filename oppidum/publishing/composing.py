"""A letter composed: from its declaration and a case's story to the plain data that a template prints.

Everything is text here; typography is applied once, at the end. Nothing is asked of the database.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from oppidum.cases.declaration import Annex, Article, Bullets, Heading, Letter, Table, Visa
from oppidum.cases.declaration.expressions import euros
from oppidum.cases.declaration.letters import Considering, as_part
from oppidum.cases.mailing.notices import follow_link
from oppidum.publishing.addressing import Addressee
from oppidum.publishing.issuing import Issuer, find_issuer
from oppidum.publishing.legal import boxes, reasons
from oppidum.publishing.signing import Signatory
from oppidum.publishing.stories import Story
from oppidum.publishing.typesetting import code_image
from oppidum.publishing.typography import printed
from oppidum.publishing.wording import Words, base_words, fill, plain_day

WITH_CODE = frozenset({"card", "certificate", "receipt"})
_VERBATIM = frozenset({"svg", "template", "lang", "code", "k", "colour"})


def compose(
    story: Story, letter: Letter, to: Addressee, others: list[Addressee], signatory: Signatory | None, today: date, language: str
) -> dict[str, Any]:
    """The data of one paper in the current language, `language` its code. Raises `MissingWord` or `NoCourt`."""
    issuer = issuer_of(story, letter)
    given = base_words(story, to.name, today) | {"authority": issuer.acts_as, "power": issuer.power}
    given |= {"signatory": signatory.name} if signatory else {}
    words = Words(story, letter, given)
    title = words.fill(letter.title) if letter.title else _title(letter, given["number"])
    paper = {
        "template": letter.template,
        "lang": language,
        "code": story.case.code,
        "authority": issuer.name,
        "unit": _unit(story, issuer, given["team"]),
        "colour": issuer.colour,
        "in-name-of": _("in the name of the %(commune)s") % {"commune": issuer.acts_as[:1].lower() + issuer.acts_as[1:]}
        if issuer.is_commune
        else "",
        "sender": list(issuer.lines),
        "city-day": _("%(town)s, %(day)s") % {"town": issuer.town, "day": plain_day(today)} if issuer.town else plain_day(today),
        "recipient": [to.name, *to.lines],
        "refs": list(_refs(story, given)),
        "title": title,
        "subject-label": _("Subject: "),
        "subject": words.fill(letter.subject),
        "salutation": _("Madam, Sir,") if letter.template in ("letter", "decision", "invoice") else "",
        "author": f"{signatory.quality[-1]}," if signatory else "",
        "parts": _body(letter, words),
        "closing": _("Yours faithfully,") if letter.template == "letter" else "",
        "signature": _signature(signatory),
        "other": [_("%(name)s,") % {"name": to.name}],
        "boxes": list(boxes(story, letter, issuer, _Found(words))),
        "copies": _copies(others),
        "annexes": list(_annexes(letter, words)),
        "qr": code_image(follow_link(story.case.code), _("QR code: page of case %(code)s") % {"code": story.case.code})
        if letter.template in WITH_CODE
        else None,
        "footer": f"{issuer.acts_as} · {story.case.code}",
        "labels": {"orders": _("ORDERS")},
    }
    return _typographed(paper, language)


class _Found:
    """Words by key, for the legal mentions; blank where there is none."""

    def __init__(self, words: Words):
        self.words = words

    def __getitem__(self, name: str) -> str:
        return self.words.find(name)

    get = __getitem__


class _Numbering:
    """Articles in the order in which they are printed; "Article 1er" in French."""

    def __init__(self, template: str):
        self.template, self.last = template, 0

    def next(self, title: str) -> str:
        self.last += 1
        number = _("Article 1") if self.last == 1 else _("Article %(n)d") % {"n": self.last}
        return f"{number} – {title}" if title else number


def _title(letter: Letter, number: str) -> str:
    titles = {
        "order": _("ORDER No. %(number)s") if number else _("ORDER"),
        "decision": _("DECISION No. %(number)s") if number else _("DECISION"),
        "certificate": _("CERTIFICATE"),
        "invoice": _("BILL No. %(number)s") if number else _("BILL"),
        "agreement": _("AGREEMENT No. %(number)s") if number else _("AGREEMENT"),
        "receipt": _("RECEIPT"),
    }
    return titles.get(letter.template, "") % {"number": number}


def issuer_of(story: Story, letter: Letter) -> Issuer:
    """In whose name the letter is written."""
    house = story.house
    return find_issuer(house.authority, house.letterhead, house.town_halls, letter, story.case.commune)


def _unit(story: Story, issuer: Issuer, team: str) -> str:
    """Who works under the letterhead: a team of the authority, which a commune's paper names with its house."""
    if issuer.is_commune:
        return _("Examined by: %(team)s, %(authority)s") % {"team": team, "authority": story.house.authority}
    return team if team != story.house.authority else ""


def _refs(story: Story, words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Case, and who handles it with how to reach them (CRPA, art. L111-2: name, quality, address of the service)."""
    yield _("Case"), story.case.code
    if words["number"]:
        yield _("Act"), words["number"]
    yield _("Handled by"), words["agent"] or words["team"]
    for label, value in ((_("Telephone"), words["team_phone"]), (_("E-mail"), words["team_email"])):
        if value:
            yield label, value


def _signature(signatory: Signatory | None) -> dict[str, Any] | None:
    return {"quality": list(signatory.quality), "name": signatory.name, "note": signatory.order} if signatory else None


def _copies(others: list[Addressee]) -> str:
    names = ", ".join(one.name for one in others if one.name)
    return _("Copy to: %(names)s") % {"names": names} if names else ""


def _body(letter: Letter, words: Words) -> list[dict[str, Any]]:
    """Visas, each once, then the grounds, then the rest: the order in which an act is read."""
    parts = [*_reasons_first(letter, words), *_parts(letter.body, words, _Numbering(letter.template))]
    visas = {part["t"]: part for part in parts if part["k"] == "visa"}
    return [*visas.values(), *(part for part in parts if part["k"] != "visa")]


def _reasons_first(letter: Letter, words: Words) -> list[dict[str, Any]]:
    """Grounds stand before the body, save in an order, whose considérants are said by the declaration and its reasons."""
    return reasons(letter, words) if letter.template != "order" else list(_considering(letter, words))


def _considering(letter: Letter, words: Words) -> Iterator[dict[str, Any]]:
    if not reasons(letter, words):
        return
    for article in letter.law:
        yield {"k": "visa", "t": _("Having regard to %(text)s;") % {"text": article}}
    entries = [e["label"] for e in words.entries(letter.facts)]
    yield {"k": "grounds", "title": _("Considering what follows:"), "items": [f"{e.rstrip('.; ')};" for e in entries]}


def _parts(body: Any, words: Words, numbering: _Numbering) -> Iterator[dict[str, Any]]:
    for part in map(as_part, body):
        if not words.holds(getattr(part, "when", None)):
            continue
        if isinstance(part, Bullets | Table):
            if found := _list(part, words):
                yield found
        elif (text := words.fill(part.text, part.optional)) is not None:
            yield _paragraph(part, text, words, numbering)


def _paragraph(part: Any, text: str, words: Words, numbering: _Numbering) -> dict[str, Any]:
    match part:
        case Heading():
            return {"k": "h", "t": text}
        case Visa():
            return {"k": "visa", "t": _("Having regard to %(text)s;") % {"text": text}}
        case Considering():
            return {"k": "considering", "t": _("Considering that %(text)s;") % {"text": text}}
        case Article():
            return {"k": "article", "head": numbering.next(words.fill(part.title) or ""), "t": text}
    return {"k": "p", "t": text}


def _list(part: Bullets | Table, words: Words) -> dict[str, Any] | None:
    """A list or table of what an answer holds; nothing where it holds nothing."""
    entries = list(words.entries(part.of))
    if not entries:
        return None
    title = words.fill(part.title) if part.title else ""
    if isinstance(part, Bullets):
        return {"k": "list", "title": title, "items": [fill(part.text, words.given | e) for e in entries]}
    return {
        "k": "table",
        "title": title,
        "head": [str(column.label) for column in part.columns],
        "right": [column.right or column.money for column in part.columns],
        "rows": [[fill(column.text, e) for column in part.columns] for e in entries],
        "total": _total(part, words) if part.total else [],
    }


def _total(part: Table, words: Words) -> list[str]:
    """The last row: its label, and the sum of each column of money."""
    rows = words.raw_entries(part.of)
    cells = [euros(sum(int(row.get(c.text.strip("{}")) or 0) for row in rows)) if c.money else "" for c in part.columns]
    return [str(part.total), *cells[1:]]


def _annexes(letter: Letter, words: Words) -> Iterator[dict[str, Any]]:
    for annex in letter.annexes:
        if isinstance(annex, Annex) and words.holds(annex.when):
            yield {"title": words.fill(annex.title), "parts": list(_parts(annex.body, words, _Numbering(letter.template)))}


def _typographed(value: Any, language: str) -> Any:
    """Every text as it is printed; pictures and codes as they are."""
    if isinstance(value, str):
        return printed(value, language)
    if isinstance(value, Mapping):
        return {k: v if k in _VERBATIM else _typographed(v, language) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_typographed(one, language) for one in value]
    return value
