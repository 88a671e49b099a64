"""Who answers for the processings: the authority, and its data protection officer as the people file names the team."""

from oppidum.people.models import Team
from oppidum.territory.models import Intercommunality

TEAM = "data-protection"


def controller() -> dict[str, str]:
    """Name of the authority, and how its data protection officer is reached (GDPR, art. 13(1), 30(1)(a)); blank where not set up."""
    authority = Intercommunality.objects.values_list("name", flat=True).first() or "Oppidum"
    team = Team.objects.filter(code=TEAM).first()
    return {
        "name": authority,
        "dpo": team.name if team else "",
        "email": team.email if team else "",
        "phone": team.phone if team else "",
    }
