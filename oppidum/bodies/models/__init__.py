"""The tables of the bodies: who sits, sittings, what is on their agendas, votes, acts."""

from oppidum.bodies.models.act import Act, ActAnnex, ActFile, Series, Transmission, act_code
from oppidum.bodies.models.body import Body, Councillor, Member, Secretariat
from oppidum.bodies.models.item import Item, StepOut, Vote
from oppidum.bodies.models.sitting import Attendance, Sitting

__all__ = [
    "Act",
    "ActAnnex",
    "ActFile",
    "Attendance",
    "Body",
    "Councillor",
    "Item",
    "Member",
    "Secretariat",
    "Series",
    "Sitting",
    "StepOut",
    "Transmission",
    "Vote",
    "act_code",
]
