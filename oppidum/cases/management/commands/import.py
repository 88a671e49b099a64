"""`oppidum import KIND FILE`: the rows of a CSV file become cases of the service KIND, through the same checks as its page.

Exit status: 0 when every row was filed (or would be, with --dry-run), 1 when there are faults, 2 when what was asked for isn't there.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from oppidum.cases.declaration import catalogue
from oppidum.cases.importing import Imported, columns_for, import_file

SHOWN = 200
# Kinds of files that other rooms read, by their word: what is run, with the options of this command.
MORE: dict[str, Callable[[BaseCommand, dict[str, Any]], None]] = {}


class Command(BaseCommand):
    help = "Files the rows of a CSV file as cases of a service; nothing at all while one row has a fault."

    def add_arguments(self, parser):
        parser.add_argument("kind", help="the service's code, as `oppidum services list` shows it; or: accounts")
        parser.add_argument("file", nargs="?", help="a CSV file; its first row names the questions")
        parser.add_argument("--dry-run", action="store_true", help="check every row, file none")
        parser.add_argument("--columns", action="store_true", help="print the header that a file may have")
        parser.add_argument("--kind", dest="account_kind", help="of accounts: waste, energy, factors, land-use or budget")
        parser.add_argument("--json", action="store_true", help="say what it came to as JSON")

    def handle(self, *args, kind, file, dry_run, columns, **options):
        if kind in MORE:
            MORE[kind](self, options | {"file": file, "dry_run": dry_run})
            return
        service = catalogue().get(kind)
        if service is None:
            raise CommandError(f"no service '{kind}': `oppidum services list` names them", returncode=2)
        if columns:
            self.stdout.write(";".join(columns_for(service)))
            return
        if not file or not Path(file).is_file():
            raise CommandError("name a CSV file, or ask for its --columns", returncode=2)
        with override(settings.LANGUAGE_CODE):
            done = import_file(service, Path(file), dry_run=dry_run)
            self.stdout.write(_as_json(done) if options["json"] else _in_words(done, dry_run))
        if done.faults:
            filed = f"{len(done.codes)} rows were filed" if done.codes else "nothing was filed"
            raise CommandError(f"{len(done.faults)} faults, {filed}", returncode=1)


def _as_json(done: Imported) -> str:
    faults = [{"row": one.row, "column": one.column, "value": one.value, "says": one.says} for one in done.faults]
    return json.dumps({"rows": done.rows, "faults": faults, "codes": done.codes, "known": done.known}, ensure_ascii=False)


def _in_words(done: Imported, dry_run: bool) -> str:
    lines = [str(one) for one in done.faults[:SHOWN]]
    if len(done.faults) > SHOWN:
        left = len(done.faults) - SHOWN
        lines.append(ngettext("and %(n)d more fault", "and %(n)d more faults", left) % {"n": left})
    if not done.faults:
        words = {"rows": done.rows, "new": len(done.codes), "known": done.known}
        lines.append(
            _("%(rows)d rows are in order; nothing was filed.") % words
            if dry_run
            else _("%(rows)d rows: %(new)d cases filed, %(known)d known already.") % words
        )
    return "\n".join(lines)
