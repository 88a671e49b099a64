"""The `oppidum` command: Django's own command line, with Oppidum's settings.

Each room keeps its commands in `management/commands/`; `oppidum help` lists them.
"""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oppidum.settings")
    from django.core.management import execute_from_command_line

    from oppidum.cases.declaration.faults import DefinitionError

    try:
        execute_from_command_line(["oppidum", *sys.argv[1:]])
    except DefinitionError as faults:  # The catalogue is checked at start (cases/apps.py): every command meets it.
        sys.exit(
            f"{faults}\nMend {'this' if len(str(faults).splitlines()) == 1 else 'these'} in the declarations, "
            "then run `oppidum services check`."
        )


if __name__ == "__main__":
    main()
