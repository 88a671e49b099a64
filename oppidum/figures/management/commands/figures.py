"""`oppidum figures ...`: hands over to the module of the subcommand (`oppidum/figures/commands/`)."""

import importlib
import pkgutil
from types import ModuleType

from django.core.management.base import BaseCommand

from oppidum.figures import commands


def subcommands() -> dict[str, ModuleType]:
    """All subcommands by name."""
    found = (importlib.import_module(f"{commands.__name__}.{one.name}") for one in pkgutil.iter_modules(commands.__path__))
    return {one.NAME: one for one in sorted(found, key=lambda one: one.NAME)}


class Command(BaseCommand):
    help = "Key figures: computed from records, declared by departments, asked for, checked. Each opens with `oppidum trail`."

    def add_arguments(self, parser):
        actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
        for name, module in subcommands().items():
            module.add_arguments(actions.add_parser(name, help=module.HELP))

    def handle(self, *args, action, **options):
        subcommands()[action].run(self, options)
