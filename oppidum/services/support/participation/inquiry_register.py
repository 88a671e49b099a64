"""The register of a public inquiry or a consultation (S07): announced, opened and closed on its days by the clock, reported on, shown for a year.

Once, and for six months at most, an inquiry may be suspended to modify the project: its register takes nothing until it goes on. After the
report a complementary inquiry may follow, a register of its own. Code de l'environnement, art. L123-1 to L123-19 and R123-1 to R123-27; code de l'urbanisme, art. L103-2 to L103-6 (concertation).
"""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    DOCUMENTS,
    LEGAL_OBLIGATION,
    STAY,
    Action,
    Choice,
    Clock,
    Computed,
    Day,
    Files,
    Flow,
    Form,
    Ineligible,
    Kept,
    Number,
    Open,
    Page,
    Place,
    Privacy,
    Profile,
    Service,
    Since,
    Text,
    answer,
    dated,
    days,
    either,
    end,
    end_of,
    eve_of,
    months,
    rule,
    step,
    today,
    years,
)
from oppidum.publishing.marks import REGISTER
from oppidum.services.shared.notes import internal_note
from oppidum.services.support.participation.inquiry_texts import CONCLUSIONS, KINDS, REGISTER_FIGURES
from oppidum.services.support.participation.words import ABANDONED

kind, opens_on, closes_on = answer("kind"), answer("opens_on"), answer("closes_on")
BY_INQUIRY = kind.one_of("assessed", "inquiry", "complementary")
SOURCE = "code de l'environnement, art. "

announce = Action("announce", _("Announce it, with its days"), by="act", bulk=False, demands={
    "opens_on": Day(_("First day"), required=True, fact=True, earliest=1, latest=90),
    "closes_on": Day(_("Last day"), required=True, fact=True, earliest=1, latest=240),
    "eve": Computed(_("Eve of the first day"), value=eve_of(opens_on), as_="day", fact=True),
    # What an extension is held against.
    "first_close": Computed(_("Last day, as announced"), value=end_of(days(0), closes_on), as_="day", fact=True),
    "places": Text(_("Where, and at what hours, is the file on paper, and the commissioner?"), lines=4, longest=2000, fact=True),
    "documents": Files(_("The file, for everybody"), accept=DOCUMENTS, most=20, largest_mb=50, required=True),
}, barred=(
    Ineligible(BY_INQUIRY & (opens_on < end_of(rule("notice"), today())), _("An inquiry is announced at least fifteen days before it opens (art. R123-11)."), _("Choose a later first day.")),
    Ineligible(kind.one_of("assessed", "electronic") & (end_of(rule("shortest_assessed"), eve_of(opens_on)) > closes_on),
               _("With an environmental assessment it lasts thirty days at least (art. L123-9, L123-19)."), _("Choose a later last day.")),
    Ineligible(kind.one_of("inquiry", "complementary") & (end_of(rule("shortest"), eve_of(opens_on)) > closes_on), _("An inquiry lasts fifteen days at least (art. L123-9, R123-23)."), _("Choose a later last day.")),
    Ineligible(closes_on < opens_on, _("The last day comes before the first one.")),
))
open_register = Action("open_register", _("The register opens"), by="system")
close_register = Action("close_register", _("The register closes"), by="system")
# "Par décision motivée" (art. L123-9); a meeting with the public is the reason that the law names.
extend = Action("extend", _("Extend it"), by="act", bulk=False, demands={
    "closes_on": Day(_("Last day"), required=True, fact=True, earliest=0),
    "extended_because": Text(_("Why? Everybody reads it."), hint=_("For an inquiry, the reasons of the commissioner's decision."), required=True, longest=600, fact=True),
    "meeting": Text(_("Is a meeting with the public held until then? When and where?"), longest=300, fact=True),
    "decision": Files(_("The decision, for everybody"), hint=_("For an inquiry, the commissioner's, with its reasons (art. L123-9)."), accept=DOCUMENTS, most=1, largest_mb=15, required=True),
}, barred=(
    Ineligible(closes_on <= answer("first_close"), _("The new last day isn't later than the one announced.")),
    Ineligible(BY_INQUIRY & (closes_on > end_of(rule("extension"), answer("first_close"))), _("The commissioner may extend an inquiry by fifteen days at most (art. L123-9)."), _("Choose an earlier day.")),
))
suspend = Action("suspend", _("Suspend it, to modify the project"), by="act", bulk=False, parts="stands_still", when=BY_INQUIRY & ~answer("was_suspended").given(), sets={"was_suspended": True}, demands={
    "suspended_on": Computed(_("Suspended on"), value=today(), as_="day", fact=True),
    "heard_on": Day(_("On which day was the commissioner heard?"), required=True, fact=True, earliest=-60, latest=0),
    "suspended_because": Text(_("What is going to be modified, and why? Everybody reads it."), required=True, lines=4, longest=2000, fact=True),
    "suspending_order": Text(_("By which order?"), required=True, longest=200, fact=True),
})
resume = Action("resume", _("Let it go on, with its new days"), by="act", bulk=False, parts="goes_on", demands={
    "opens_again_on": Day(_("First day of the rest"), required=True, fact=True, earliest=1, latest=180),
    "closes_on": Day(_("Last day"), required=True, fact=True, earliest=1, latest=300),
    "eve_again": Computed(_("Eve of the first day of the rest"), value=eve_of(answer("opens_again_on")), as_="day", fact=True),
    "first_close": Computed(_("Last day, as announced"), value=end_of(days(0), closes_on), as_="day", fact=True),
    "modified": Text(_("What was modified? Everybody reads it."), required=True, lines=5, longest=3000, fact=True),
    "resuming_order": Text(_("By which order?"), required=True, longest=200, fact=True),
    "documents": Files(_("The file as it is now, with the opinion of the environmental authority"), accept=DOCUMENTS, most=20, largest_mb=50, required=True),
}, barred=(
    Ineligible(answer("opens_again_on") < end_of(rule("notice"), today()), _("The rest of an inquiry is announced like the inquiry, fifteen days before (art. R123-22)."), _("Choose a later first day.")),
    Ineligible(answer("opens_again_on") > end_of(rule("suspension"), answer("suspended_on")), _("An inquiry is suspended for six months at most (art. L123-14)."), _("Choose an earlier first day; where it is too late, give this inquiry up and announce another.")),
    Ineligible(end_of(rule("rest"), eve_of(answer("opens_again_on"))) > closes_on, _("After a suspension an inquiry lasts thirty days more at least (art. L123-14)."), _("Choose a later last day.")),
))
reopen_register = Action("reopen_register", _("The register opens again"), by="system")
report = Action("report", _("Publish the report and the conclusions"), by="act", bulk=False, demands={
    "conclusion": Choice(_("What does it conclude?"), CONCLUSIONS, required=True, fact=True),
    "contributions": Number(_("Observations, on paper and online"), whole=True, minimum=0, required=True, fact=True),
    "summary": Text(_("In a few sentences"), lines=5, longest=3000, required=True, fact=True),
    "report_files": Files(_("Report and conclusions"), accept=DOCUMENTS, most=4, largest_mb=50, required=True),
})
complement = Action("complement", _("Open a complementary inquiry"), by="act", bulk=False, when=BY_INQUIRY & ~kind.is_("complementary"), demands={
    "more_title": Text(_("Title"), hint=_("As everybody will read it."), required=True, longest=200, fact=True),
    "more_subject": Text(_("What is changed in the general economy of the project, with which advantages and drawbacks?"), lines=6, required=True, longest=4000, fact=True),
    "more_order": Text(_("By which order or deliberation?"), required=True, longest=200, fact=True),
}, opens=Open("inquiry-register", {"title": "more_title", "subject": "more_subject", "holder": "holder", "order": "more_order"}, says={"kind": "complementary"}, kind="follows"))
take_down = Action("take_down", _("The year is over"), by="system", parts="taken_down")
abandon = Action("abandon", _("Give it up"), by="act", parts="taken_down", demands=ABANDONED)
note = internal_note()


