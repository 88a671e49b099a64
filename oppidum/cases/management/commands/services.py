"""`oppidum services list`, `check`, `graph CODE`, `rules CODE`, `find WORDS` and what rooms add (`register`): the catalogue as it is declared.

A declaration with a fault stops every command at start, with its faults as sentences (oppidum/__main__.py), so `check` says
what was proved. Exit status: 0 when all is well, 1 when a declaration has a fault, 2 when what was asked for isn't there.
"""

import json
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from oppidum.cases.declaration.checks import check_service
from oppidum.cases.declaration.graph import draw_mermaid, draw_svg
from oppidum.cases.declaration.registry import catalogue, definition_version
from oppidum.cases.declaration.rulebook import list_rules
from oppidum.cases.searching import search
from oppidum.cases.searching.wording import LANGUAGES

DRAWN = {"mermaid": draw_mermaid, "svg": draw_svg}
# What rooms above add, from their `AppConfig.ready`: name -> (help, its own arguments, what it does with the command and them).
MORE: dict[str, tuple[str, Callable[[ArgumentParser], None], Callable[[BaseCommand, dict[str, Any]], None]]] = {}


class Command(BaseCommand):
    help = "The catalogue of public services: list it, check every declaration, draw a flow."
    requires_system_checks = []  # Looks at the declarations alone: no database, no pages.

    def add_arguments(self, parser):
        actions = parser.add_subparsers(dest="action", required=True, metavar="list | check | graph")
        known = [code for code, _ in settings.LANGUAGES]
        for name, text in (
            ("list", "each service: code, version, number of categories, name"),
            ("check", "prove of every declaration that its cases can't get stuck"),
        ):
            actions.add_parser(name, help=text).add_argument("--language", choices=known)
        graph = actions.add_parser("graph", help="draw the steps of a service, for a wiki (mermaid) or a page (svg)")
        graph.add_argument("code", help="the service's code, as `oppidum services list` shows it")
        graph.add_argument("--language", choices=known)
        graph.add_argument("--format", choices=list(DRAWN), default="mermaid", dest="drawn_as")
        rules = actions.add_parser("rules", help="each delay, amount and threshold: article, dates of force, verified or not")
        rules.add_argument("code", help="the service's code, as `oppidum services list` shows it")
        rules.add_argument("--on", type=date.fromisoformat, dest="day", help="only what is in force on that day (2027-03-31)")
        rules.add_argument("--language", choices=known)
        find = actions.add_parser("find", help="what residents' words find, best first, as the portal's search does")
        find.add_argument("words", help="what somebody might write: 'mon voisin fait du bruit'")
        find.add_argument("--language", choices=known)
        find.add_argument("--json", action="store_true", dest="as_json", help="a list of codes with their scores")
        for name, (text, add_own, _run) in MORE.items():
            more = actions.add_parser(name, help=text)
            more.add_argument("--language", choices=known)
            add_own(more)

    def handle(self, *args, action, language=None, **options):
        with override(language or settings.LANGUAGE_CODE):
            if action in MORE:
                MORE[action][2](self, options)
                return
            getattr(self, f"_{action}")(
                catalogue(), **{k: v for k, v in options.items() if k in ("code", "drawn_as", "day", "words", "as_json")}
            )

    def _list(self, services):
        width = max(map(len, services), default=0)
        for code, service in services.items():
            self.stdout.write(f"{code:<{width}}  {definition_version(code)}  {len(service.categories):>3}  {service.name}")

    def _check(self, services):
        if not services:
            raise CommandError(
                "no service is declared: is the package installed with its entry points (group oppidum.services)?", returncode=1
            )
        for code, service in services.items():
            if faults := check_service(service, thorough=True):
                raise CommandError("\n".join(faults), returncode=1)
            flow = service.flow
            self.stdout.write(
                f"{code}: {len(flow.steps)} steps, {len(flow.actions)} actions, {len(service.categories)} "
                f"categories, {len(service.notices)} notices: no fault"
            )

    def _graph(self, services, code, drawn_as):
        self.stdout.write(DRAWN[drawn_as](_find(services, code)), ending="")

    def _find(self, services, words, as_json):
        hits = search(words, get_language() or LANGUAGES[0], list(services.values())).hits
        if as_json:
            self.stdout.write(json.dumps([{"code": hit.target.code, "score": round(hit.score, 3)} for hit in hits]))
            return
        for hit in hits:
            name = (hit.target.category or hit.target.service).name
            self.stdout.write(f"{hit.score:5.2f}  {hit.target.code:<30}  {name}")

    def _rules(self, services, code, day):
        for line in list_rules(_find(services, code), day):
            force = f"{line.since or '…'} – {line.until or '…'}"
            marks = [_("set by the metropolis")] if line.is_own else []
            marks += [] if line.is_verified else [_("NOT VERIFIED")]
            value = f"{line.value} {line.unit}".strip()
            self.stdout.write("  ".join([f"{line.name:<24}", f"{value:<18}", f"{force:<24}", line.source, *map(str, marks)]))


def _find(services, code):
    if code not in services:
        known = ", ".join(sorted(services)) or "none"
        raise CommandError(f"there is no service '{code}'; those declared: {known}", returncode=2)
    return services[code]
