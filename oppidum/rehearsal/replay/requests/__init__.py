"""How requests are lived: every service that says how it is rehearsed (`Service.rehearsal`), but those of categories (reports).

`parting` which services must be lived together, `arrivals` when requests come, `drawing` what they say, `spots` where, `times` the places still free, `deck` chances dealt so that shares are
met, `ways` what can happen next, `assembly` the bodies, `bills` what is paid, `lane` all of it day by day.
"""

from oppidum.rehearsal.replay.requests.lane import Requests
from oppidum.rehearsal.replay.requests.parting import part_services
from oppidum.rehearsal.replay.requests.spots import Spots

__all__ = ["Requests", "Spots", "part_services"]
