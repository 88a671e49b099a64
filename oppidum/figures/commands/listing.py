"""`oppidum figures list`: what is declared next to the services, and how it is counted."""

from oppidum.figures.catalogue import all_figures

NAME, HELP = "list", "the computed figures, and how each is counted"


def add_arguments(parser) -> None:
    """None."""


def run(command, options) -> None:
    for figure in all_figures().values():
        command.stdout.write(f"{figure.name:28} {figure.label}\n{'':28} {figure.method}")
