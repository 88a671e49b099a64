"""Rental permit (permis de louer): prior authorisation to let a dwelling inside an area of degraded housing.

Code de la construction et de l'habitation (CCH), art. L635-1 to L635-11 and R635-1 to R635-5. The fines of art. L635-7 (5,000 and
15,000 EUR, by the president since loi 2024-322, art. 23) are another procedure and are not in this service.
"""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    Action,
    Address,
    Choice,
    Clock,
    Contact,
    Day,
    Files,
    Flow,
    Form,
    Ineligible,
    Items,
    Kept,
    Money,
    Number,
    Page,
    Party,
    Place,
    Privacy,
    Service,
    Since,
    Statement,
    Text,
    YesNo,
    answer,
    dated,
    end,
    step,
)
from oppidum.cases.declaration.fields import PDF
from oppidum.cases.declaration.privacy import LEGAL_OBLIGATION
from oppidum.cases.declaration.profile import Profile
from oppidum.core.calendar import months
from oppidum.services.planning_housing.rental_permit_figures import FIGURES
from oppidum.services.planning_housing.rental_permit_letters import LETTERS, NOTICES
from oppidum.services.planning_housing.rental_permit_texts import DEFECTS, DWELLINGS, EXEMPT, LETTINGS, PAPERS

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
note = Action("note", _("Add a note"), by=("note", "act"), tells=False, demands={"note": Text(_("Note"), lines=3, required=True, private=True)})

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
         label=_("Authorised"), says=_("You may let the dwelling. The authorisation is attached to the lease."), pauses=True),
    end("let", label=_("Let with authorisation")), end("refused", label=_("Refused")), end("lapsed", label=_("Lapsed")),
    end("not_needed", label=_("No authorisation needed")), end("withdrawn", label=_("Withdrawn")), end("abandoned", label=_("Closed without papers")),
    always=(note >> "<stay>",),
)
ANSWERED = ("favourable", "conditional", "unfavourable", "not_needed", "withdraw")


class RentalPermit(Service):
    """Permis de louer: authorisation préalable de mise en location (CCH, art. L635-1)."""

    code = "rental-permit"
    name = _("Rental permit")
    says = _("In nine areas a dwelling may be let only with an authorisation. Ask before each new letting; the answer comes within a month.")
    words = _("permit to let, letting, landlord, lease, decent housing, authorisation")
    owner, icon, minutes, area = "planning-housing", "key-round", 12, "rental-permit"
    applicants = ("person", "company", "association", "commune")
    form = Form(
        Page("dwelling", _("The dwelling"),
             dwelling=Place(_("Where is the dwelling?"), inside="rental-permit", required=True),
             dwelling_in_building=Text(_("Building, staircase, floor, door"), longest=120),
             dwelling_kind=Choice(_("What is let?"), DWELLINGS, required=True),
             surface=Number(_("Living area"), unit="m²", minimum=1, maximum=2000, required=True),
             rooms=Number(_("Main rooms"), minimum=1, maximum=30, whole=True, required=True),
             furnished=YesNo(_("Is it let furnished?"), required=True),
             rent=Money(_("Rent without charges, a month"))),
        Page("letting", _("The letting"),
             letting=Choice(_("What is it about?"), LETTINGS, required=True),
             exempt=Choice(_("Is the landlord or the dwelling in one of these cases?"), EXEMPT, required=True)),
        Page("landlord", _("The landlord"),
             landlord=Party(_("Who lets the dwelling?"), required=True),
             landlord_address=Address(_("Postal address of the landlord"), required=True),
             contact=Contact(_("How do we reach you?"), required=True),
             agent=Party(_("Agent who files for the landlord, if there is one"))),
        Page("papers", _("The papers"),
             diagnostics=Files(_("Technical diagnosis file"), hint=_("Energy, lead, asbestos, electricity, gas, risks: one PDF or several."), accept=PDF, most=12, largest_mb=20, required=True),
             statement=Statement(_("I certify that what I declare is true."), required=True)),
    )
    eligibility = (
        Ineligible(answer("letting").one_of("renewal", "amendment"), _("A lease that is renewed or amended needs no authorisation (CCH, art. R635-1)."), _("You have nothing to ask for.")),
        Ineligible(answer("exempt").one_of("social", "state"), _("Social landlords and dwellings under an agreement with the State need no authorisation."), _("You have nothing to ask for.")),
    )
    rules = {
        "delay": dated(Since("2017-01-01", months(1), source="CCH, art. L635-4", verified=True)),
        "validity": dated(Since("2017-01-01", months(24), source="CCH, art. R635-3", verified=True)),
    }
    clocks = (
        Clock("opinion", _("Opinion"), lasts="delay", starts="file", waits_for="ask_papers", restarted_by="papers_in",  # Complete file: CRPA, art. L114-3, L114-5
              stopped_by=ANSWERED, silence="tacit", means="approval", warns=(10, 3), source="CCH, art. L635-4; CRPA, art. L114-5", verified=True),
        Clock("validity", _("Validity of the authorisation"), lasts="validity", starts=("favourable", "made_good", "tacit"), stopped_by="let",
              silence="lapse", whose="applicant", warns=(30,), is_due=False, source="CCH, art. R635-3", verified=True),
    )
    flow, letters, notices, figures = FLOW, LETTERS, NOTICES, FIGURES
    retention = "P5Y"
    privacy = Privacy(
        purpose=_("Examine requests to let a dwelling in the areas of the rental permit"), basis=LEGAL_OBLIGATION, source="CCH, art. L635-1",
        persons=(_("landlords"), _("agents"), _("occupants")), categories=(_("identity and contact"), _("the dwelling and its diagnostics")),
        recipients=(_("housing team"), _("for refusals: CAF, MSA, tax office, housing committee of the département (CCH, art. L635-6, L635-10)")),
        retention={"let": Kept("P5Y", reason=_("the letting may be checked")), "refused": Kept("P5Y", reason=_("a letting in spite of a refusal is fined")), "*": "P2Y"},
    )
    rehearsal = Profile(
        per_year=990, source="Rapport d'activité 2023: 962 avis (287, 476, 199), 333 mis en conformité",
        shares={"filed.complete": 0.74, "filed.ask_papers": 0.24, "filed.withdraw": 0.02, "review.favourable": 0.298, "review.conditional": 0.495, "review.unfavourable": 0.207,
                "works.made_good": 0.70, "works.not_made_good": 0.30, "authorised.let": 0.92, "authorised.transfer": 0.03},
        days={"filed": 4, "incomplete": 18, "review": 16, "works": 75, "authorised": 40},
    )
