"""What `oppidum figures` does: a module a subcommand, found by itself.

Each has `NAME`, `HELP`, `add_arguments(parser)` and `run(command, options)`; `command` writes to the terminal.
"""
