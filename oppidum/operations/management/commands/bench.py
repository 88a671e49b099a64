"""`oppidum bench NAME`: measure, and say it as one JSON object."""

import json
from importlib import import_module
from inspect import signature
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from oppidum.operations import benches


def names() -> list[str]:
    """The modules of `benches` that can be run."""
    files = (path.stem for path in Path(benches.__file__).parent.glob("*.py") if path.stem != "__init__")
    return sorted(name for name in files if hasattr(import_module(f"{benches.__name__}.{name}"), "run"))


class Command(BaseCommand):
    help = "Run a benchmark on a scratch database: figures, floor and settings."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("name", help=f"one of: {', '.join(names())}")
        parser.add_argument("--json", action="store_true", help="the answer as JSON, and nothing else")
        hint = "change a setting, such as reports=20000"
        parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help=hint)

    def handle(self, *, name: str, json: bool, set: list[str], **options):
        if name not in names():
            raise CommandError(f"There is no benchmark '{name}'; there are: {', '.join(names())}")
        bench = import_module(f"{benches.__name__}.{name}")
        answer = bench.run(**_settings(set, signature(bench.run).parameters)).as_data()
        self.stdout.write(_as_json(answer) if json else _as_lines(answer))


def _settings(given: list[str], known) -> dict[str, float | str]:
    """Values by name, as `known` parameters take them: those with a text as default take texts, with a decimal decimals, else whole numbers."""
    found = {}
    for one in given:
        name, _, value = one.partition("=")
        if name in known and isinstance(known[name].default, str):
            found[name] = value
            continue
        decimal = name in known and isinstance(known[name].default, float)
        if name not in known or not (value.replace(".", "", 1) if decimal else value).isdigit():
            raise CommandError(f"--set {one}: give a {'' if decimal else 'whole '}number to one of {', '.join(known)}")
        found[name] = float(value) if decimal else int(value)
    return found


def _as_json(answer: dict) -> str:
    return json.dumps(answer, ensure_ascii=False)


def _as_lines(answer: dict) -> str:
    parts = [answer["name"]]
    for part in ("figures", "floor", "peers", "settings"):
        parts += [f"  {part}"] + [f"    {name:<24} {value}" for name, value in answer[part].items()]
    return "\n".join(parts)
