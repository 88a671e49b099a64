"""`oppidum figures accounts YEAR [--json]`: the sums of a year's accounts, emissions by sector, and what doesn't balance."""

import json

from django.conf import settings
from django.utils.translation import override

from oppidum.figures.accounts.reading import check_accounts, list_emissions, list_sums
from oppidum.figures.models import AccountKind
from oppidum.figures.wording import say_value

NAME, HELP = "accounts", "sums of the accounts of a year, and what in them doesn't balance"
SHOWN = 12


def add_arguments(parser) -> None:
    parser.add_argument("year", type=int)
    parser.add_argument("--json", action="store_true")


def run(command, options) -> None:
    year = options["year"]
    with override(settings.LANGUAGE_CODE):
        sums = {kind: found for kind in AccountKind.values if (found := list_sums(kind, year))}
        emissions, apart = list_emissions(year), check_accounts(year)
        if options["json"]:
            told = {
                "year": year,
                "sums": {
                    kind: [one.dimensions | {"quantity": float(one.quantity), "unit": one.unit, "lines": one.lines} for one in found]
                    for kind, found in sums.items()
                },
                "emissions": [
                    {"sector": one.sector, "energy_mwh": float(one.energy_mwh), "without_factor_mwh": float(one.without_factor_mwh),
                     "emitted_t": None if one.emitted_t is None else float(one.emitted_t)}
                    for one in emissions
                ],
                "imbalances": [{"kind": one.kind, "where": one.where, "says": one.says} for one in apart],
            }  # fmt: skip
            command.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
            return
        for kind, found in sums.items():
            command.stdout.write(f"\n{AccountKind(kind).label}")
            for one in found[:SHOWN]:
                command.stdout.write(f"  {' · '.join(filter(None, one.dimensions.values()))}: {say_value(one.quantity, one.unit)}")
        for one in emissions:
            command.stdout.write(f"  {one.sector}: {say_value(one.energy_mwh, 'MWh')}, {say_value(one.emitted_t, 'tCO2e')}")
        for one in apart:
            command.stdout.write(f"! {one.says}")
