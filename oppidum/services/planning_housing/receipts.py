"""Acts that count from the day on which something was received, which isn't the day on which it is entered (CRPA, art. L112-1)."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Action, Day


def received(name: str, label, by=("act",), day: str = "received_day", **more) -> Action:
    """An act that demands the day of receipt under the name `day`."""
    demands = {day: Day(_("Received on"), latest=0, required=True)} | more.pop("demands", {})
    return Action(name, label, by=by, demands=demands, **more)
