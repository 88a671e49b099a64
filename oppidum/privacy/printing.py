"""`oppidum services register --out FILE`: the register of processings as a file; the ending says what kind (.pdf, .csv, .json)."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from oppidum.privacy.papers import register_pdf
from oppidum.privacy.register import register, register_csv

HELP = "write the register of processings (GDPR, art. 30) to a file: .pdf, .csv or .json"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="register.pdf, register.csv or register.json")


def write_register(command: BaseCommand, options: dict[str, Any]) -> None:
    """Write the file, in the language asked for. Raises `CommandError` for another ending or a folder that isn't there."""
    out: Path = options["out"]
    makers = {".pdf": register_pdf, ".csv": lambda: register_csv().encode(), ".json": _json}
    if out.suffix not in makers:
        raise CommandError(f"{out}: the ending says what to write: .pdf, .csv or .json", returncode=2)
    try:
        out.write_bytes(makers[out.suffix]())
    except OSError as wrong:
        raise CommandError(str(wrong), returncode=1) from None
    command.stdout.write(f"{out}: {len(register())} processings")


def _json() -> bytes:
    return json.dumps([asdict(entry) for entry in register()], ensure_ascii=False, indent=2).encode()
