"""The acts on a place for business in a harbour: the call, its closing, the evaluation, the contract (CG3P, art. L2122-1-1 to L2122-1-4)."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Action, Choice, Day, Items, Money, Number, Party, Text, answer
from oppidum.services.ecology_culture_sport.marina.reasons import EXCEPTIONS
from oppidum.services.shared.calls import DOCUMENTS_OF_THE_CALL, IS_OVER, criteria
from oppidum.services.shared.notes import internal_note

MOST_YEARS = Number(_("For how many years?"), whole=True, minimum=1, maximum=35, required=True, fact=True)

publish = Action("publish", _("Publish the call"), by="act", demands={
    "criteria": criteria(_("Criteria"), least=1, most=8),
    "closes_on": Day(_("Applications until"), required=True, earliest=15, latest=90, fact=True),
    "published_at": Text(_("Where is it published?"), required=True, longest=200),
    "documents": DOCUMENTS_OF_THE_CALL,
})
# Short, or not limited in number: publicity alone, then who asks gets it (CG3P, art. L2122-1-1, second paragraph).
publish_only = Action("publish_only", _("Publish what can be had (short or not limited in number)"), by="act", when=answer("is_short").is_(True), demands={
    "published_at": Text(_("Where is it published?"), required=True, longest=200),
})
without = Action("without", _("No competition: say why"), by="act", demands={
    "exception": Choice(_("Why?"), EXCEPTIONS, required=True, fact=True),
    "grounds": Text(_("Reasons in law and in fact"), required=True, lines=4, longest=3000),
})
application = Action("application", _("Record an application on paper"), by=("act", "intake"), bulk=False, tells=False, demands={
    "candidate": Party(_("Candidate"), kinds=("company", "association", "person"), required=True),
    "fee_offered": Money(_("Yearly fee offered"), required=True),
    "arrived_on": Day(_("Arrived on"), required=True, latest=0),
})
close = Action("close_call", _("Close the call, open the applications"), by="act", when=IS_OVER, parts="opened", demands={
    "applications": Number(_("Applications in time"), whole=True, minimum=0, maximum=200, required=True, fact=True),
})
evaluate = Action("evaluate", _("Record the evaluation"), by="act", bulk=False, demands={
    "marks": Items(_("Marks"), row=_("Candidate"), least=1, most=40, required=True, fields={
        "candidate_name": Text(_("Candidate"), required=True, longest=200, private=True),
        "mark": Number(_("Weighted mark"), minimum=0, maximum=100, required=True),
        "why": Text(_("Why?"), required=True, longest=1000),
    }),
})
choose = Action("choose", _("Choose"), by=("act", "system"), bulk=False, parts="decided", demands={
    "chosen": Party(_("Who is chosen?"), kinds=("company", "association", "person"), required=True),
    "grounds": Text(_("Reasons"), required=True, lines=4, longest=3000),
})
no_follow = Action("no_follow", _("End without a choice"), by="act", parts="not_followed", demands={
    "grounds": Text(_("Reasons"), required=True, lines=3, longest=3000),
})
sign = Action("sign", _("Contract signed"), by="act", bulk=False, demands={
    "signed_on": Day(_("Signed on"), required=True, latest=0), "years": MOST_YEARS,
    "yearly_fee": Money(_("Yearly fee"), minimum=1, required=True),
    "ends_on": Day(_("Ends on"), required=True, earliest=0),
})
refuse = Action("refuse", _("Refuse"), by="act", demands={
    "message": Text(_("Reasons in law and in fact"), required=True, lines=4, longest=3000, private=True),
})
withdraw = Action("withdraw", _("Withdraw the request"), by=("resident", "act"))
finish = Action("finish", _("The title is over"), by="act")
note = internal_note()
