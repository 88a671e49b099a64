"""`oppidum import accounts FILE --kind waste|energy|factors|land-use|budget`."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import override

from oppidum.figures.accounts.importing import ImportedAccounts, import_accounts
from oppidum.figures.models import AccountKind

SHOWN = 200


def run(command, options) -> None:
    """Read the file that `options` name, and say what it came to."""
    path, kind = Path(options["file"] or ""), options["account_kind"]
    if kind not in AccountKind.values:
        raise CommandError(f"say what the file holds: --kind {'|'.join(AccountKind.values)}", returncode=2)
    if not path.is_file():
        raise CommandError("name a CSV file", returncode=2)
    with override(settings.LANGUAGE_CODE):
        done = import_accounts(path, kind, dry_run=options["dry_run"])
        command.stdout.write(_as_json(done) if options["json"] else _in_words(done, options["dry_run"]))
    if done.faults:
        raise CommandError(f"{len(done.faults)} faults, nothing was changed", returncode=1)


def _as_json(done: ImportedAccounts) -> str:
    faults = [{"row": one.row, "column": one.column, "value": one.value, "says": one.says} for one in done.faults]
    apart = [
        {"kind": one.kind, "where": one.where, "says": one.says, "difference": float(one.difference)} for one in done.imbalances
    ]
    told = {"kind": done.kind, "rows": done.rows, "known": done.is_known, "took_place_of": done.took_place_of}
    return json.dumps(told | {"faults": faults, "imbalances": apart}, ensure_ascii=False)


def _in_words(done: ImportedAccounts, dry_run: bool) -> str:
    lines = [str(one) for one in done.faults[:SHOWN]]
    lines += [f"! {one.says}" for one in done.imbalances]
    if not done.faults:
        what = "in order, nothing was changed" if dry_run else "read before, nothing was changed" if done.is_known else "read"
        instead = f", in the place of {done.took_place_of}" if done.took_place_of else ""
        lines.append(f"{done.kind}: {done.rows} rows {what}{instead}")
    return "\n".join(lines)
