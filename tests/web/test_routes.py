"""Every route is public by name (oppidum/web/public.py) or refuses an anonymous visitor."""

import re
import uuid

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import RegexPattern

from oppidum.web.public import PUBLIC, is_public

SAMPLES = ("x", 1, 2026, "13001", "ABCDE-FGHJK", "2026-03-12", uuid.UUID(int=1), "csv")


def walk(resolver: URLResolver, spaces: tuple[str, ...] = ()):
    """Every pattern with its full name."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from walk(one, (*spaces, one.namespace) if one.namespace else spaces)
        elif isinstance(one, URLPattern):
            yield ":".join([*spaces, one.name or ""]), one


def routes() -> list[tuple[str, URLPattern]]:
    """All the routes of the site."""
    return list(walk(get_resolver()))


def arguments(pattern: URLPattern) -> dict:
    """A dummy value for each part of the address."""
    if isinstance(pattern.pattern, RegexPattern):
        return {name: "json" if name == "format" else "x" for name in pattern.pattern.regex.groupindex}
    return {name: sample(one.regex) for name, one in pattern.pattern.converters.items()}


def sample(regex: str):
    """The first of the samples that an address accepts in this place."""
    return next(one for one in SAMPLES if re.fullmatch(regex, str(one)))


def test_every_route_has_a_name_that_is_its_own():
    names = [name for name, _pattern in routes()]
    assert all(name and not name.endswith(":") for name in names)


@pytest.mark.parametrize("name", [name for name, _pattern in routes() if not is_public(name)])
def test_a_route_that_is_not_public_refuses_an_anonymous_visitor(name, town):
    pattern = dict(routes())[name]
    address = reverse(name, kwargs=arguments(pattern))
    for method in ("get", "post"):
        answer = getattr(Client(raise_request_exception=False), method)(address)
        to_login = answer.status_code == 302 and reverse("desk:login") in answer["Location"]
        # A view that takes only the other method says so (405) before it looks at who asks: nothing is shown.
        assert to_login or answer.status_code in (401, 403, 405), f"{method} {address}: {answer.status_code}"


@pytest.mark.parametrize("name", [name for name, _pattern in routes() if is_public(name)])
def test_a_public_route_never_breaks_on_a_visitor_who_knows_nothing(name, town):
    address = reverse(name, kwargs=arguments(dict(routes())[name]))
    for method in ("get", "post"):
        answer = getattr(Client(raise_request_exception=False), method)(address)
        assert answer.status_code < 500, f"{method} {address}: {answer.status_code}"


def test_the_public_list_names_only_routes_that_may_exist():
    names = {name for name, _pattern in routes()}
    spaces = {name.split(":")[0] for name in names}
    gone = {one for one in PUBLIC if not one.endswith(":*") and one.split(":")[0] in spaces and one not in names}
    assert not gone, f"not a route any more: {gone}"
