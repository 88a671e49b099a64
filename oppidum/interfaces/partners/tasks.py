"""What the worker does for outside parties."""

from oppidum.cases.tasks import every
from oppidum.interfaces.partners import receiving, sending


@every("* * * * * */10")
def send_to_partners() -> int:
    """What waits for partners leaves."""
    return sending.send_waiting()


@every("*/15 * * * *")
def follow_at_partners() -> int:
    """Where our requests stand in other cities."""
    return receiving.follow_filed()
