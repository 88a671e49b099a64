"""What an officer asks of the inbox, parsed from an address and told to the database.

A filter is a frozen value: the same one gives the page, its exact count, the selection of a bulk act and the export.
Its conditions stand on `cases_live l` alone where they can, so that all views are counted in one walk over the open cases.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import phonenumbers

from oppidum.cases.declaration import catalogue
from oppidum.cases.models.case import services_for_communes
from oppidum.core import clock
from oppidum.core.codes import normalise
from oppidum.people.models import Officer

VIEWS = ("mine", "team", "late", "due_today", "due_week", "to_qualify", "waiting", "unassigned", "all", "in_force", "closed")
# What the inbox is about; cases at rest stand in the view "in_force".
AT_WORK = "l.is_open and not l.rests"
# Views by who has a case, not by what waits: a search in them finds those at rest too.
_WIDE = ("mine", "team", "unassigned", "all")
# The sort keys of each order, over `cases_live l`; the case's id makes every order total, so that pages never overlap.
ORDERS = {
    "due": "l.due_on nulls last, l.case_id",
    "newest": "l.filed_on desc, l.case_id desc",
    "oldest": "l.filed_on, l.case_id",
    "followers": "l.followers desc, l.case_id",
    "ended": "l.ended_at desc, l.case_id desc",
}
LONGEST_WORDS = 200
SHORTEST_BEGINNING = 3
_OPERATORS = re.compile(r"""["“”«»]|(^|\s)-\w|\s(or|OR)\s""")
_NUMBER = re.compile(r"[0-9]{1,9}")
_NAME = re.compile(r"[a-z0-9_]{1,40}(\.[a-z0-9_]{1,40})?")

