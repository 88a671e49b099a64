"""What services are to this room: registers that everybody reads, the portfolio of projects, orders that delegate the signature."""

from oppidum.cases.declaration.marks import Mark

REGISTER = Mark(
    "register",
    steps=("open", "suspended", "to_resume", "announced", "closed", "reported"),
    acts=("announce", "extend", "suspend", "resume", "report"),
    asks=(
        *("title", "kind", "holder", "order", "places", "opens_on", "closes_on", "first_close", "conclusion"),
        *("suspended_on", "suspended_because", "opens_again_on", "modified", "extended_because", "meeting"),
    ),
)
OBSERVATION = Mark(
    "observation",
    steps=("received", "shown", "hidden", "over", "withdrawn"),
    acts=("publish", "shorten", "hide", "reply"),
    asks=("text", "about", "signs", "name", "hidden_because", "reply"),
)
PROJECT = Mark(
    "project",
    steps=("works", "studies", "proposed", "suspended", "delivered", "abandoned"),
    acts=("plan", "reach", "tell", "budget", "fund", "suspend", "resume", "abandon", "deliver"),
    asks=("title", "theme", "summary", "where", "is_public", "milestones", "milestone", "budget", "funders", "progress"),
)
DELEGATION = Mark(
    "delegation",
    steps=("drafted", "signature", "signed"),
    acts=("abandon", "repeal", "leave"),
    asks=(
        *("task", "officer", "holder", "quality", "post", "function", "services", "kinds", "matters", "ceiling", "rank"),
        *("starts_on", "ends_on", "replaces", "title", "decision", "left_on", "repealed_by", "until"),
    ),
)
