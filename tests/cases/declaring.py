"""Little services for tests: right but for what a test declares."""

from oppidum.cases.declaration import Action, Flow, Service, end, step
from oppidum.cases.declaration.checks import check_service

close = Action("close", "Close", by="act")
CLOSED = end("closed", label="Closed")
GOOD = Flow(step("open", close >> "closed", label="Open"), CLOSED)


def small_service(flow=GOOD, **declared):
    """A service of one step and one end, with what is declared besides."""
    names = {
        "__doc__": "A service for tests.",
        "code": "small",
        "name": "Small",
        "owner": "tests",
        "retention": "P1Y",
        "routing": ("open", "open"),
    }
    return type("Small", (Service,), names | {"flow": flow} | declared)


def faults(flow=GOOD, **declared) -> list[str]:
    """The faults of such a service."""
    return check_service(small_service(flow, **declared))
