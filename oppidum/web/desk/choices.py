"""What selects offer: teams, officers, communes, categories. Kept a minute per process and drawn as options once."""

import time
from collections.abc import Iterable
from functools import lru_cache

from django.db.models import Q
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import catalogue
from oppidum.cases.filters import all_steps
from oppidum.core.sql import rows
from oppidum.people.models import Officer, Team
from oppidum.web.desk.said import CHANNELS

KEPT_SECONDS = 60.0
_ALL = """
    select 'team', id::text, name, coalesce(commune_id, '') from people_team where is_active
    union all
    select 'officer', id::text, coalesce(nullif(trim(first_name || ' ' || last_name), ''), username), ''
    from people_officer where is_active and role_id is not null
    union all
    select 'commune', code, name, '' from territory_commune where intercommunality_id is not null
"""
_kept: tuple[float, dict[str, tuple[tuple[str, str], ...]]] | None = None


def named(kind: str) -> tuple[tuple[str, str], ...]:
    """The (id, name) of all teams, officers or communes, sorted by name; a minute old at most."""
    global _kept
    if _kept is None or time.monotonic() - _kept[0] > KEPT_SECONDS:
        found: dict[str, list[tuple[str, str]]] = {"team": [], "officer": [], "commune": []}
        for which, key, name, _commune in rows(_ALL):
            found[which].append((key, name))
        _kept = time.monotonic(), {which: tuple(sorted(pairs, key=lambda p: p[1].casefold())) for which, pairs in found.items()}
    return _kept[1][kind]


def named_for(kind: str, officer: Officer | None) -> tuple[tuple[str, str], ...]:
    """The same for one officer: a commune's reads its own communes, its own officers, and no other commune's teams."""
    if officer is None or not officer.is_of_commune:
        return named(kind)
    own = officer.sight().communes or frozenset()
    match kind:
        case "commune":
            allowed = set(own)
        case "team":
            found = Team.objects.filter(Q(commune=None) | Q(commune__in=own))
            allowed = {str(pk) for pk in found.values_list("pk", flat=True)}
        case _:
            allowed = {
                str(pk) for pk in Officer.objects.filter(role__of_communes=True, communes__in=own).values_list("pk", flat=True)
            }
    return tuple(pair for pair in named(kind) if pair[0] in allowed)


def forget() -> None:
    """Read everything anew: for tests, and after a change of teams."""
    global _kept
    _kept = None


def commune_names() -> dict[str, str]:
    """The communes' names by code."""
    return dict(named("commune"))


def categories() -> tuple[tuple[str, str], ...]:
    """Groups and, below each, its categories: (code, label)."""
    return _categories(get_language() or "")


@lru_cache(maxsize=8)
def _categories(language: str) -> tuple[tuple[str, str], ...]:
    listed = []
    for service in catalogue().values():
        for group in service.groups:
            listed.append((group.code, str(group.name)))
            listed += [(c.code, f"\u2003{c.name}") for c in service.categories.values() if c.group == group.code]
    return tuple(listed)


def only_categories() -> list[tuple[str, str]]:
    """Categories alone, each with its group before it, for a form that needs exactly one."""
    return [
        (c.code, f"{group.name} : {c.name}" if (get_language() or "").startswith("fr") else f"{group.name}: {c.name}")
        for service in catalogue().values()
        for group in service.groups
        for c in service.categories.values()
        if c.group == group.code
    ]


ORDERS = (
    ("", _("most urgent first")),
    ("newest", _("newest first")),
    ("oldest", _("oldest first")),
    ("followers", _("most followed first")),
)


def services() -> tuple[tuple[str, str], ...]:
    """All services by name: (code, name)."""
    return _services(get_language() or "", tuple(catalogue()))


@lru_cache(maxsize=8)
def _services(language: str, codes: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    found = ((code, str(catalogue()[code].name)) for code in codes)
    return tuple(sorted(found, key=lambda pair: pair[1].casefold()))


@lru_cache(maxsize=128)
def _steps(language: str, service: str, codes: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The steps of a service, or of all: a few hundred labels that only another language changes."""
    return tuple((name, str(label)) for name, label in all_steps(service).items())


def filter_choices(kind: str, service: str = "", officer: Officer | None = None) -> Iterable[tuple[str, str]]:
    """The choices of one select of the filter, without the empty one; steps are those of the service chosen."""
    match kind:
        case "service":
            return services()
        case "category":
            return categories()
        case "step":
            return _steps(get_language() or "", service, tuple(catalogue()))
        case "channel":
            return tuple((name, str(label)) for name, label in CHANNELS.items())
        case "order":
            return tuple((name, str(label)) for name, label in ORDERS)
    return named_for(kind, officer)


def options(kind: str, chosen: object, empty: str = "", service: str = "", officer: Officer | None = None) -> SafeString:
    """The options of a select, `chosen` among them; `empty` is the label of "no limit"."""
    drawn = _options(tuple(filter_choices(kind, service, officer)), empty)
    if not chosen:
        return drawn
    mark = format_html('value="{}"', chosen)
    return mark_safe(drawn.replace(mark, f"{mark} selected", 1))  # noqa: S308 -- both parts are escaped


@lru_cache(maxsize=64)
def _options(pairs: tuple[tuple[str, str], ...], empty: str) -> SafeString:
    listed = ((("", empty),) if empty else ()) + pairs
    return format_html_join("\n", '<option value="{}">{}</option>', listed)