Condition = tuple[str, list[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What to list. Empty means no limit; `officer` and `team` are ids, `bbox` is west, south, east, north in degrees."""

    view: str = "all"
    service: str = ""
    category: str = ""
    commune: str = ""
    team: int | None = None
    officer: int | None = None
    channel: str = ""
    step: str = ""
    words: str = ""
    bbox: tuple[float, float, float, float] | None = None
    order: str = ""

    @classmethod
    def parse(cls, query: Mapping[str, str], view: str = "all") -> "Filter":
        """The filter in an address. What can't be read is left out: an old bookmark still opens. `view`: when none is named."""
        given = {name: str(query.get(name) or "").strip() for name in cls.__slots__}
        return cls(
            view=given["view"] if given["view"] in VIEWS else view,
            service=given["service"] if given["service"] in catalogue() else "",
            category=given["category"] if _is_category(given["category"]) else "",
            commune=given["commune"] if re.fullmatch(r"[0-9AB]{5}", given["commune"]) else "",
            team=_number(given["team"]),
            officer=_number(given["officer"]),
            channel=given["channel"] if _NAME.fullmatch(given["channel"]) else "",
            step=given["step"] if given["step"] in all_steps() else "",
            words=" ".join(given["words"].replace("\x00", "").split())[:LONGEST_WORDS],
            bbox=_bbox(given["bbox"]),
            order=given["order"] if given["order"] in ORDERS else "",
        )

    def query(self, **changes: Any) -> str:
        """The filter as a query string, parsed back to the same filter; what is empty is left out."""
        this = replace(self, **changes) if changes else self
        pairs = {f.name: getattr(this, f.name) for f in fields(this)}
        if this.bbox:
            pairs["bbox"] = ",".join(f"{degrees:g}" for degrees in this.bbox)
        return urlencode({name: value for name, value in pairs.items() if value not in (None, "")})

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but a view is asked for."""
        return replace(self, order="") != Filter(view=self.view)

    @property
    def sorting(self) -> str:
        """The sort keys, by default what is due first; what is in force, the newest first; what ended, the last first."""
        return ORDERS[self.order or {"closed": "ended", "in_force": "newest"}.get(self.view, "due")]

    @property
    def reaches_rest(self) -> bool:
        """Whether cases at rest are looked among too: words look for one case, and a step in which cases rest names them."""
        return self.view in _WIDE and bool(self.words or (self.step and self.step in resting_steps()))

    @property
    def is_countable_with_others(self) -> bool:
        """Whether one walk over the open cases answers it, beside other filters."""
        return self.view not in ("in_force", "closed") and not (self.words or self.channel or self.bbox or self.reaches_rest)


def conditions(wanted: Filter, officer: Officer, today: date | None = None) -> Condition:
    """The filter as SQL over `cases_live l`, without the officer's sight (see `sight_condition`)."""
    view, given = _of_view(wanted.view, officer, today or clock.today())
    of_view = view.replace(AT_WORK, "l.is_open") if wanted.reaches_rest else view
    pieces = [(of_view, given), *_of_columns(wanted), *_of_case(wanted, officer)]
    return " and ".join(sql for sql, _ in pieces), [value for _, values in pieces for value in values]


def split_by_day(wanted: Filter) -> tuple[Filter | None, Filter | None]:
    """The filter in two that hold together: what is asked of each case, and what its day alone can tell; None asks nothing."""
    by_day = Filter(view=wanted.view) if wanted.view in ("late", "due_today", "due_week") else None
    of_case = replace(wanted, view="all", order="") if by_day else replace(wanted, order="")
    return (of_case if of_case != Filter() else None), by_day


def sight_condition(officer: Officer) -> Condition:
    """What the officer may see, on the narrow table's own columns: the same as `Case.objects.visible_to`, without a join."""
    if not getattr(officer, "is_authenticated", False):
        return "false", []
    sight = officer.sight()
    parts, values = ["true"], []
    if sight.teams is not None:
        parts.append("l.team_id = any(%s::int[])")
        values.append(sorted(sight.teams))
    if sight.communes is not None:
        parts.append("l.commune = any(%s::text[])")
        values.append(sorted(sight.communes))
    if sight.own is not None:
        parts.append("(l.service = any(%s::text[]) or l.team_id = any(%s::int[]))")
        values += [services_for_communes(), sorted(sight.own)]
    return " and ".join(parts), values


def own_teams(officer: Officer) -> list[int]:
    """The officer's own teams, read once per request."""
    if not hasattr(officer, "_own_teams"):
        officer._own_teams = sorted(officer.teams.values_list("pk", flat=True))
    return officer._own_teams


def _of_view(view: str, officer: Officer, today: date) -> Condition:
    sunday = today + timedelta(days=6 - today.weekday())
    match view:
        case "mine":
            return f"{AT_WORK} and l.officer_id = %s::int", [officer.pk]
        case "team":
            return f"{AT_WORK} and l.team_id = any(%s::int[])", [own_teams(officer)]
        case "late":
            return f"{AT_WORK} and l.due_on < %s::date", [today]
        case "due_today":
            return f"{AT_WORK} and l.due_on = %s::date", [today]
        case "due_week":
            return f"{AT_WORK} and l.due_on between %s::date and %s::date", [today, sunday]
        case "to_qualify":
            return f"{AT_WORK} and l.step = any(%s::text[])", [sorted(unrouted_steps())]
        case "waiting":
            return f"{AT_WORK} and l.paused_on is not null", []
        case "unassigned":
            return f"{AT_WORK} and l.officer_id is null", []
        case "closed":
            return "not l.is_open", []
        case "in_force":
            return "l.is_open and l.rests", []
    return AT_WORK, []


def _of_columns(wanted: Filter) -> Iterator[Condition]:
    """What the narrow table knows by itself."""
    if wanted.category:
        if "." in wanted.category:
            yield "l.category = %s::text", [wanted.category]
        else:
            yield "starts_with(l.category, %s::text)", [wanted.category + "."]
    for column, value, kind in (
        ("service", wanted.service, "text"),
        ("commune", wanted.commune, "text"),
        ("step", wanted.step, "text"),
        ("team_id", wanted.team, "int"),
        ("officer_id", wanted.officer, "int"),
    ):
        if value:
            yield f"l.{column} = %s::{kind}", [value]


def _of_case(wanted: Filter, officer: Officer) -> Iterator[Condition]:
    """What only the case's own row, or its persons', can tell."""
    if wanted.channel:
        yield "exists (select from cases_case f where f.id = l.case_id and f.channel = %s::text)", [wanted.channel]
    if wanted.bbox:
        yield (
            (
                "l.case_id in (select id from cases_case where place && "
                "st_makeenvelope(%s::float8, %s::float8, %s::float8, %s::float8, 4326))"
            ),
            list(wanted.bbox),
        )
    if wanted.words:
        found = list(_searches(wanted.words, officer.may("persons")))
        sql = " union all ".join(sql for sql, _ in found)
        yield f"l.case_id in ({sql})", [value for _, values in found for value in values]


def _searches(words: str, persons: bool) -> Iterator[Condition]:
    """Every index that may hold the words: text and address, code, and for those who may see persons name, e-mail, telephone."""
    query = text_query(words)
    asked = "to_tsquery('french', plain_words(%s::text))" if query else "websearch_to_tsquery('french', plain_words(%s::text))"
    yield f"select id from cases_case where search @@ {asked}", [query or words]
    if code := normalise(words):
        yield "select id from cases_case where code = %s::text", [code]
    if not persons:
        return
    if "@" in words:
        yield "select case_id from cases_party where email <> '' and lower(email) = %s::text", [words.lower()]
    elif phone := find_phone(words):
        yield "select case_id from cases_party where phone <> '' and phone = %s::text", [phone]
    elif len(words) >= 3:
        escaped = re.sub(r"([%_\\])", r"\\\1", words)
        yield (
            "select case_id from cases_party where name <> '' and plain_words(name) like '%%' || plain_words(%s::text) || '%%'",
            [escaped],
        )


def text_query(words: str) -> str:
    """Words as a text query that finds singular and plural and, for the last word, what begins so: "nids de pou" finds "nid-de-poule".

    PostgreSQL's French stems keep the plural after a vowel ("trous" is not "trou"), so both are asked for. Empty when the words hold
    quotes, "or" or a minus: these are told to the database as they are.
    """
    if _OPERATORS.search(words):
        return ""
    found = re.findall(r"[^\W_]+", words.lower())
    asked = []
    for place, word in enumerate(found):
        begun = ":*" if place == len(found) - 1 and len(word) >= SHORTEST_BEGINNING and not word.isdigit() else ""
        asked.append("(" + " | ".join(f"{form}{begun}" for form in _numbers_of(word)) + ")")
    return " & ".join(asked)


def _numbers_of(word: str) -> list[str]:
    """The word, in singular and plural."""
    if len(word) < 3 or word.isdigit():
        return [word]
    if word.endswith("aux"):
        return [word, word[:-1], word[:-3] + "al"]
    return [word, word[:-1]] if word[-1] in "sx" else [word, word + "x" if word.endswith(("eau", "eu")) else word + "s"]


def find_phone(text: str) -> str | None:
    """A telephone number as it is kept (E.164), or None when the text isn't one."""
    if sum(letter.isdigit() for letter in text) < 8 or any(letter.isalpha() for letter in text):
        return None
    try:
        number = phonenumbers.parse(text, "FR")
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def unrouted_steps() -> set[str]:
    """The steps in which nobody is in charge yet, of all services that name such a step."""
    return {name for service in catalogue().values() if service.routing[1] for name in (service.flow.first, service.routing[1])}


def resting_steps() -> set[str]:
    """The steps in which cases rest, of all services."""
    return {step.name for service in catalogue().values() for step in service.flow.steps.values() if step.rests}


def all_steps(service: str = "") -> dict[str, Any]:
    """Every step of a service, or of every service, with its label."""
    chosen = [catalogue()[service]] if service in catalogue() else catalogue().values()
    return {step.name: step.label for one in chosen for step in one.flow.steps.values()}


def _is_category(text: str) -> bool:
    return any(
        text in service.categories or any(text == group.code for group in service.groups) for service in catalogue().values()
    )


def _number(text: str) -> int | None:
    return int(text) if _NUMBER.fullmatch(text) and int(text) else None


def _bbox(text: str) -> tuple[float, float, float, float] | None:
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        return None
    inside = -180 <= west < east <= 180 and -90 <= south < north <= 90
    return (west, south, east, north) if inside else None
