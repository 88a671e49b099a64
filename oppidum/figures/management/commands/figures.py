"""`oppidum figures show YEAR [--json]`, `oppidum figures list`."""

import json

from django.core.management.base import BaseCommand
from django.utils.translation import override

from oppidum.figures.catalogue import all_figures
from oppidum.figures.computing import Period, compute
from oppidum.figures.declaration import SPLIT_LABELS
from oppidum.figures.naming import name_of

SHOWN = 6


class Command(BaseCommand):
    help = "The declared figures and their values; each opens to its records with `oppidum trail`."

    def add_arguments(self, parser):
        actions = parser.add_subparsers(dest="action", required=True)
        show = actions.add_parser("show", help="all figures of a year")
        show.add_argument("year", type=int)
        show.add_argument("--json", action="store_true")
        show.add_argument("--lang", default="fr", choices=["fr", "en"])
        actions.add_parser("list", help="what is declared, and how it is counted")

    def handle(self, *args, action, **options):
        getattr(self, f"_{action}")(options)

    def _show(self, options):
        with override(options["lang"]):
            values = [compute(name, Period.year(options["year"])) for name in all_figures()]
            if options["json"]:
                self.stdout.write(
                    json.dumps(
                        {
                            "year": options["year"],
                            "figures": [
                                {
                                    "name": v.figure.name,
                                    "label": str(v.figure.label),
                                    "unit": str(v.figure.unit),
                                    "value": v.value,
                                    "owner": v.figure.owner,
                                    "method": str(v.figure.method),
                                    "splits": v.splits,
                                }
                                for v in values
                            ],
                        },
                        ensure_ascii=False,
                        indent=2,
                    )
                )
                return
            for value in values:
                self._print(value)

    def _print(self, value):
        shown = "—" if value.value is None else f"{value.value:n}"
        self.stdout.write(f"\n{value.figure.label} ({value.figure.name}): {shown} {value.figure.unit}")
        for split, counts in value.splits.items():
            first = sorted(counts.items(), key=lambda item: item[0] if split == "month" else -item[1])
            listed = first if split == "month" else first[:SHOWN]
            rest = len(first) - len(listed)
            words = ", ".join(f"{name_of(split, key)} {count}" for key, count in listed)
            self.stdout.write(f"  {SPLIT_LABELS[split]}: {words}{f', +{rest}' if rest else ''}")

    def _list(self, options):
        for figure in all_figures().values():
            self.stdout.write(f"{figure.name:28} {figure.label}\n{'':28} {figure.method}")
