"""Economic development, attractiveness and employment (développement économique)."""

from oppidum.services.economy.business_aid import BusinessAid

SERVICES = [BusinessAid]
