"""`oppidum figures check YEAR` and `oppidum figures check --text FILE`: contradictions of key figures, of a text or of a PDF.

Exit status: 0 when no error or warning is open, 1 when one is, 2 when what was asked for can't be read.
"""

import json
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import override

from oppidum.core.errors import Refusal
from oppidum.figures.contradictions import NOTICE, Finding, check_text
from oppidum.figures.contradictions.accepting import accept, list_accepted
from oppidum.figures.contradictions.key_figures import check_key_figures
from oppidum.figures.contradictions.reading_files import read_lines
from oppidum.figures.contradictions.wording_of_findings import kind_name, severity_name
from oppidum.figures.models import AcceptedFinding

NAME, HELP = "check", "contradictions of a year's key figures, or of a text"


def add_arguments(parser) -> None:
    parser.add_argument("year", type=int, nargs="?", help="the year whose key figures are checked")
    parser.add_argument("--text", metavar="FILE", help="a text or a PDF to check instead")
    parser.add_argument("--json", action="store_true", help="a list of kind, lines, values, why, severity")
    parser.add_argument("--accept", metavar="FINGERPRINT", help="let this finding stand, and say why with --reason")
    parser.add_argument("--reason", default="", help="why it may stand")
    parser.add_argument("--lang", default=settings.LANGUAGE_CODE, choices=["fr", "en"], help="the language of the explanations")


def run(command, options) -> None:
    if (options["year"] is None) == (options["text"] is None):
        raise CommandError("give a year, or --text FILE", returncode=2)
    with override(options["lang"]):
        try:
            found = check_text(read_lines(Path(options["text"]))) if options["text"] else check_key_figures(options["year"])
            if options["accept"]:
                accept(_named(found, options["accept"]), options["reason"])
        except Refusal as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        accepted = _accepted(found)
        command.stdout.write(as_json(found, accepted) if options["json"] else in_words(found, accepted))
    if any(one.severity != NOTICE and one.fingerprint not in accepted for one in found):
        sys.exit(1)


def _named(found: list[Finding], fingerprint: str) -> Finding:
    for finding in found:
        if finding.fingerprint == fingerprint:
            return finding
    raise CommandError(_("There is no finding %(fingerprint)s here.") % {"fingerprint": fingerprint}, returncode=2)


def _accepted(found: list[Finding]) -> dict[str, AcceptedFinding]:
    """What was accepted before; nothing where no database answers, for a text needs none."""
    try:
        return list_accepted(found)
    except DatabaseError:
        return {}


def as_json(found: list[Finding], accepted: dict[str, AcceptedFinding]) -> str:
    told = [
        finding.as_json() | ({"accepted": accepted[finding.fingerprint].reason} if finding.fingerprint in accepted else {})
        for finding in found
    ]
    return json.dumps(told, ensure_ascii=False, indent=2)


def in_words(found: list[Finding], accepted: dict[str, AcceptedFinding]) -> str:
    """One finding a paragraph, then how many there are."""
    told = []
    for finding in found:
        told.append(f"{severity_name(finding.severity)} · {kind_name(finding.kind)} · {finding.fingerprint}\n  {finding.why}")
        if kept := accepted.get(finding.fingerprint):
            told.append("  " + _("Accepted: %(reason)s") % {"reason": kept.reason})
    counts = {"count": len(found), "accepted": len(accepted)}
    return "\n".join([*told, _("%(count)s contradictions, of which %(accepted)s accepted") % counts])
