"""What can happen to a request for a rental permit: the acts, who may take them, and the steps that they lead to.

Visits take place between 6:00 and 21:00, within the month (CCH, art. L635-3); a new owner declares the transfer (art. R635-3).
"""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Action, Address, Choice, Day, Files, Flow, Items, Party, Text, answer, end, step
from oppidum.cases.declaration.fields import PDF
from oppidum.services.planning_housing.rental_permit_texts import DEFECTS, EXEMPT, PAPERS
from oppidum.services.shared.notes import short_note

works = Items(_("Works to be done"), fields={
    "what": Text(_("Works"), required=True, longest=300),
    "by": Day(_("To be done by"), required=True),
}, most=30, required=True)
defects = Choice(_("Grounds found at the visit or in the diagnostics"), DEFECTS, many=True, required=True, fact=True)

complete = Action("complete", _("Declare the file complete"), by="act")
ask_papers = Action("ask_papers", _("Ask for missing papers"), by="act", letter="papers", demands={
    "papers": Choice(_("Which papers are missing?"), PAPERS, many=True, required=True),
    "papers_by": Day(_("To be sent by"), earliest=1, required=True),
})
papers_in = Action("papers_in", _("Send the missing papers"), by=("resident", "act"), demands={
    "diagnostics_more": Files(_("The missing papers"), accept=PDF, most=10),
})
visit = Action("visit", _("Announce a visit"), by="act", letter="visit", demands={  # 6:00 to 21:00, within the month: art. L635-3
    "visit_on": Day(_("Day of the visit"), earliest=0, required=True),
    "visit_at": Choice(_("Time of day"), {"morning": _("between 9 and 12"), "afternoon": _("between 14 and 17")}, required=True),
})
visited = Action("visited", _("Record the visit"), by="act", demands={
    "visit_outcome": Choice(_("Outcome"), {"seen": _("visited"), "absent": _("nobody there"), "objected": _("the occupant objected")}, required=True, fact=True),
    "visit_report": Text(_("What was seen"), lines=4, private=True),
})
favourable = Action("favourable", _("Favourable"), by="act", letter="favourable", numbers="rental-permit", sets={"how": "favourable"})
conditional = Action("conditional", _("Favourable with conditions"), by="act", letter="conditional", numbers="rental-permit",
                     demands={"defects": defects, "works": works, "works_by": Day(_("All works done by"), earliest=1, required=True)},
                     sets={"how": "conditional"})
unfavourable = Action("unfavourable", _("Unfavourable"), by="act", letter="unfavourable", numbers="rental-permit",
                      demands={"defects": defects, "works": works}, sets={"how": "unfavourable"})
tacit = Action("tacit", _("Authorised by silence"), by="system", sets={"how": "tacit"})
attest = Action("attest", _("Issue the certificate of tacit authorisation"), by=("resident", "act"), letter="attestation", when=answer("how").is_("tacit"))
made_good = Action("made_good", _("Works made good"), by="act", letter="made_good", sets={"made_good": True})
not_made_good = Action("not_made_good", _("Works not done: withdraw the authorisation"), by="act", letter="withdrawn", numbers="rental-permit",
                       demands={"withdrawal_reasons": Text(_("Reasons"), lines=3, required=True)})
more_time = Action("more_time", _("Give more time for the works"), by="act", letter="more_time", demands={"works_by": Day(_("All works done by"), earliest=1, required=True)})
let = Action("let", _("The lease is signed"), by=("resident", "act"), demands={"lease_on": Day(_("Day of the lease"), latest=0, required=True)})
transfer = Action("transfer", _("Declare the new owner"), by=("resident", "act"), letter="transfer", demands={  # Declaration: art. R635-3
    "new_owner": Party(_("New owner"), required=True), "new_owner_address": Address(_("Address of the new owner"), required=True),
})
lapse = Action("lapse", _("Lapsed: no letting within two years"), by="system", letter="lapsed")
withdraw = Action("withdraw", _("Withdraw the request"), by=("resident", "act"))
abandon = Action("abandon", _("Closed: the papers were not sent"), by="system")
not_needed = Action("not_needed", _("No authorisation needed"), by="act", letter="not_needed",
                    demands={"not_needed_reason": Choice(_("Why?"), EXEMPT, required=True, fact=True)})
note = short_note()

FLOW = Flow(
    step("filed", complete >> "review", ask_papers >> "incomplete", not_needed >> "not_needed", visit >> "<stay>", visited >> "<stay>", withdraw >> "withdrawn", tacit >> "authorised",
         label=_("Completeness"), says=_("We check that your file is complete.")),
    step("incomplete", papers_in >> "filed", withdraw >> "withdrawn", abandon >> "abandoned", label=_("Papers missing"),
         says=_("Papers are missing: the month begins when they are here."), pauses=True, waits=90, then="abandon"),
    step("review", visit >> "<stay>", visited >> "<stay>", favourable >> "authorised", conditional >> "works", unfavourable >> "refused",
         ask_papers >> "incomplete", withdraw >> "withdrawn", not_needed >> "not_needed", tacit >> "authorised",
         label=_("Review"), says=_("We examine your request and may visit the dwelling.")),
    step("works", made_good >> "authorised", not_made_good >> "refused", more_time >> "<stay>", visit >> "<stay>", visited >> "<stay>", transfer >> "<stay>", let >> "<stay>",
         label=_("Works followed up"), says=_("You may let once the works that were asked for are done."), pauses=True),
    step("authorised", let >> "let", transfer >> "<stay>", attest >> "<stay>", lapse >> "lapsed",
         label=_("Authorised"), says=_("You may let the dwelling. The authorisation is attached to the lease."), pauses=True,
         rests=True, sleeps_through=("attest", "transfer")),
    end("let", label=_("Let with authorisation")), end("refused", label=_("Refused")), end("lapsed", label=_("Lapsed")),
    end("not_needed", label=_("No authorisation needed")), end("withdrawn", label=_("Withdrawn")), end("abandoned", label=_("Closed without papers")),
    always=(note >> "<stay>",),
)
