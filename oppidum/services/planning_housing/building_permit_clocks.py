"""The times of building rights: how long each kind is examined, what lengthens it, what silence means, how long a decision lives."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Clock, Since, answer, clear_months, dated, either, from_table, months, rule, years
from oppidum.cases.declaration.opinions import opinion
from oppidum.services.planning_housing.building_permit_texts import CERTIFICATES, FIVE_MONTHS, ONE_MONTH, PERMITS, TWO_MONTHS

CODE = "Code de l'urbanisme, art. "
FAVOURABLE = ("grant", "conditions", "certify", "certify_no")
DECIDED = (*FAVOURABLE, "refuse", "withdraw", "missing_pieces")

RULES = {
    "declaration": dated(Since("2007-10-01", months(1), source=CODE + "R423-23, a", verified=True), label=_("Examination of a prior declaration")),
    "small_permit": dated(Since("2007-10-01", months(2), source=CODE + "R423-23, b", verified=True), label=_("Examination of a house or a demolition")),
    "permit": dated(Since("2007-10-01", months(3), source=CODE + "R423-23, c", verified=True), label=_("Examination of other permits")),
    "certificate": dated(Since("2007-10-01", months(1), source=CODE + "R410-9", verified=True), label=_("Answer to certificate a")),
    "certificate_project": dated(Since("2007-10-01", months(2), source=CODE + "R410-10", verified=True), label=_("Answer to certificate b")),
    "after_inquiry": dated(Since("2007-10-01", months(2), source=CODE + "R423-20 et R423-32", verified=True), label=_("Examination after a public inquiry")),
    "first_month": dated(Since("2007-10-01", months(1), source=CODE + "R423-38 et R423-42", verified=True), label=_("Time to ask for pieces or tell of a longer examination")),
    "pieces": dated(Since("2007-10-01", months(3), source=CODE + "R423-39", verified=True), label=_("Time to send the missing pieces")),
    "one_more": dated(Since("2007-10-01", months(1), source=CODE + "R423-24", verified=True), label=_("Longer examination")),
    "two_more": dated(Since("2007-10-01", months(2), source=CODE + "R423-25", verified=True), label=_("Longer examination: commissions")),
    "three_more": dated(Since("2007-10-01", months(3), source=CODE + "R423-26 à R423-28", verified=True), label=_("From two months to five in all")),
    "prefect": dated(Since("2007-10-01", months(2), source=CODE + "R423-35", verified=True), label=_("Longer examination: the prefect of the region is seized")),
    "life": dated(Since("2016-01-06", years(3), source=CODE + "R424-17", verified=True), label=_("Life of a permit before the works begin")),
    "certificate_life": dated(Since("2007-10-01", months(18), source=CODE + "L410-1", verified=True), label=_("Life of a certificate")),
    "longer_life": dated(Since("2016-01-06", years(1), source=CODE + "R424-21 et R410-17", verified=True), label=_("One extension of its life")),
    "longer_answer": dated(Since("2007-10-01", months(2), source=CODE + "R424-22 et R424-23", verified=True), label=_("Answer to a request for an extension of its life")),
    "taking_back": dated(Since("2018-11-25", months(3), source=CODE + "L424-5", verified=True), label=_("Time to withdraw a decision that is unlawful")),
    "conformity": dated(Since("2007-10-01", months(3), source=CODE + "R462-6", verified=True), label=_("Time to contest the conformity")),
    "conformity_inspected": dated(Since("2007-10-01", months(5), source=CODE + "R462-6 et R462-7", verified=True), label=_("The same where the works must be inspected")),
    "appeal": dated(Since("2007-10-01", clear_months(2).moved(), source=CODE + "R600-2", verified=True), label=_("Appeal by third parties")),
    # Art. R431-2: who builds for themselves needs no architect up to this floor area, what stands included.
    "architect_above": dated(Since("2017-03-01", 150, source=CODE + "R431-2", verified=False, note="from memory"), label=_("Floor area above which an architect draws the project"), unit="m²"),
}

kind = answer("kind")
IS_PERMIT = kind.one_of(*PERMITS)
# Art. R424-2 and R424-3 are about permits alone: silence never opposes a declaration, nor refuses a certificate.
SILENCE_REFUSES = IS_PERMIT & (answer("refuses").given() | answer("inquiry_told").given() | opinion("heritage").one_of("unfavourable", "conditional"))
# Art. R462-7: monuments and heritage sites, parks, buildings open to the public; the officer adds risks and others.
INSPECTED = answer("inspection").is_(True) | answer("public_building").is_(True) | answer("extension").one_of("heritage", "listed", "park", "public", "prefect")
MORE = {
    **dict.fromkeys(ONE_MONTH, rule("one_more")), **dict.fromkeys(TWO_MONTHS, rule("two_more")),
    **dict.fromkeys(FIVE_MONTHS, either(kind.one_of("house_permit", "demolition_permit"), rule("three_more"), rule("two_more"))),
    "prefect": rule("prefect"),
}
USUAL = either(kind.is_("declaration"), rule("declaration"), either(kind.one_of("house_permit", "demolition_permit"), rule("small_permit"),
        either(kind.is_("certificate"), rule("certificate"), either(kind.is_("certificate_project"), rule("certificate_project"), rule("permit")))))

DECISION = Clock(
    "decision", _("Decision"), lasts=either(answer("inquiry_told").given(), rule("after_inquiry"), USUAL), when=~SILENCE_REFUSES,
    waits_for=("pieces_told", "inquiry_told"), waits_within="first_month", restarted_by=("send_pieces", "pieces_arrived", "inquiry_report"),
    extended_by=("longer_told", "prefect_told"), extension=from_table(answer("extension"), MORE),
    dated_by={"pieces_told": "pieces_told", "inquiry_told": "inquiry_told", "pieces_arrived": "received_day", "inquiry_report": "received_day", "longer_told": "longer_told", "prefect_told": "received_day"},
    stopped_by=(*DECIDED, "tacit_refusal"), silence="tacit", means="approval", warns=(15, 5), source=CODE + "R423-19 à R423-33 et R424-1", verified=True,
)
CLOCKS = (
    DECISION,
    replace(DECISION, name="refusal", when=SILENCE_REFUSES, stopped_by=(*DECIDED, "tacit"), silence="tacit_refusal", means="refusal", source=CODE + "R424-2 et R424-3"),
    Clock("first_month", _("Pieces to be asked for, longer examination to be told"), lasts="first_month", stopped_by=(*DECIDED, "tacit", "tacit_refusal"),
          silence="first_month_over", warns=(10, 4), source=CODE + "R423-22, R423-38 et R423-42", verified=True),
    # A second request within the month takes the place of the first (art. R423-40).
    Clock("pieces", _("Missing pieces"), lasts="pieces", starts="pieces_told", restarted_by="pieces_told", dated_by={"pieces_told": "pieces_told", "pieces_arrived": "received_day"},
          stopped_by=("send_pieces", "pieces_arrived", "withdraw"), silence="missing_pieces", means="refusal", whose="applicant", is_due=False, source=CODE + "R423-39", verified=True),
    Clock("life", _("Life of the decision"), lasts=either(kind.one_of(*CERTIFICATES), rule("certificate_life"), rule("life")), starts=(*FAVOURABLE, "tacit"),
          extended_by=("longer_life", "longer_life_by_silence"), extension="longer_life", stopped_by=("commence", "take_back"), silence="lapse", whose="applicant",
          warns=(90,), is_due=False, source=CODE + "R424-17 et L410-1", verified=True),
    Clock("longer_life", _("Answer to the request for an extension of its life"), lasts="longer_answer", starts=("ask_longer_life", "ask_longer_life_again"),
          stopped_by=("longer_life", "no_longer_life", "commence", "take_back", "lapse"), silence="longer_life_by_silence", means="approval", warns=(15,), source=CODE + "R424-23", verified=True),
    Clock("taking_back", _("Withdrawal of a decision that is unlawful"), lasts="taking_back", starts=(*FAVOURABLE, "tacit"), stopped_by="take_back", silence="safe",
          is_due=False, source=CODE + "L424-5", verified=True),
    Clock("appeal", _("Appeal by third parties"), lasts="appeal", starts="display", dated_by={"display": "displayed_on"}, whose="applicant", is_due=False, source=CODE + "R600-2", verified=True),
    Clock("conformity", _("Conformity of the works"), lasts=either(INSPECTED, rule("conformity_inspected"), rule("conformity")), starts="complete", stopped_by=("conform", "not_conform"),
          silence="conform_by_silence", means="approval", warns=(30, 10), source=CODE + "R462-6", verified=True),
)
