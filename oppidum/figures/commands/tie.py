"""`oppidum figures tie NAME --kind budget section=investissement side=dépense`: where a key figure stands in the accounts."""

from django.core.management.base import CommandError

from oppidum.core.errors import Invalid, NotFound
from oppidum.figures.accounts.reading import tie
from oppidum.figures.models import AccountKind

NAME, HELP = "tie", "say which lines of the accounts a key figure is the sum of"


def add_arguments(parser) -> None:
    parser.add_argument("figure")
    parser.add_argument("where", nargs="+", metavar="DIMENSION=VALUE")
    parser.add_argument("--kind", required=True, choices=AccountKind.values)


def run(command, options) -> None:
    if wrong := [one for one in options["where"] if "=" not in one]:
        raise CommandError(f"write DIMENSION=VALUE, not {wrong[0]!r}", returncode=2)
    try:
        made = tie(options["figure"], options["kind"], dict(one.split("=", 1) for one in options["where"]))
    except NotFound:
        raise CommandError(f"there is no key figure {options['figure']!r}", returncode=2) from None
    except Invalid:
        raise CommandError("the key figure has another unit than these accounts", returncode=2) from None
    command.stdout.write(f"{options['figure']} is tied to {made.kind}: {made.dimensions}")
