"""`oppidum figures import FILE.csv [--year YEAR]`: key figures with their declared values.

Exit status: 0 when every row was read, 1 when there are faults (then nothing was changed), 2 when what was asked for isn't there.
"""

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import override

from oppidum.figures.declared.importing import Imported, Signed, import_key_figures
from oppidum.people.models import Officer

NAME, HELP = "import", "key figures and their declared values from a CSV file"
SHOWN = 200


def add_arguments(parser) -> None:
    parser.add_argument(
        "file", help="its first row: id, direction, theme, label_fr, label_en, value, unit, period, kind, precision"
    )
    parser.add_argument("--year", type=int, help="the edition that the values belong to (default: the year most periods name)")
    parser.add_argument("--entered-by", metavar="USERNAME", help="the officer who answers for the values")
    parser.add_argument(
        "--validated-by", metavar="USERNAME", help="the second person, who has checked them: they count as validated"
    )
    parser.add_argument("--dry-run", action="store_true", help="check every row, change nothing")
    parser.add_argument("--json", action="store_true", help="say what it came to as JSON")


def run(command, options) -> None:
    path = Path(options["file"])
    if not path.is_file():
        raise CommandError(f"there is no file {path}", returncode=2)
    signed = Signed(_officer(options["entered_by"]), _officer(options["validated_by"]))
    if signed.entered_by and signed.entered_by == signed.validated_by:
        raise CommandError("a second person validates: name somebody else with --validated-by", returncode=2)
    with override(settings.LANGUAGE_CODE):
        done = import_key_figures(path, options["year"], signed, dry_run=options["dry_run"])
        command.stdout.write(_as_json(done) if options["json"] else _in_words(done, options["dry_run"]))
    if done.faults:
        raise CommandError(f"{len(done.faults)} faults, nothing was changed", returncode=1)


def _officer(username: str | None) -> Officer | None:
    if not username:
        return None
    found = Officer.objects.filter(username=username).first()
    if found is None:
        raise CommandError(f"there is no officer '{username}'", returncode=2)
    return found


def _as_json(done: Imported) -> str:
    faults = [{"row": one.row, "column": one.column, "value": one.value, "says": one.says} for one in done.faults]
    counted = {name: getattr(done, name) for name in ("year", "rows", "new", "changed", "unchanged", "locked", "notes")}
    return json.dumps(counted | {"faults": faults}, ensure_ascii=False)


def _in_words(done: Imported, dry_run: bool) -> str:
    lines = [str(one) for one in done.faults[:SHOWN]]
    if len(done.faults) > SHOWN:
        lines.append(f"... and {len(done.faults) - SHOWN} more faults")
    lines += [f"note: {one}" for one in done.notes]
    if done.locked:
        lines.append(f"locked, left as they were: {', '.join(done.locked)}")
    if not done.faults:
        told = (
            "in order; nothing was changed" if dry_run else f"{done.new} new, {done.changed} changed, {done.unchanged} as they were"
        )
        lines.append(f"{done.year}: {done.rows} rows, {told}")
    return "\n".join(lines)
