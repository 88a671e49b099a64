"""Grant to an association (S53): asked for with a budget in balance, examined, voted, agreed upon above 23,000 EUR, paid, accounted for.

Loi 2000-321 of 12 April 2000, art. 9-1, 10 and 10-1; décret 2001-495 of 6 June 2001; décret 2021-1947 (republican commitment); décret
2017-779 (open data). Its way is in `association_grant_flow.py`.
"""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Clock, Grant, Kept, Privacy, Service, Since, answer, dated, money
from oppidum.cases.declaration.opinions import Opinion
from oppidum.cases.declaration.privacy import PUBLIC_TASK
from oppidum.cases.declaration.profile import Profile
from oppidum.cases.declaration.routing import Escalation
from oppidum.core.calendar import days, months
from oppidum.services.support.association_grant_figures import FIGURES
from oppidum.services.support.association_grant_flow import DECIDED, FLOW
from oppidum.services.support.association_grant_letters import LETTERS, NOTICES
from oppidum.services.support.association_grant_texts import ELIGIBILITY, FORM, balanced


class AssociationGrant(Service):
    """Subvention à une association (loi 2000-321, art. 9-1)."""

    code = "association-grant"
    name = _("Grant to an association")
    says = _("Ask for support to your association's project. We answer after a vote; above 23,000 EUR we sign an agreement.")
    words = _("grant, subsidy, association, project, funding, support, cerfa")
    owner, icon, minutes = "support", "hand-heart", 30
    applicants = ("association",)
    form, eligibility, flow, letters, notices, figures = FORM, ELIGIBILITY, FLOW, LETTERS, NOTICES, FIGURES
    opinions = (
        Opinion("directorate", _("Directorate of the field"), of="team:grants", due=21, silence="none"),
        Opinion("territory", _("Communes of the project"), of="team:territories", due=21, silence="favourable"),
        Opinion("finance", _("Finance"), of="team:finance", due=15, silence="favourable", confidential=True),
        Opinion("committee", _("Committee for grants"), of="body:grants-committee", due=90, silence="none"),
    )
    rules = {
        # A written agreement is compulsory above this sum a year.
        "agreement_above": dated(Since("2001-06-09", money(23_000), source="Loi 2000-321, art. 10; décret 2001-495, art. 1", verified=True)),
        "silence": dated(Since("2014-11-12", months(2), source="CRPA, art. L231-4, 3°", verified=True)),
        "payment": dated(Since("2021-07-03", days(60), source="Loi 2000-321, art. 10 (loi 2021-875)", verified=False)),
        "report": dated(Since("2001-06-09", months(6), source="Loi 2000-321, art. 10; arrêté du 24 mai 2005", verified=True)),
        "reminder": dated(Since("2020-01-01", months(5), source="Règlement de la métropole", verified=True), own=True),
    }
    escalations = (Escalation("decision", before=15, to="supervisor", says=_("In fifteen days silence refuses this grant")),)
    clocks = (
        # A request that is financial in nature: silence refuses it (CRPA, art. L231-4). The vote may still come after.
        Clock("decision", _("Decision"), lasts="silence", suspended_by="ask_papers", resumed_by="papers_in", stopped_by=DECIDED, means="refusal",
              warns=(15, 5), source="CRPA, art. L231-4, L114-5", verified=True),
        Clock("payment", _("Payment"), lasts="payment", starts=("notify", "sign_agreement"), stopped_by=("pay_part", "pay_last"), warns=(15, 3),
              source="Loi 2000-321, art. 10", verified=False),
        Clock("reminder", _("Reminder of the financial report"), lasts="reminder", starts="pay_last", dated_by={"pay_last": "year_ends_on"}, stopped_by="send_report",
              silence="remind_report", whose="applicant", is_due=False, source="Règlement de la métropole", verified=True),
        Clock("report", _("Financial report"), lasts="report", starts="pay_last", dated_by={"pay_last": "year_ends_on"}, stopped_by="send_report",
              silence="report_late", whose="applicant", source="Loi 2000-321, art. 10", verified=True),
    )
    grants = (Grant("grant", _("Grant"), base=answer("granted")),)
    retention = "P10Y"
    privacy = Privacy(
        purpose=_("Examine, vote, pay and account for grants to associations"), basis=PUBLIC_TASK, source="Loi 2000-321, art. 9-1 to 10-1; décret 2017-779",
        persons=(_("officers and members of the board of associations"),), categories=(_("identity and contact"), _("project and budget"), _("bank details")),
        recipients=(_("grants team"), _("committee, bureau, council"), _("public accountant"), _("everybody: the key data of each grant, for associations only")),
        retention={"closed": Kept("P10Y", reason=_("accounts may be checked")), "claimed": "P10Y", "refused": "P2Y", "*": "P2Y"},
    )
    rehearsal = Profile(
        per_year=850, source="Rapport d'activité 2023: 850 dossiers déposés, 195 rapports votés",
        months=(1.6, 1.2, 1.0, 0.7, 0.6, 0.6, 0.4, 0.3, 0.8, 1.6, 2.0, 1.2),
        shares={"filed.complete": 0.7, "filed.ask_papers": 0.25, "filed.withdraw": 0.05, "review.ask_opinions": 0.40, "review.ask_papers": 0.03, "review.refuse_now": 0.57,
                "report.propose_small": 0.95, "report.propose": 0.95, "report.refuse_now": 0.05, "payment.pay_last": 1.0, "council.grant": 0.97, "council.refuse": 0.03,
                "bureau.grant_bureau": 0.96, "bureau.refuse_bureau": 0.04, "report_due.send_report": 0.85, "report_missing.send_report": 0.9, "report_in.accept_report": 0.98},
        days={"filed": 6, "incomplete": 15, "review": 10, "opinions": 20, "committee": 20, "bureau": 20, "council": 30, "payment": 30, "report_due": 150},
        answers={"field": {"sport": 0.25, "culture": 0.25, "social": 0.2, "environment": 0.1, "employment": 0.1, "housing": 0.04, "mobility": 0.02, "water": 0.01, "other": 0.03}},
        typical={"requested": (900_000, 2.2), "amount": (1_500_000, 1.8), "proposed": (800_000, 2.0), "granted": (800_000, 2.0)}, fits=balanced,
    )
