"""`oppidum figures lake [--until MONTH] [--compare YEAR]`: write the closed months, or compare what both engines count."""

from datetime import date

from django.core.management.base import CommandError

from oppidum.figures.lake.comparing import compare
from oppidum.figures.lake.writing import lake_folder, write_lake

NAME, HELP = "lake", "write closed months as Parquet files, without personal data"


def add_arguments(parser) -> None:
    parser.add_argument(
        "--until", type=_month, metavar="MONTH", help="the last month wanted, such as 2026-10 (default: the last closed one)"
    )
    parser.add_argument(
        "--compare", type=int, metavar="YEAR", help="compute a closed year from the lake too, and tell what differs"
    )


def _month(text: str) -> date:
    return date.fromisoformat(f"{text}-01")


def run(command, options) -> None:
    written = write_lake(options["until"])
    command.stdout.write(f"{written.rows} rows in {written.files} files of {lake_folder()}")
    if written.again:
        command.stdout.write(f"written again: {', '.join(written.again)}")
    if options["compare"]:
        differences = compare(options["compare"])
        for name, (here, there) in differences.items():
            command.stdout.write(f"  {name}: {here} in PostgreSQL, {there} in the lake")
        if differences:
            raise CommandError(f"{len(differences)} figures differ")
        command.stdout.write("all figures are equal")
