"""What the worker does for persons' rights: each night, after personal data whose time is over went."""

from oppidum.cases.tasks import every
from oppidum.privacy import archives, looking


@every("40 2 * * *")
def destroy_listed_files() -> int:
    """Files on a list that has the archives' visa."""
    return archives.destroy_all()


@every("50 2 * * *")
def forget_looked_for() -> int:
    """Whom look-ups of more than a year ago were about."""
    return looking.forget_sought()
