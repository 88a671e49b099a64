"""Notice of intended sale (déclaration d'intention d'aliéner, DIA) and pre-emption: the notary tells, the metropolis may buy instead.

Code de l'urbanisme, art. L211-1, L213-1 to L213-18 and R213-4 to R213-21, D213-13-1 to D213-13-4. Auctions (art. R213-14, R213-15) are
another procedure and are not in this service.
"""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    PDF,
    Address,
    Choice,
    Contact,
    Files,
    Form,
    Items,
    Kept,
    Money,
    Number,
    Page,
    Party,
    Place,
    Privacy,
    Service,
    Statement,
    Text,
    YesNo,
    answer,
    months,
)
from oppidum.cases.declaration.opinions import Opinion
from oppidum.cases.declaration.privacy import LEGAL_OBLIGATION
from oppidum.cases.declaration.profile import Profile
from oppidum.cases.declaration.routing import Escalation
from oppidum.services.planning_housing.housing_data import INTENDED_SALES
from oppidum.services.planning_housing.intended_sale_clocks import CLOCKS, RULES
from oppidum.services.planning_housing.intended_sale_figures import FIGURES
from oppidum.services.planning_housing.intended_sale_flow import FLOW
from oppidum.services.planning_housing.intended_sale_letters import LETTERS, NOTICES
from oppidum.services.planning_housing.intended_sale_texts import FORMS, KINDS, OCCUPIED


class IntendedSale(Service):
    """Déclaration d'intention d'aliéner (DIA): droit de préemption urbain (code de l'urbanisme, art. L213-2)."""

    code = "intended-sale"
    name = _("Notice of intended sale")
    says = _("Before land or a building is sold where the right of pre-emption exists, the notary tells the authority. It has two months to buy; its silence waives.")
    words = _("DIA, pre-emption, notary, sale of a house, sale of land, purchase by the authority")
    owner, icon, minutes = "planning-housing", "file-signature", 10
    applicants = ("company", "person", "commune")
    for_communes = "persons"
    form = Form(
        Page("property", _("The property"),
             property=Place(_("Where is the property?"), required=True),
             kind=Choice(_("What is sold?"), KINDS, required=True, fact=True),
             parcels=Items(_("Parcels"), fields={
                 "section": Text(_("Section"), required=True, longest=5), "number": Number(_("Number"), minimum=1, whole=True, required=True),
                 "area_m2": Number(_("Area"), unit="m²", minimum=1, required=True)}, totals=("area_m2",), required=True),
             built_m2=Number(_("Floor area"), unit="m²", minimum=1, when=answer("kind").one_of("house", "flat", "building", "premises")),
             occupied=Choice(_("Who occupies it?"), OCCUPIED, required=True, fact=True)),
        Page("sale", _("The sale"),
             sale_form=Choice(_("Form of the sale"), FORMS, required=True, fact=True),
             price=Money(_("Price, or estimate of what is given in return"), minimum=1, required=True, fact=True),
             furniture=Money(_("Furniture in the price")), commission=Money(_("Commission")),
             commission_by_buyer=YesNo(_("Does the buyer pay the commission?"), when=answer("commission").given())),
        Page("parties", _("The parties"),
             seller=Party(_("Who sells?"), required=True), seller_address=Address(_("Address of the seller"), required=True),
             buyer=Party(_("Who buys, if it is to be told?")), buyer_address=Address(_("Address of the buyer"), when=answer("buyer").given(), required=True),
             notary=Party(_("Notary or agent who files"), kinds=("company", "person"), required=True), notary_address=Address(_("Address of the notary"), required=True),
             contact=Contact(_("How do we reach you?"), needs=("email",), required=True)),
        Page("papers", _("The papers"),
             cerfa=Files(_("The signed form (Cerfa 10072)"), accept=PDF, most=3, required=True), plans=Files(_("Plans and diagnostics"), accept=PDF, most=12),
             statement=Statement(_("I certify that what I declare is true."), required=True)),
    )
    # The tax office's opinion on the price: one month, then the purchase is free (art. R213-21).
    opinions = (Opinion("valuation", _("Valuation by the tax office"), of="third:tax-office", due=months(1), options={"given": _("Given")}, source="Code de l'urbanisme, art. R213-21"),)
    escalations = (Escalation("preemption", before=10, to="supervisor", says=_("Ten days are left to answer a notice of intended sale")),)
    rules, clocks, flow = RULES, CLOCKS, FLOW
    letters, notices, figures, datasets = LETTERS, NOTICES, FIGURES, INTENDED_SALES
    retention = "P5Y"
    privacy = Privacy(
        purpose=_("Answer notices of intended sale and exercise the right of pre-emption"), basis=LEGAL_OBLIGATION, source="Code de l'urbanisme, art. L213-2",
        persons=(_("sellers"), _("buyers"), _("notaries"), _("occupants")), categories=(_("identity and contact"), _("the property, its price and its occupation")),
        recipients=(_("land team"), _("commune of the property"), _("tax office (art. R213-6)"), _("notary, seller, and the buyer named in the notice (art. L213-2)")),
        retention={"acquired": Kept("P10Y", reason=_("former owners may claim the property back (art. L213-11)"), verified=False), "*": Kept("P5Y", reason=_("the sale may be annulled for five years (art. L213-2)"))},
    )
    rehearsal = Profile(
        per_year=19_126, source="Rapport d'activité 2023, ligne 3499: 19 126 déclarations déposées en ligne",
        shares={"examined.waive": 0.72, "examined.ask_documents": 0.02, "examined.ask_visit": 0.01, "examined.buy": 0.006, "examined.offer": 0.004, "examined.not_subject": 0.01,
                "offered.accept_price": 0.4, "offered.keep_price": 0.3, "offered.give_up_sale": 0.3},
        days={"examined": 35, "offered": 40, "disputed": 10, "before_judge": 200, "buying": 100},
        answers={"kind": {"flat": 0.62, "house": 0.24, "land": 0.08, "building": 0.03, "premises": 0.03}},
        typical={"price": (23_000_000, 1.8), "built_m2": (70, 1.5), "area_m2": (300, 2.5)}, per_day=95,
    )
