"""Economic development, attractiveness and employment (développement économique)."""

from oppidum.services.economy.business_aid import BusinessAid
from oppidum.services.economy.film_shoot import FilmShoot
from oppidum.services.economy.innovation_answer import InnovationAnswer
from oppidum.services.economy.innovation_call import InnovationCall
from oppidum.services.economy.public_event import PublicEvent

SERVICES = [BusinessAid, InnovationCall, InnovationAnswer, FilmShoot, PublicEvent]
