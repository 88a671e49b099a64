"""`oppidum figures show YEAR [--json] [--directorate CODE]`: the key figures of a year, computed with their parts, then declared."""

import json

from django.utils.translation import override

from oppidum.figures.catalogue import all_figures
from oppidum.figures.computing import Period, Value, compute_all
from oppidum.figures.declaration import SPLIT_LABELS
from oppidum.figures.key_figures import KeyFigureValue, list_key_figures
from oppidum.figures.naming import name_of
from oppidum.figures.wording import say_qualified, say_value

NAME, HELP = "show", "all figures of a year"
SHOWN = 6


def add_arguments(parser) -> None:
    parser.add_argument("year", type=int)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--lang", default="fr", choices=["fr", "en"])
    parser.add_argument("--directorate", default="", help="only those of this directorate")


def run(command, options) -> None:
    owner = options["directorate"]
    with override(options["lang"]):
        names = [name for name, one in all_figures().items() if not owner or one.owner == owner]
        values = list(compute_all(Period.year(options["year"]), names).values())
        known = list_key_figures(options["year"], owner)
        if options["json"]:
            told = {
                "year": options["year"],
                "figures": [_as_json(value) for value in values],
                "key_figures": [key_figure_json(one) for one in known],
            }
            command.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
            return
        for value in values:
            _print(command, value)
        command.stdout.write("")
        for one in known:
            if one.declared is not None or one.state:
                _print_declared(command, one)


def _as_json(value: Value) -> dict:
    return {
        "name": value.figure.name,
        "label": str(value.figure.label),
        "unit": str(value.figure.unit),
        "value": value.value,
        "owner": value.figure.owner,
        "method": str(value.figure.method),
        "splits": value.splits,
    }


def key_figure_json(one: KeyFigureValue) -> dict:
    """A key figure as programs read it; numbers as numbers."""
    number = {
        name: None if (value := getattr(one, name)) is None else float(value) if value % 1 else int(value)
        for name in ("value", "declared", "computed", "difference", "previous")
    }
    text = {name: getattr(one, name) for name in ("name", "label", "directorate", "theme", "unit", "period", "kind", "precision")}
    told = {name: getattr(one, name) for name in ("year", "origin", "state", "is_validated", "source", "method", "computed_by")}
    moments = {name: at.isoformat() if (at := getattr(one, name)) else None for name in ("validated_at", "as_of")}
    return text | number | told | moments | {"said": one.said, "trail": one.trail}


def _print_declared(command, one: KeyFigureValue) -> None:
    declared = say_qualified(one.declared, one.unit, one.precision)
    counted = f"; counted {say_value(one.computed, one.unit)}" if one.computed is not None else ""
    command.stdout.write(f"{one.label} ({one.name}): {declared}, {one.said_period} [{one.state or 'no value'}]{counted}")


def _print(command, value: Value) -> None:
    shown = "—" if value.value is None else f"{value.value:n}"
    command.stdout.write(f"\n{value.figure.label} ({value.figure.name}): {shown} {value.figure.unit}")
    for split, counts in value.splits.items():
        first = sorted(counts.items(), key=lambda item: item[0] if split == "month" else -item[1])
        listed = first if split == "month" else first[:SHOWN]
        rest = len(first) - len(listed)
        words = ", ".join(f"{name_of(split, key)} {count}" for key, count in listed)
        command.stdout.write(f"  {SPLIT_LABELS[split]}: {words}{f', +{rest}' if rest else ''}")
