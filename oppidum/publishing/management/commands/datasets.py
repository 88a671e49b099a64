"""`oppidum datasets`: publish, list, check a file that somebody delivers, take in a catalogue of datasets held elsewhere.

oppidum datasets list
oppidum datasets publish --all
oppidum datasets check FILE --schema NAME-or-PATH
oppidum datasets catalogue FILE --source observatories
"""

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from oppidum.core.errors import Refusal
from oppidum.publishing.datasets.catalogue import all_datasets
from oppidum.publishing.datasets.delivered import check_file
from oppidum.publishing.datasets.faults import tell
from oppidum.publishing.datasets.outside import take_in
from oppidum.publishing.datasets.publishing import NO_ROWS, publish
from oppidum.publishing.datasets.versions import latest_versions


class Command(BaseCommand):
    help = "Open data: publish it, list it, check a file against its schema, take in a catalogue."

    def add_arguments(self, parser):
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("list", help="every dataset with its last version")
        publishing = actions.add_parser("publish", help="publish one dataset, or all")
        publishing.add_argument("name", nargs="?")
        publishing.add_argument("--all", action="store_true", dest="everything")
        checking = actions.add_parser("check", help="a CSV or JSON file against a schema: 0 when it keeps to it, 1 when not")
        checking.add_argument("file", type=Path)
        checking.add_argument("--schema", required=True, help="the name of a dataset, or a file: Table Schema or JSON Schema")
        checking.add_argument("--json", action="store_true", dest="as_json")
        catalogue = actions.add_parser("catalogue", help="take in datasets held elsewhere: SCDL catalogue (CSV) or DCAT (JSON-LD)")
        catalogue.add_argument("file", type=Path)
        catalogue.add_argument("--source", required=True, help="the catalogue's name, such as observatories")
        for one in (publishing, checking, catalogue):
            one.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], default="fr")

    def handle(self, *args, action, language="fr", **options):
        with override(language):
            try:
                getattr(self, f"_{action}")(**{key: options[key] for key in _TAKES[action]})
            except Refusal as refusal:
                raise CommandError(str(refusal)) from None

    def _list(self):
        versions = latest_versions()
        for name, dataset in all_datasets().items():
            last = versions.get(name)
            shown = f"v{last.number}  {last.rows:>8}  {last.at:%Y-%m-%d %H:%M}" if last else "-"
            self.stdout.write(f"{name:<28} {shown:<36} {dataset.title}")

    def _publish(self, name, everything):
        if bool(name) == bool(everything):
            raise CommandError("name one dataset, or say --all", returncode=2)
        runs = [publish(one) for one in (all_datasets() if everything else [name])]
        for run in runs:
            version = f" v{run.version.number}, {run.version.rows}" if run.version else ""
            self.stdout.write(f"{run.dataset}: {run.get_outcome_display()}{version} ({run.seconds:.1f} s)")
            for fault in run.faults:
                self._tell(fault)
        refused = [run for run in runs if run.faults and run.faults != NO_ROWS]
        if refused:
            raise CommandError(
                ngettext("%(n)d dataset is refused.", "%(n)d datasets are refused.", len(refused)) % {"n": len(refused)}
            )

    def _check(self, file, schema, as_json):
        faults = check_file(file, schema)
        told = [tell(fault) for fault in faults]
        if as_json:
            said = [dict(fault) | told._asdict() for fault, told in zip(faults, told, strict=True)]
            self.stdout.write(json.dumps(said, ensure_ascii=False, indent=2, default=str))
        else:
            for fault in faults:
                self._tell(fault)
        if faults:
            raise CommandError(ngettext("%(n)d fault.", "%(n)d faults.", len(faults)) % {"n": len(faults)}, returncode=1)
        if not as_json:
            self.stdout.write(_("The file keeps to the schema."))

    def _tell(self, fault):
        where, says, remedy = tell(fault)
        self.stdout.write("  " + (_("%(where)s: %(says)s") % {"where": where, "says": says}) + f" {remedy}".rstrip())

    def _catalogue(self, file, source):
        taken = take_in(file, source)
        self.stdout.write(", ".join(f"{count} {name}" for name, count in taken.items()))


_TAKES = {
    "list": (),
    "publish": ("name", "everything"),
    "check": ("file", "schema", "as_json"),
    "catalogue": ("file", "source"),
}
