"""Occupancy of a marina's ground or water for business: publicity, applications, evaluation by criteria, choice, contract."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    STAY,
    Choice,
    Clock,
    Contact,
    Flow,
    Form,
    Ineligible,
    Kept,
    Number,
    Page,
    Party,
    Privacy,
    Service,
    Since,
    Text,
    YesNo,
    answer,
    dated,
    end,
    months,
    rule,
    step,
)
from oppidum.cases.declaration.privacy import PUBLIC_TASK
from oppidum.cases.declaration.profile import Profile
from oppidum.services.ecology_culture_sport.marina.figures import OCCUPANCY_FIGURES
from oppidum.services.ecology_culture_sport.marina.harbours import harbour
from oppidum.services.ecology_culture_sport.marina.notices import OCCUPANCY_NOTICES
from oppidum.services.ecology_culture_sport.marina.occupancy_acts import (
    MOST_YEARS,
    application,
    choose,
    close,
    evaluate,
    finish,
    no_follow,
    note,
    publish,
    publish_only,
    refuse,
    sign,
    withdraw,
    without,
)
from oppidum.services.ecology_culture_sport.marina.reasons import USES
from oppidum.services.shared.calls import agreeing_criteria


class MarinaOccupancy(Service):
    """Autorisation d'occupation temporaire (AOT) d'un port pour une activité économique, after competition (CG3P, art. L2122-1-1 to -4)."""

    code = "marina-occupancy"
    name = _("Business on a marina's ground")
    owner = "ecology-culture-sport"
    says = _("A shop, a yard or a jetty in a harbour. Such places are given after a public call, to the best application.")
    words = _("occupation permit public land business harbour AOT")
    lies_at = "harbour"
    icon = "store"
    minutes = 8
    applicants = ("company", "association", "person")
    notices = OCCUPANCY_NOTICES
    figures = OCCUPANCY_FIGURES

    form = Form(
        Page("place", _("The place"), harbour=harbour, where=Text(_("Which part of the harbour?"), required=True, longest=300, fact=True),
             surface_m2=Number(_("Surface"), unit="m²", minimum=1, maximum=50_000, required=True, fact=True)),
        Page("business", _("The business"), use=Choice(_("What for?"), USES, required=True, fact=True), years_wanted=MOST_YEARS,
             is_short=YesNo(_("Is it for a few days, or one of many such places?"), required=True, fact=True),
             project=Text(_("Your project"), lines=6, required=True, longest=4000, private=True)),
        Page("applicant", _("Who asks?"), applicant=Party(_("Applicant"), kinds=("company", "association", "person"), required=True),
             contact=Contact(_("How do we reach you?"), required=True)),
    )

    eligibility = (
        Ineligible(when=answer("years_wanted") > rule("most_years"), says=_("No title lasts that long."), instead=_("Ask for a shorter time.")),
    )

    rules = {
        "most_years": dated(Since("2020-01-01", 15, source="Stratégie d'occupation du domaine portuaire"), own=True,
                            label=_("Longest title for business"), unit=_("years")),
        "answer": dated(Since("2015-11-12", months(2), source="CRPA, art. L231-4; décret n° 2015-1459 du 10 novembre 2015", verified=True)),
    }

    # A request that nobody called for is answered; it is published before it can be granted (CG3P, art. L2122-1-4).
    clocks = (
        Clock("answer", _("Answer to the request"), lasts="answer", starts="file", stopped_by=("publish", "publish_only", "without", "refuse"),
              means="refusal", warns=(15, 3), source="décret n° 2015-1459 du 10 novembre 2015", verified=True),
    )

    flow = Flow(
        step("received", publish >> "published", publish_only >> "contract", without >> "contract", refuse >> "refused",
             withdraw >> "withdrawn", label=_("Received"), says=_("The harbour office looks at how the place can be given.")),
        step("published", application >> STAY, close >> "evaluating", no_follow >> "without_choice",
             label=_("Call published"), says=_("Everybody can apply until the day that the call names.")),
        step("evaluating", evaluate >> STAY, choose >> "contract", no_follow >> "without_choice",
             label=_("Evaluation"), says=_("The applications are compared by the criteria of the call.")),
        step("contract", sign >> "in_force", no_follow >> "without_choice", refuse >> "refused",
             label=_("Contract"), says=_("The title is being written.")),
        step("in_force", finish >> "over", label=_("Title in force"), says=_("The title is personal, temporary and can be revoked.")),
        end("over", label=_("Over"), says=_("The title is over.")),
        end("without_choice", label=_("Without a choice"), says=_("The call ended without a choice.")),
        end("refused", label=_("Refused"), says=_("The request is refused, with reasons.")),
        end("withdrawn", label=_("Withdrawn"), says=_("The request is withdrawn.")),
        always=(note >> STAY,),
    )

    privacy = Privacy(
        purpose=_("Give places for business in the marinas after competition"), basis=PUBLIC_TASK, source="CG3P, art. L2122-1-1",
        persons=(_("applicants and their agents"),), categories=(_("identity and contact"), _("the project")),
        recipients=(_("the harbour office"),), retention={"over": Kept("P5Y", reason=_("claims on the contract")), "*": "P2Y"},
    )

    # An application that is chosen brings the choice; what the shares tell of the evaluation is left for calls that nobody answered on the portal.
    rehearsal = Profile(
        107, source="activity report 2023: 81 procedures launched in 2022, 72 contracts signed in 2023",
        shares={"received.publish": 0.85, "received.without": 0.05, "received.refuse": 0.08, "received.withdraw": 0.02, "published.close_call": 1.0,
                "evaluating.choose": 0.8, "evaluating.no_follow": 0.2, "contract.sign": 0.89, "contract.no_follow": 0.11, "in_force.finish": 0.05},
        days={"received": 30, "published": 40, "evaluating": 90, "contract": 30, "in_force": 900},
        answers={"years_wanted": {5: 0.5, 10: 0.3, 15: 0.2}}, typical={"surface_m2": (120, 2.5)}, ahead=110, agrees=agreeing_criteria,
    )
