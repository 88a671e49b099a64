"""What is asked of the metropolis by its communes, what is written to them, and what is counted of it (system S61 of the activity report)."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Notice
from oppidum.figures.declaration import Count, Share, Spread
from oppidum.figures.sources import FILED_CASES, JOURNAL_ENTRIES, action, actions, filed_with, said

SUBJECTS = {
    "engineering": _("Engineering of a project"),
    "legal": _("Law, public procurement"),
    "planning": _("Town planning, land"),
    "funds": _("Contribution to a project (fonds de concours)"),
    "loan": _("Loan of equipment"),
    "staff": _("Staff made available"),
    "shared": _("A service shared with the metropolis"),
    "digital": _("Data, maps, digital tools"),
    "risks": _("Major risks, communal safeguard plan"),
    "works": _("Roads, waste, water: a matter on our ground"),
    "other": _("Another subject"),
}
POSTS = {
    "mayor": _("Mayor"),
    "councillor": _("Councillor"),
    "head": _("Head of the commune's services"),
    "secretary": _("Secretary of the town hall"),
    "officer": _("Officer of the commune"),
}
OUTCOMES = {"agreed": _("Agreed"), "partly": _("Agreed in part"), "advice": _("Advice given"), "declined": _("Declined")}
_SIGNED = "\n\n{link}\n\n{authority}"

NOTICES = (
    Notice(
        "file",
        _("{code}: your commune's request has arrived"),
        _(
            "It has the number {code}.\nYou are answered by {due_on}.\nA place is kept: {booked}.\n{booked_where}\n\nIt stands here, with all that is exchanged about it: {link}\n\n{authority}"
        ),
    ),
    Notice("ask_commune", _("{code}: a question on your commune's request"), _("{message}\n\nAnswer here; until then the request waits for you: {link}\n\n{authority}")),
    Notice("message", _("{code}: a message on your commune's request"), "{message}" + _SIGNED),
    Notice("give_answer", _("{code}: the answer to your commune's request"), "{message}" + _SIGNED),
    Notice(
        "lapse", _("{code}: your commune's request is closed"), _("Our question had no answer for sixty days, so the request is closed. Ask anew whenever you wish.\n\n{link}\n\n{authority}")
    ),
    Notice("remind", _("Tomorrow: training session, {booked}"), _("You are expected: {booked}.\n{booked_where}\n\nYou can't come? Give the place to somebody else: {link}\n\n{authority}")),
    Notice("move", _("Training session moved: {booked}"), _("A place is kept: {booked}.\n{booked_where}\n\n{link}\n\n{authority}")),
    Notice("moved_by_us", _("We had to move a training session: {booked}"), _("A place is kept: {booked}.\n{booked_where}\n\nAnother session suits you better? {link}\n\n{authority}")),
    Notice("unplaced", _("Choose another training session"), _("The session is not held on that day. Choose another one: {link}\n\n{authority}")),
)

_OWNER, _CODE = "support", "commune-request"
_IN = ("month", "commune")

FIGURES = (
    Count("commune-requests", _("Requests of the communes"), states="municipal-requests", unit=_("requests"), owner=_OWNER, counts=FILED_CASES, where=filed_with(_CODE, "wants", "request"),
          splits=_IN, method=_("Each request of a commune to the metropolis counts once, on the day on which it was filed; places at training sessions are counted apart.")),
    Spread("communes-that-asked", _("Communes that made a request"), states="municipal-requests-communes", unit=_("communes"), owner=_OWNER, of="commune-requests",
           method=_("Communes with at least one request in the year.")),
    Count("commune-requests-answered", _("Requests of the communes answered"), unit=_("requests"), owner=_OWNER, counts=JOURNAL_ENTRIES, where=actions(_CODE, "give_answer"), splits=_IN,
          method=_("Each answer counts once, on the day on which it was given.")),
    Count("commune-requests-agreed", _("Requests of the communes agreed"), unit=_("requests"), owner=_OWNER, counts=JOURNAL_ENTRIES, where=said(_CODE, "give_answer", "outcome", "agreed"), splits=_IN,
          method=_("Answers that agree to the whole request.")),
    Share("commune-requests-agreed-share", _("Share of the communes' requests agreed"), unit="%", owner=_OWNER, part="commune-requests-agreed", whole="commune-requests-answered",
          method=_("Answers that agree to the whole request, in all answers.")),
    Count("commune-officers-trained", _("Officers of the communes trained"), states="municipal-agents-trained", unit=_("persons"), owner=_OWNER, counts=JOURNAL_ENTRIES, where=action(_CODE, "trained"),
          splits=_IN, method=_("Each place at a session to which its officer came, on the day on which it was recorded; who came to two sessions counts twice.")),
    Spread("communes-with-officers-trained", _("Communes whose officers were trained"), states="municipal-agents-trained-communes", unit=_("communes"), owner=_OWNER, of="commune-officers-trained",
           method=_("Communes of which at least one officer came to a session in the year.")),
)  # fmt: skip
