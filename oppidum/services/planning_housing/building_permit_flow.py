"""The acts on a request for building rights, from its receipt to the conformity of the works, and the steps to which they lead."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    PDF,
    STAY,
    Action,
    Address,
    Choice,
    Day,
    Files,
    Flow,
    Party,
    Text,
    YesNo,
    answer,
    end,
    end_of,
    rule,
    step,
)
from oppidum.services.planning_housing.building_permit_clocks import CERTIFICATES, IS_PERMIT, kind
from oppidum.services.planning_housing.building_permit_texts import LONGER, ONE_MONTH, PIECES, REFUSES
from oppidum.services.planning_housing.receipts import received
from oppidum.services.shared.notes import short_note

SERIES = "planning-{commune}"  # Each mayor numbers his or her own.
OFFICE = ("act", "commune")          # The shared service examines; the commune decides, or the metropolis for it (art. L422-1, L422-3, R423-15).
HOLDER = ("resident", "act")
BUILDS = ~kind.one_of(*CERTIFICATES)
FIRST_MONTH = end_of(rule("first_month"), answer("filed_on"))
reasons = Text(_("Reasons in fact"), required=True, lines=4, longest=4000, hint=_("They are printed in the decision."))
refuses = Choice(_("Does silence refuse this permit?"), REFUSES, fact=True, hint=_("Leave it empty where silence grants."))

# What is told after the first month changes nothing (art. R423-41, R423-43): so it can't be recorded as told in time.
ask_pieces = Action("ask_pieces", _("Ask for missing pieces"), by="act", letter="pieces", sets={"pieces_asked": True}, demands={
    "pieces": Choice(_("Which pieces are missing? All of them: the list is exhaustive."), PIECES, many=True, required=True)})
pieces_told = received("pieces_told", _("The applicant has the list of missing pieces"), day="pieces_told",
                       when=answer("pieces_asked").given() & ~(answer("pieces_told") > FIRST_MONTH))
told_late = Action("told_late", _("Received after the first month: it changes nothing"), by="act", when=answer("pieces_asked").given() | answer("extension").given())
send_pieces = Action("send_pieces", _("Send the missing pieces"), by="resident", demands={"pieces_sent": Files(_("All the missing pieces"), accept=PDF, most=20, largest_mb=20, required=True)})
pieces_arrived = received("pieces_arrived", _("The missing pieces are here"))
missing_pieces = Action("missing_pieces", _("Refused by silence: the pieces were not sent"), by="system", letter="missing_pieces", sets={"how": "incomplete"})
whole = Action("whole", _("Declare the file complete"), by="act")
first_month_over = Action("first_month_over", _("The first month is over: the file counts as complete"), by="system", tells=False)

longer = Action("longer", _("Lengthen the examination by a month"), by="act", letter="longer", when=BUILDS, demands={
    "extension": Choice(_("Why?"), ONE_MONTH, required=True, fact=True), "refuses": refuses})
much_longer = Action("much_longer", _("Lengthen the examination by more"), by="act", letter="longer", when=IS_PERMIT, demands={
    "extension": Choice(_("Why?"), LONGER, required=True, fact=True), "refuses": refuses})
longer_told = received("longer_told", _("The applicant knows of the longer examination"), day="longer_told", when=answer("extension").given() & ~(answer("longer_told") > FIRST_MONTH))
inquiry = Action("inquiry", _("Tell that a public inquiry is held"), by="act", letter="inquiry", when=IS_PERMIT, sets={"inquiry": True})
inquiry_told = received("inquiry_told", _("The applicant knows of the public inquiry"), day="inquiry_told", when=answer("inquiry").given() & ~(answer("inquiry_told") > FIRST_MONTH))
inquiry_report = received("inquiry_report", _("The report of the public inquiry is here"))
prefect_told = received("prefect_told", _("The prefect of the region is seized against the heritage architect"), letter="prefect", sets={"extension": "prefect"},
                        when=IS_PERMIT & answer("opinion:heritage").one_of("unfavourable", "conditional") & ~answer("extension").is_("prefect"))
consult = Action("consult", _("Consult the networks and the roads"), by="act", asks=("roads", "networks"))
consult_heritage = Action("consult_heritage", _("Consult the heritage architect (ABF)"), by="act", asks=("heritage",))
consult_safety = Action("consult_safety", _("Consult the commission on safety and accessibility"), by="act", asks=("safety",), when=answer("public_building").is_(True))
inspection = Action("inspection", _("Say whether the works must be inspected"), by="act", tells=False, demands={
    "inspection": YesNo(_("Must they be inspected (art. R462-7)?"), required=True, fact=True)})

grant = Action("grant", _("Grant, or don't oppose"), by=OFFICE, letter="grant", numbers=SERIES, when=BUILDS, sets={"how": "decision"})
conditions = Action("conditions", _("Grant with conditions"), by=OFFICE, letter="conditions", numbers=SERIES, when=BUILDS, sets={"how": "decision"}, demands={"prescriptions": reasons})
refuse = Action("refuse", _("Refuse, or oppose"), by=OFFICE, letter="refusal", numbers=SERIES, when=BUILDS, sets={"how": "decision"}, demands={"reasons": reasons})
certify = Action("certify", _("Issue the certificate"), by=OFFICE, letter="certificate", numbers=SERIES, when=~BUILDS, sets={"how": "decision"}, demands={
    "rules_told": Text(_("Rules, easements, taxes and equipment of the land"), required=True, lines=6, longest=6000)})
certify_no = Action("certify_no", _("Certify that the project can't be carried out"), by=OFFICE, letter="certificate_no", numbers=SERIES, when=kind.is_("certificate_project"),
                    sets={"how": "decision"}, demands={"reasons": reasons})
tacit = Action("tacit", _("Granted by silence"), by="system", sets={"how": "tacit"})
tacit_refusal = Action("tacit_refusal", _("Refused by silence"), by="system", sets={"how": "tacit"})
withdraw = Action("withdraw", _("Withdraw the request"), by=HOLDER)

attest = Action("attest", _("Issue the certificate of the tacit decision"), by=HOLDER, letter="attestation", when=answer("how").is_("tacit"))
display = Action("display", _("The sign stands on the land"), by=HOLDER, when=BUILDS, demands={"displayed_on": Day(_("First day of the sign"), latest=0, required=True)})
transfer = Action("transfer", _("Transfer the permit to another holder"), by="act", letter="transfer", numbers=SERIES, when=BUILDS, demands={
    "new_holder": Party(_("New holder"), required=True), "new_holder_address": Address(_("Address of the new holder"), required=True)})
ask_longer_life = Action("ask_longer_life", _("Ask for a year more"), by=HOLDER, when=~answer("life").given(), sets={"life": "asked"})
ask_longer_life_again = Action("ask_longer_life_again", _("Ask for a second year more"), by=HOLDER, when=answer("life").is_("answered") & ~answer("twice").given(), sets={"life": "asked", "twice": True})
longer_life = Action("longer_life", _("Grant a year more"), by=OFFICE, letter="longer_life", numbers=SERIES, when=answer("life").is_("asked"), sets={"life": "answered"})
longer_life_by_silence = Action("longer_life_by_silence", _("A year more, by silence"), by="system", sets={"life": "answered"})
no_longer_life = Action("no_longer_life", _("Refuse a year more"), by=OFFICE, letter="no_longer_life", numbers=SERIES, when=answer("life").is_("asked"), sets={"life": "answered"}, demands={"reasons": reasons})
announce = Action("announce", _("Announce that the decision will be withdrawn"), by="act", letter="announcement", when=~answer("safe").given(), sets={"announced": True}, demands={
    "reasons": reasons, "remarks_by": Day(_("Remarks of the holder by"), earliest=5, required=True)})
take_back = Action("take_back", _("Withdraw the decision: it is unlawful"), by=OFFICE, letter="taken_back", numbers=SERIES,
                   when=answer("announced").given() & ~answer("safe").given(), demands={"reasons": reasons})
safe = Action("safe", _("The decision can no longer be withdrawn"), by="system", tells=False, sets={"safe": True})
lapse = Action("lapse", _("No longer valid"), by="system")

commence = Action("commence", _("Declare that the works have begun"), by=HOLDER, when=BUILDS, demands={"commenced_on": Day(_("Works begun on"), latest=0, required=True)})
interrupted = Action("interrupted", _("No longer valid: the works stopped for over a year"), by="act")
complete = Action("complete", _("Declare that the works are complete"), by=HOLDER, letter="completion", demands={
    "completed_on": Day(_("Works completed on"), latest=0, required=True), "attestations": Files(_("Certificates on accessibility, energy, earthquakes"), accept=PDF, most=8)})
conform = Action("conform", _("The works conform"), by=OFFICE, letter="conformity", sets={"conformity": "decision"})
not_conform = Action("not_conform", _("The works don't conform: order to mend"), by=OFFICE, letter="not_conform", demands={
    "reasons": reasons, "mend_by": Day(_("To be mended by"), earliest=1, required=True)})
conform_by_silence = Action("conform_by_silence", _("Conformity no longer contested"), by="system", sets={"conformity": "silence"})
attest_conformity = Action("attest_conformity", _("Issue the certificate of conformity"), by=HOLDER, letter="conformity", when=answer("conformity").is_("silence"))
note = short_note()

FIRST = (ask_pieces, told_late, longer, much_longer, longer_told, inquiry, consult, consult_heritage, consult_safety, inspection)
HELD = (transfer, safe, announce)
# A decision that is being withdrawn stays before those who withdraw it.
TAKING_BACK = answer("announced").given() & ~answer("safe").given()
SILENT = (tacit >> "granted", tacit_refusal >> "refused", withdraw >> "withdrawn")

FLOW = Flow(
    step("filed", whole >> "review", *(action >> STAY for action in FIRST), pieces_told >> "incomplete", inquiry_told >> "inquiry", first_month_over >> "review", *SILENT,
         label=_("Completeness"), says=_("We check that your file is complete.")),
    step("incomplete", pieces_arrived >> "review", send_pieces >> "review", *(action >> STAY for action in FIRST), pieces_told >> STAY, missing_pieces >> "refused", first_month_over >> STAY,
         withdraw >> "withdrawn", label=_("Pieces missing"), says=_("Pieces are missing: send them within three months. The examination begins when they are all here."), pauses=True),
    step("review", grant >> "granted", conditions >> "granted", certify >> "granted", certify_no >> "granted", refuse >> "refused", *(action >> STAY for action in FIRST), prefect_told >> STAY,
         pieces_told >> "incomplete", inquiry_told >> "inquiry", first_month_over >> STAY, *SILENT,
         label=_("Under examination"), says=_("We examine your request and consult the bodies concerned.")),
    step("inquiry", inquiry_report >> "review", first_month_over >> STAY, inspection >> STAY, consult_heritage >> STAY, withdraw >> "withdrawn",
         label=_("Public inquiry"), says=_("A public inquiry is held. The examination begins with its report.")),
    step("granted", commence >> "works", display >> STAY, attest >> STAY, ask_longer_life >> STAY, ask_longer_life_again >> STAY, longer_life >> STAY,
         longer_life_by_silence >> STAY, no_longer_life >> STAY, inspection >> STAY, *(action >> STAY for action in HELD), take_back >> "taken_back", lapse >> "lapsed",
         rests=True, sleeps_through=("display", "attest", "safe"), unless=TAKING_BACK, label=_("Granted"), says=_("You have your decision. Put the sign up on the land, and declare the beginning of the works.")),
    step("works", complete >> "completed", display >> STAY, inspection >> STAY, *(action >> STAY for action in HELD), interrupted >> "lapsed", take_back >> "taken_back",
         rests=True, sleeps_through=("display", "safe"), unless=TAKING_BACK, label=_("Works under way"), says=_("Declare the completion of the works when they are done.")),
    step("completed", conform >> "conform", not_conform >> "to_mend", safe >> STAY, conform_by_silence >> "conform",
         label=_("Works completed"), says=_("We have three months, or five, to contest the conformity of the works.")),
    step("to_mend", conform >> "conform", complete >> "completed", safe >> STAY, label=_("To be mended"), says=_("The works don't conform to the permit: mend them, then declare their completion anew.")),
    end("conform", attest_conformity >> STAY, label=_("Completed and conform"), says=_("The works are complete; their conformity is no longer contested.")),
    end("refused", label=_("Refused, or opposed")), end("lapsed", label=_("No longer valid")), end("taken_back", label=_("Decision withdrawn")),
    end("withdrawn", label=_("Withdrawn")),
    always=(note >> STAY,),
)
