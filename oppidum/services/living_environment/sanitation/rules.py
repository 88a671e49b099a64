"""What the law and the authority's own rules set for on-site sanitation: how often, within which time, at which price.

An industrial and commercial service, balanced by its users' fees (CGCT, art. L2224-11): each check is paid by who has it done.
"""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    Clock,
    Fee,
    FeeLine,
    Since,
    Surcharge,
    Tariff,
    TariffVersion,
    answer,
    dated,
    days,
    either,
    months,
    rule,
    years,
)

OWN = "Règlement du service public d'assainissement non collectif"
VOTED = _("Deliberation to be named: the metropolis' own price")
CHECKS = {
    "periodic": _("Periodic check"),
    "sale": _("Check before a sale"),
    "design": _("Check of a project"),
    "execution": _("Check of works, before they are covered"),
}
RESULTS = ("compliant", "incomplete", "dangerous")
FOUND = dict.fromkeys(("register", *RESULTS), "visited_on")

RULES = {
    # Ten years at most, so says the law; how often within them, the authority's own rules say, by type and risk (arrêté du 27 avril 2012, art. 7).
    "period": dated(Since("2011-01-01", years(10), source="CGCT, art. L2224-8, III", verified=True), own=True, label=_("Time between two periodic checks")),
    "period_at_risk": dated(Since("2012-07-01", years(4), source=OWN), own=True, label=_("Time until the next check, where there is a danger")),
    "report_valid": dated(Since("2011-01-01", years(3), source="CSP, art. L1331-11-1", verified=True), label=_("How long a report serves for a sale")),
    "works": dated(Since("2010-07-14", years(4), source="CGCT, art. L2224-8, III; CSP, art. L1331-1-1, II", verified=True), label=_("Time for works, where there is a danger")),
    "after_sale": dated(Since("2011-01-01", years(1), source="CCH, art. L271-4; CSP, art. L1331-11-1", verified=True), label=_("Time for works after a sale")),
    "notice": dated(Since("2012-07-01", days(10), source="Arrêté du 27 avril 2012, art. 6: sept jours ouvrés au moins"), own=True, label=_("Notice of a visit")),
    "answer": dated(Since("2015-11-12", months(2), source="CRPA, art. L231-4; décret n° 2015-1459 du 10 novembre 2015", verified=True)),
    "penalty": dated(Since("2021-08-25", 100, source="CSP, art. L1331-8: 400 % au plus"), own=True, label=_("Increase of the fee as a penalty"), unit="%"),
}

CLOCKS = (
    Clock("answer", _("Answer to the request"), lasts="answer", restarted_by=("new_project", "for_sale"), stopped_by=("announce", "register", "project_fine", "project_unfit", "same", "give_up", "connect"),
          means="refusal", warns=(15, 3), source="décret n° 2015-1459 du 10 novembre 2015", verified=True),
    Clock("next_check", _("Next check"), lasts=either(answer("finding").is_("dangerous"), rule("period_at_risk"), rule("period")),
          starts="register", restarted_by=RESULTS, dated_by=FOUND, stopped_by="connect", silence="comes_due", warns=(90,), source="CGCT, art. L2224-8, III", verified=True),
    Clock("works", _("Works to be done"), lasts="works", starts="dangerous", restarted_by="notified", dated_by={"notified": "notified_on"},
          stopped_by=("compliant", "incomplete", "connect"), silence="works_late", whose="applicant", warns=(180, 30), source="CGCT, art. L2224-8, III", verified=True),
    Clock("after_sale", _("Works after the sale"), lasts="after_sale", when=answer("finding").one_of("incomplete", "dangerous"), starts="sold", restarted_by="sold",
          dated_by={"sold": "sold_on"}, stopped_by=("compliant", "connect"), silence="works_late", whose="applicant", warns=(90, 30), source="CCH, art. L271-4", verified=True),
)

TARIFFS = {
    "check": Tariff(_("A check"), by=("check",), says={"check": CHECKS}, versions=(
        TariffVersion("2023-01-01", source=VOTED, rows=(("periodic", 11_000), ("sale", 15_000), ("design", 9_000), ("execution", 12_000))),)),
}
LINE = FeeLine(_("A check"), price="check", by=(answer("check"),))
FEES = (
    Fee("check", _("Fee of a check"), account="7062", due_days=30, foretold=False, lines=(LINE,)),
    Fee("design", _("Fee of a check"), account="7062", due_days=30, foretold=False, lines=(FeeLine(_("Check of a project"), price="check", by=("design",)),)),
    Fee("penalty", _("Penalty: works not done, or a visit refused"), account="7068", due_days=30, foretold=False, lines=(
        FeeLine(_("Periodic check"), price="check", by=("periodic",)), Surcharge(_("Increase"), percent=rule("penalty"), source="CSP, art. L1331-8"))),
)
