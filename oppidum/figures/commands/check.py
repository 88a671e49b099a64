"""`oppidum figures check --text FILE [--json]`: the contradictions of a text or a PDF.

Exit status: 0 when nothing is open, 1 when errors or warnings are, 2 when the file can't be read.
"""

import json
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override

from oppidum.figures.contradictions import NOTICE, Finding, check_text
from oppidum.figures.contradictions.reading_files import UnreadableText, read_lines
from oppidum.figures.contradictions.wording_of_findings import severity_name

NAME, HELP = "check", "contradictions of a text"


def add_arguments(parser) -> None:
    parser.add_argument("--text", metavar="FILE", required=True, help="a text or a PDF to check")
    parser.add_argument("--json", action="store_true", help="a list of kind, lines, values, why, severity")
    parser.add_argument("--lang", default=settings.LANGUAGE_CODE, choices=["fr", "en"], help="the language of the explanations")


def run(command, options) -> None:
    with override(options["lang"]):
        try:
            found = check_text(read_lines(Path(options["text"])))
        except UnreadableText as fault:
            raise CommandError(str(fault), returncode=2) from fault
        command.stdout.write(as_json(found) if options["json"] else in_words(found))
    if any(finding.severity != NOTICE for finding in found):
        sys.exit(1)


def as_json(found: list[Finding]) -> str:
    return json.dumps([finding.as_json() for finding in found], ensure_ascii=False, indent=2)


def in_words(found: list[Finding]) -> str:
    """One finding a paragraph, then how many there are."""
    told = [f"{severity_name(finding.severity)} · {finding.kind} · {finding.fingerprint}\n  {finding.why}" for finding in found]
    return "\n".join([*told, _("%(count)s contradictions") % {"count": len(found)}])
