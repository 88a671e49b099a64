"""What a yearly berth costs, how long it and a rank on the list last, and when its holder is told before."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    ANY,
    Clock,
    Fee,
    FeeLine,
    Prorata,
    Since,
    Tariff,
    TariffVersion,
    UpTo,
    answer,
    dated,
    first_day,
    last_day,
    months,
    years,
)

PORT = "Règlement de police des ports de plaisance"


def own(label, value, unit=""):
    """A value of the ports' own rules, in force until a deliberation names another."""
    return dated(Since("2020-01-01", value, source=PORT), own=True, label=label, unit=unit)


RULES = {
    "longest_m": own(_("Longest boat that a berth holds"), 24, "m"),
    "answer": dated(Since("2015-11-12", months(2), source="CRPA, art. L231-4; décret n° 2015-1459 du 10 novembre 2015", verified=True)),
    "a_year": dated(Since("2015-01-01", years(1), source="code des transports, art. R5314-30 et suivants")),
    "told_before_year": own(_("After how long the holder is told that the year ends"), months(10)),
    "longest_title": own(_("Longest time that a title is renewed for"), years(5)),
    "told_before_end": own(_("After how long the holder is told that the title ends"), months(54)),
    "asked_again": own(_("After how long on the list a confirmation is asked for"), months(12)),
    "confirmed_within": own(_("Time on the list within which a request is confirmed"), months(13)),
}

# A title counts from the first day of its berth.
TITLE = {"starts": "accept", "starts_from": "berth", "stopped_by": ("leave", "not_renewed"), "is_due": False}
YEAR = TITLE | {"restarted_by": "renew", "dated_by": {"renew": "berth"}}
# While an offer runs, nobody is asked whether they still want a berth.
WAIT = {"suspended_by": "offer", "resumed_by": ("decline", "lapse"), "stopped_by": ("accept", "refuse", "withdraw"), "whose": "applicant"}

CLOCKS = (
    # Silence on a request for a berth of a public marina refuses it (décret n° 2015-1459). The list itself knows no delay.
    Clock("answer", _("Answer to the request"), lasts="answer", starts="file", stopped_by=("register", "refuse"), means="refusal",
          warns=(15, 3), source="décret n° 2015-1459 du 10 novembre 2015", verified=True),
    Clock("reminder", _("Request for confirmation"), lasts="asked_again", starts=("register", "confirm"), restarted_by="confirm", **WAIT,
          silence="ask_to_confirm", is_due=False, source=PORT),
    Clock("confirmation", _("Confirmation for another year"), lasts="confirmed_within", starts="register", restarted_by="confirm", **WAIT,
          silence="unconfirmed", is_due=False, source=PORT),
    Clock("year_notice", _("Notice of the end of the year"), lasts="told_before_year", **YEAR | {"starts": ("accept", "renew")},
          silence="foretell_end", source=PORT),
    Clock("year", _("Year at the quay"), lasts="a_year", **YEAR, silence="title_over", warns=(60, 15),
          source="code des transports, art. R5314-30 et suivants"),
    Clock("title_notice", _("Notice of the end of the title"), lasts="told_before_end", **TITLE, silence="foretell_end", source=PORT),
    Clock("title", _("Longest time of the title"), lasts="longest_title", **TITLE, silence="title_over", warns=(180,), source=PORT),
)

TARIFFS = {
    "year": Tariff(_("A year, by length of the boat"), by=("length_m",), versions=(
        TariffVersion("2020-01-01", source="Délibération tarifaire des ports de plaisance", rows=(
            (UpTo(5), 48_000), (UpTo(6), 72_000), (UpTo(7), 98_000), (UpTo(8), 128_000), (UpTo(10), 190_000), (UpTo(12), 275_000),
            (UpTo(15), 410_000), (UpTo(20), 690_000), (ANY, 1_100_000))),)),
}
# Always paid for, in advance and by the year (CG3P, art. L2125-1, L2125-3, L2125-4); what is given back early is paid by the day.
FEES = (
    Fee("yearly", _("Berth for a year"), due_days=30, foretold=False, lines=(
        FeeLine(_("Year at the quay"), price="year", by=(answer("length_m"),)),)),
    Fee("time_used", _("Berth given back"), replaces="yearly", lines=(
        FeeLine(_("Year at the quay"), price="year", by=(answer("length_m"),),
                prorata=Prorata(first=first_day("berth"), last=last_day("berth"), until=answer("leaves_on"))),)),
)
