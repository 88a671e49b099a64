"""`oppidum figures recompute YEAR [--why "..."]`: compute a year anew and keep it; what a correction changes is told, old and new."""

import json

from oppidum.figures.computations import history, recompute

NAME, HELP = "recompute", "compute a year anew; what changes is kept beside what it was"


def add_arguments(parser) -> None:
    parser.add_argument("year", type=int)
    parser.add_argument("--why", default="", help="what was corrected")
    parser.add_argument("--json", action="store_true")


def run(command, options) -> None:
    year = options["year"]
    done = recompute(year, options["why"])
    changes = [(name, [one.value for one in history(name, year)][:2]) for name in done.changed]
    if options["json"]:
        told = [{"figure": name, "new": values[0], "old": values[1] if len(values) > 1 else None} for name, values in changes]
        command.stdout.write(json.dumps({"year": year, "new": done.new, "same": done.same, "changed": told}, indent=2))
        return
    command.stdout.write(f"{year}: {done.new} new, {len(done.changed)} changed, {done.same} the same")
    for name, values in changes:
        command.stdout.write(f"  {name}: {' <- '.join(str(value) for value in values)}")
