"""Aid to a business (S46): within the de minimis ceiling of three years, before the committee, voted, agreed upon, paid, its jobs counted.

Regulation (EU) 2023/2831 (300,000 EUR since 2024; 200,000 before: Regulation (EU) 1407/2013), CGCT, art. L1511-2 and L1511-3, loi 2000-321,
art. 10. Its way is in `business_aid_flow.py`.
"""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    PUBLIC_TASK,
    Clock,
    Grant,
    Kept,
    Privacy,
    Profile,
    Service,
    Since,
    Tally,
    answer,
    dated,
    money,
    months,
    working_days,
    years,
)
from oppidum.cases.declaration.opinions import Opinion
from oppidum.services.economy.business_aid_data import agreeing_sums, fitting_sums
from oppidum.services.economy.business_aid_figures import FIGURES
from oppidum.services.economy.business_aid_flow import DECIDED, FLOW
from oppidum.services.economy.business_aid_form import ELIGIBILITY, FORM
from oppidum.services.economy.business_aid_letters import LETTERS, NOTICES

OWN = "Règlement des aides économiques de la métropole"


class BusinessAid(Service):
    """Aide à une entreprise (CGCT, art. L1511-2 et L1511-3; règlement (UE) 2023/2831 « de minimis »)."""

    code = "business-aid"
    name = _("Aid to a business")
    owner = "economy"
    says = _("Ask for support to an investment, premises or a shop. We check the European ceiling with you, and answer after a vote.")
    words = _("business, company, aid, subsidy, investment, premises, shop, craft, jobs, de minimis")
    icon, minutes = "handshake", 25
    applicants = ("company",)
    form, eligibility, flow, letters, notices, figures = FORM, ELIGIBILITY, FLOW, LETTERS, NOTICES, FIGURES
    opinions = (
        Opinion("finance", _("Finance"), of="team:finance", due=15, silence="favourable", confidential=True),
        Opinion("committee", _("Committee for economic commitments"), of="body:economic-committee", due=60, silence="none"),
    )
    # What the firm, and those that are one undertaking with it, had from us: the ceiling is over any three years, the day of the vote included.
    tallies = (
        Tally("had", _("De minimis aid that we gave in three years"), same="company", also=("linked",), within="window",
              adds={"grant": "granted", "grant_bureau": "granted"}, takes={"claim_back": "claimed"}),
    )
    rules = {
        "ceiling": dated(
            Since("2014-01-01", money(200_000), source="Règlement (UE) n° 1407/2013, art. 3", verified=True, until="2023-12-31"),
            Since("2024-01-01", money(300_000), source="Règlement (UE) 2023/2831, art. 3", verified=True, until="2030-12-31"),
            label=_("Most de minimis aid in three years")),
        "window": dated(Since("2014-01-01", years(3), source="Règlement (UE) 2023/2831, art. 3", verified=True, note="any three years; until 2023, three financial years"),
                        label=_("Time over which it is counted")),
        "committee_above": dated(Since("2023-01-01", money(5_000), source=OWN), own=True, label=_("Amount from which the committee and the council decide")),
        "silence": dated(Since("2014-11-12", months(2), source="CRPA, art. L231-4, 3°", verified=True)),
        "register": dated(Since("2026-01-01", working_days(20), source="Règlement (UE) 2023/2831, art. 6", note="who registers for a local authority is to be verified")),
        "jobs": dated(Since("2023-01-01", years(3), source=OWN), own=True, label=_("Time within which the jobs are made")),
    }
    clocks = (
        Clock("decision", _("Decision"), lasts="silence", suspended_by="ask_papers", resumed_by="papers_in", stopped_by=DECIDED, means="refusal",
              warns=(15, 5), source="CRPA, art. L231-4, L114-5", verified=True),
        Clock("register", _("Entry in the register of de minimis aid"), lasts="register", starts=("grant", "grant_bureau"), stopped_by=("registered", "claim_back"),
              warns=(5,), is_due=False, source="Règlement (UE) 2023/2831, art. 6"),
        Clock("jobs", _("Jobs made"), lasts="jobs", starts="pay_last", dated_by={"pay_last": "paid_on"}, stopped_by=("tell_jobs", "claim_back"), silence="jobs_unknown",
              whose="applicant", warns=(60,), is_due=False, source=OWN),
    )
    grants = (Grant("aid", _("Aid"), base=answer("granted")),)
    privacy = Privacy(
        purpose=_("Examine, vote, pay and follow aid to businesses"), basis=PUBLIC_TASK, source="CGCT, art. L1511-2 and L1511-3",
        persons=(_("managers of businesses, owners of one-person businesses"),), categories=(_("identity and contact"), _("project and budget"), _("bank details")),
        recipients=(_("the economic development team"), _("committee, bureau, council"), _("public accountant"), _("register of de minimis aid")),
        # Records of de minimis aid are kept for ten years (art. 6).
        retention={"closed": Kept("P10Y", reason=_("records of de minimis aid"), source="Règlement (UE) 2023/2831, art. 6"), "claimed": "P10Y", "*": "P2Y"},
    )
    rehearsal = Profile(
        930, source="activity report 2023, lines 1454 and 1616: 84 files to the committee, 736 aids to shops and craft; one in ten comes to nothing (an assumption)",
        shares={"filed.complete": 0.8, "filed.ask_papers": 0.17, "filed.withdraw": 0.03, "review.propose_small": 0.94, "review.propose": 0.94, "review.refuse_now": 0.06, "council.grant": 0.95, "bureau.grant_bureau": 0.96},
        days={"filed": 8, "incomplete": 15, "review": 20, "committee": 25, "bureau": 20, "council": 30, "payment": 30, "working": 900},
        answers={"kind": {"shop": 0.905, "investment": 0.047, "premises": 0.031, "creation": 0.017}, "sector": {"other": 1.0}},
        typical={"jobs_planned": (9, 1.5), "jobs_made": (8, 1.5), "requested": (350_000, 1.15)}, fits=fitting_sums, agrees=agreeing_sums, ahead=32,
    )
