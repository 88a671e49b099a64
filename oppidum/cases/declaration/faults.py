"""What stops the start of the program."""


class DefinitionError(Exception):
    """A declaration that can't run; says where, and what to do."""