class InquiryRegister(Service):
    """Registre dématérialisé d'une enquête publique ou d'une concertation: opens and closes on its days, by the clock and not by hand."""

    code = "inquiry-register"
    name = _("Register of an inquiry or a consultation")
    owner = "support"
    says = _("Announce a public inquiry or a consultation: its register opens and closes on its days by itself, and everybody reads what was written.")
    words = _("register, public inquiry, consultation, commissioner, report")
    icon, minutes, splits = "book-open", 10, False
    applicants = ("officer",)
    marks = (REGISTER,)
    figures = REGISTER_FIGURES

    form = Form(
        Page("project", _("What is it about?"),
             title=Text(_("Title"), hint=_("As everybody will read it."), required=True, longest=200, fact=True),
             kind=Choice(_("What is it in law?"), KINDS, required=True, fact=True),
             subject=Text(_("What is planned, and what can residents say about it?"), lines=6, required=True, longest=4000, fact=True),
             where=Place(_("Where?"), hint=_("Nothing for a plan of the whole territory."))),
        Page("who", _("Who holds it?"),
             holder=Text(_("Who holds it?"), hint=_("The commissioner or the commission, as the court named them; for a consultation, the department."), required=True, longest=200, fact=True),
             order=Text(_("By which order or deliberation?"), required=True, longest=200, fact=True)),
    )
    rules = {
        "shortest_assessed": dated(Since("2017-01-01", days(30), source=SOURCE + "L123-9", verified=True), label=_("Shortest inquiry with an environmental assessment")),
        "shortest": dated(Since("2017-01-01", days(15), source=SOURCE + "L123-9, second paragraph", verified=False), label=_("Shortest inquiry without one")),
        "notice": dated(Since("2017-01-01", days(15), source=SOURCE + "R123-11", verified=False), label=_("Announced beforehand")),
        "extension": dated(Since("2017-01-01", days(15), source=SOURCE + "L123-9", verified=False), label=_("Longest extension")),
        "suspension": dated(Since("2017-01-01", months(6), source=SOURCE + "L123-14", verified=False), label=_("Longest suspension")),
        "rest": dated(Since("2017-01-01", days(30), source=SOURCE + "L123-14", verified=False), label=_("Shortest rest of an inquiry after a suspension")),
        "report": dated(Since("2017-01-01", days(30), source=SOURCE + "L123-15", verified=False), label=_("Report and conclusions after the close")),
        "report_more": dated(Since("2017-01-01", days(15), source=SOURCE + "R123-23", verified=False), label=_("Report on a complementary inquiry")),
        "shown": dated(Since("2017-01-01", years(1), source=SOURCE + "R123-21", verified=False), label=_("How long the report stays to be read")),
    }
    clocks = (
        Clock("opening", _("Opening of the register"), lasts=days(0), starts="announce", dated_by={"announce": "eve"}, stopped_by=("open_register", "abandon"),
              silence="open_register", is_due=False, source=SOURCE + "R123-9", verified=False),
        Clock("reopening", _("Reopening of the register"), lasts=days(0), starts="resume", dated_by={"resume": "eve_again"}, stopped_by=("reopen_register", "abandon"),
              silence="reopen_register", is_due=False, source=SOURCE + "R123-22", verified=False),
        Clock("closing", _("Close of the register"), lasts=days(0), starts=("open_register", "reopen_register"), restarted_by="extend", starts_from="closes_on", dated_by={"extend": "closes_on"},
              stopped_by=("close_register", "suspend"), silence="close_register", is_due=False, source=SOURCE + "L123-9", verified=False),
        Clock("suspension", _("End of the suspension"), lasts="suspension", starts="suspend", stopped_by=("resume", "abandon"), warns=(60, 15), source=SOURCE + "L123-14", verified=False),
        Clock("report", _("Report and conclusions"), lasts=either(kind.is_("complementary"), rule("report_more"), rule("report")), when=BY_INQUIRY, starts="close_register", stopped_by="report", warns=(10, 3), source=SOURCE + "L123-15", verified=False),
        Clock("shown", _("The report can be read"), lasts="shown", starts="report", silence="take_down", is_due=False, source=SOURCE + "R123-21", verified=False),
    )
    flow = Flow(
        step("drafted", announce >> "announced", abandon >> "abandoned", label=_("Being prepared"), says=_("The file is being prepared.")),
        step("announced", open_register >> "open", abandon >> "abandoned", rests=True, label=_("Announced"), says=_("The register opens on its first day.")),
        step("open", close_register >> "closed", extend >> STAY, suspend >> "suspended", rests=True, label=_("Open to all"), says=_("Everybody can write in the register.")),
        step("suspended", resume >> "to_resume", abandon >> "abandoned", label=_("Suspended"), says=_("The project is being modified; the register takes nothing until the inquiry goes on.")),
        step("to_resume", reopen_register >> "open", abandon >> "abandoned", rests=True, label=_("Suspended, going on soon"), says=_("The register opens again on the first day of the rest.")),
        step("closed", report >> "reported", abandon >> "abandoned", label=_("Closed, report awaited"), says=_("The register is closed; the report is being written.")),
        step("reported", take_down >> "over", complement >> STAY, rests=True, label=_("Report published"), says=_("The report and the conclusions can be read for a year.")),
        end("over", label=_("Over"), says=_("The year of publication is over.")),
        end("abandoned", label=_("Abandoned"), says=_("It was given up.")),
        always=(note >> STAY,),
    )
    privacy = Privacy(
        purpose=_("Hold public inquiries and consultations, and take their observations"), basis=LEGAL_OBLIGATION, source=SOURCE + "L123-1, R123-13",
        persons=(_("commissioners"),), categories=(_("identity"),), recipients=(_("everybody"),),
        retention={"*": Kept("P5Y", reason=_("claims against what was decided after the inquiry"), verified=False)},
    )
    rehearsal = Profile(
        25, source="activity report 2023, line 2340: 25 registers open",
        shares={"drafted.announce": 0.97, "drafted.abandon": 0.03, "announced.abandon": 0.02, "open.suspend": 0.03, "suspended.resume": 0.9, "suspended.abandon": 0.1, "to_resume.abandon": 0.0, "closed.report": 1.0},
        days={"drafted": 10, "announced": 16, "open": 12, "suspended": 90, "closed": 28, "reported": 365},
        answers={"kind": {"assessed": 0.3, "inquiry": 0.2, "consultation": 0.45, "electronic": 0.05}, "where": {None: 1.0}}, typical={"opens_on": (22, 1.15), "opens_again_on": (22, 1.15), "closes_on": (58, 1.1)}, ahead=45,
    )
