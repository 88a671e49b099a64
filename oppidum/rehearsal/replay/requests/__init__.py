"""How requests are lived: every service that says how it is rehearsed (`Service.rehearsal`), but those of categories (reports).

`arrivals` when they come, `drawing` what they say, `spots` where, `times` the places still free, `deck` chances dealt so that shares are
met, `ways` what can happen next, `assembly` the bodies, `bills` what is paid, `lane` all of it day by day.
"""

from oppidum.rehearsal.replay.requests.lane import Requests

__all__ = ["Requests"]
