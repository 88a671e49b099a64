"""The `oppidum` command: Django's own command line, with Oppidum's settings.

Each room keeps its commands in `management/commands/`; `oppidum help` lists them.
"""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oppidum.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["oppidum", *sys.argv[1:]])


if __name__ == "__main__":
    main()
