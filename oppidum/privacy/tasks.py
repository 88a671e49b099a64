"""What the worker does for persons' rights: each night, after personal data whose time is over went."""

from oppidum.cases.tasks import every
from oppidum.privacy import archives, looking, watermarking


@every("40 2 * * *")
def destroy_listed_files() -> int:
    """Files on a list that has the archives' visa."""
    return archives.destroy_all()


@every("50 2 * * *")
def forget_looked_for() -> int:
    """Whom look-ups of more than a year ago were about."""
    return looking.forget_sought()


@every("* * * * *")
def mark_identity_papers() -> int:
    """Identity papers get their mark within a minute of their filing."""
    return watermarking.mark_papers()


@every("15 * * * *")
def remove_identity_papers() -> int:
    """Identity papers of cases that are decided."""
    return watermarking.remove_papers()
