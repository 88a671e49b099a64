"""The times of a notice of intended sale: two months to buy, what suspends them, and what follows an offer or a purchase."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Clock, Since, dated, days, months, years

ANSWERS = ("waive", "buy", "offer", "not_subject", "give_up_sale")

RULES = {
    "answer": dated(Since("1987-01-01", months(2), source="Code de l'urbanisme, art. L213-2 et R213-7", verified=True), label=_("Time to answer")),
    "least_left": dated(Since("2014-03-27", months(1), source="Code de l'urbanisme, art. L213-2", verified=True), label=_("Least time left after a suspension")),
    "visit_answer": dated(Since("2015-01-01", days(8), source="Code de l'urbanisme, art. D213-13-3", verified=True), label=_("Owner's answer to a visit")),
    "visit": dated(Since("2015-01-01", days(15), source="Code de l'urbanisme, art. D213-13-2", verified=True), label=_("Visit after it was accepted")),
    "owner": dated(Since("1987-01-01", months(2), source="Code de l'urbanisme, art. R213-10", verified=True), label=_("Owner's answer to an offer")),
    "judge": dated(Since("1987-01-01", days(15), source="Code de l'urbanisme, art. R213-11", verified=True), label=_("Seizing the judge")),
    "deposit": dated(Since("1987-01-01", months(3), source="Code de l'urbanisme, art. L213-4-1", verified=True), label=_("Proof of the deposit")),
    "deed": dated(Since("1987-01-01", months(3), source="Code de l'urbanisme, art. R213-12", verified=True), label=_("Deed after the agreement")),
    "payment": dated(Since("2014-03-27", months(4), source="Code de l'urbanisme, art. L213-14", verified=True), label=_("Payment of the price")),
    "validity": dated(Since("2014-03-27", years(3), source="Code de l'urbanisme, art. L213-8", verified=True), label=_("Sale at the declared price after a waiver")),
    "valuation_above": dated(Since("2017-01-01", 18_000_000, source="Arrêté du 5 décembre 2016", verified=False, note="LAW 3: from memory"), label=_("Price from which the tax office is asked"), unit=_("cents")),
}

# The first of the owner's answers lets the time run again: the earliest date is the safe one where both documents and a visit were asked.
CLOCKS = (
    Clock("preemption", _("Answer of the metropolis"), lasts="answer", starts="file", suspends_once=True, least_left="least_left",
          suspended_by=("documents_request_received", "visit_request_received", "late_receipt"), revived_by="late_receipt", resumed_by=("documents_in", "visited", "visit_refused", "no_visit_answer", "no_visit"),
          dated_by={"documents_request_received": "received_day", "visit_request_received": "received_day", "late_receipt": "received_day", "documents_in": "received_day", "visited": "visited_on", "visit_refused": "received_day"},
          stopped_by=ANSWERS, silence="waived_by_silence", means="waiver", warns=(21, 10, 3), source="Code de l'urbanisme, art. L213-2 et R213-7", verified=True),
    Clock("visit_answer", _("Owner's answer to the visit"), lasts="visit_answer", starts="visit_request_received", stopped_by=("visit_accepted", "visit_refused", *ANSWERS),
          dated_by={"visit_request_received": "received_day", "visit_accepted": "received_day", "visit_refused": "received_day"},
          silence="no_visit_answer", whose="applicant", is_due=False, source="Code de l'urbanisme, art. D213-13-3", verified=True),
    Clock("visit", _("The visit"), lasts="visit", starts="visit_accepted", stopped_by=("visited", "visit_refused", *ANSWERS),
          dated_by={"visit_accepted": "received_day", "visited": "visited_on", "visit_refused": "received_day"},
          silence="no_visit", warns=(5,), source="Code de l'urbanisme, art. D213-13-2", verified=True),
    Clock("owner", _("Owner's answer to the offer"), lasts="owner", starts="offer_received", stopped_by=("accept_price", "keep_price", "give_up_sale", "waive"),
          dated_by={"offer_received": "received_day", "accept_price": "received_day", "keep_price": "received_day"},
          silence="sale_given_up", means="withdrawal", whose="applicant", is_due=False, source="Code de l'urbanisme, art. R213-10", verified=True),
    Clock("judge", _("Seizing the judge"), lasts="judge", starts="keep_price", dated_by={"keep_price": "received_day", "seize_judge": "seized_day"}, stopped_by=("seize_judge", "waive"),
          silence="no_judge", means="waiver", warns=(7, 3), source="Code de l'urbanisme, art. R213-11", verified=True),
    Clock("deposit", _("Proof of the deposit"), lasts="deposit", starts="seize_judge", dated_by={"seize_judge": "seized_day"}, stopped_by=("deposit", "price_set", "waive"),
          silence="no_deposit", means="waiver", warns=(30, 10), source="Code de l'urbanisme, art. L213-4-1", verified=True),
    Clock("deed", _("Deed"), lasts="deed", starts=("buy", "accept_price", "price_set"), stopped_by=("deed_signed", "pay"),
          dated_by={"accept_price": "received_day", "price_set": "final_day", "deed_signed": "deed_day"}, warns=(30,), source="Code de l'urbanisme, art. R213-12", verified=True),
    Clock("payment", _("Payment of the price"), lasts="payment", starts=("buy", "accept_price", "price_set"), stopped_by=("pay",),
          dated_by={"accept_price": "received_day", "price_set": "final_day", "pay": "paid_day"},
          silence="not_paid", means="waiver", warns=(60, 30, 10), source="Code de l'urbanisme, art. L213-14", verified=True),
    Clock("validity", _("Sale at the declared price"), lasts="validity", starts=("waive", "waived_by_silence", "no_judge", "no_deposit"), stopped_by="late_receipt",
          whose="applicant", is_due=False, source="Code de l'urbanisme, art. L213-8", verified=True),
)
