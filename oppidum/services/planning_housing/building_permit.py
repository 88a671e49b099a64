"""Building rights (autorisations d'urbanisme): certificates, declarations, building, development and demolition permits.

Code de l'urbanisme, art. L410-1, L421-1 to L424-9, R410-1 to R410-21, R423-1 to R424-24, L462-1 and R462-1 to R462-10. The commune decides, or the
metropolis for it (art. L422-3); the shared service examines (art. R423-15).
"""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    PDF,
    Address,
    Choice,
    Computed,
    Contact,
    Files,
    Form,
    Ineligible,
    Items,
    Kept,
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
    either,
    months,
    rule,
)
from oppidum.cases.declaration.opinions import Opinion
from oppidum.cases.declaration.privacy import LEGAL_OBLIGATION
from oppidum.cases.declaration.profile import Profile
from oppidum.cases.declaration.routing import Escalation
from oppidum.services.planning_housing.building_permit_clocks import CLOCKS, RULES
from oppidum.services.planning_housing.building_permit_figures import DATASETS, FIGURES
from oppidum.services.planning_housing.building_permit_flow import FLOW
from oppidum.services.planning_housing.building_permit_letters import LETTERS, NOTICES
from oppidum.services.planning_housing.building_permit_texts import KINDS, QUALITIES, USES, WORKS

FLOORS = answer("kind").one_of("declaration", "house_permit", "building_permit")


class BuildingPermit(Service):
    """Autorisations d'urbanisme: certificats, déclarations préalables, permis de construire, d'aménager, de démolir (code de l'urbanisme, art. L421-1)."""

    code = "building-permit"
    name = _("Building permit and other building rights")
    says = _("Before you build, extend, convert, divide or demolish: permit, prior declaration or certificate. We answer in one to three months, longer where other bodies are consulted.")
    words = _("building permit, prior declaration, town planning certificate, extension, veranda, pool, fence, demolition, housing estate")
    owner, icon, minutes = "planning-housing", "hard-hat", 25
    applicants = ("person", "company", "association", "commune")
    for_communes = "persons"
    form = Form(
        Page("what", _("What you ask for"),
             kind=Choice(_("What do you ask for?"), KINDS, required=True, fact=True),
             quality=Choice(_("In what quality do you ask?"), QUALITIES, required=True)),
        Page("land", _("The land"),
             land=Place(_("Where is the land?"), required=True),
             parcels=Items(_("Parcels"), fields={
                 "section": Text(_("Section"), required=True, longest=5), "number": Number(_("Number"), minimum=1, whole=True, required=True),
                 "area_m2": Number(_("Area"), unit="m²", minimum=1, required=True)}, totals=("area_m2",), required=True)),
        Page("project", _("The project"), when=answer("kind").is_not("certificate"),
             works=Choice(_("What are the works?"), WORKS, many=True, required=True),
             description=Text(_("Describe the project in a few lines"), lines=4, longest=2000, required=True),
             floor_before=Number(_("Floor area before the works"), unit="m²", minimum=0, maximum=500_000, when=FLOORS, required=True),
             floor_created=Number(_("Floor area created"), unit="m²", minimum=0, maximum=500_000, when=FLOORS, required=True),
             floor_after=Computed(_("Floor area after the works"), value=answer("floor_before") + answer("floor_created"), unit="m²", when=FLOORS),
             dwellings=Number(_("Dwellings created"), minimum=0, maximum=5000, whole=True, when=FLOORS, required=True),
             social_dwellings=Number(_("Of which social dwellings"), minimum=0, maximum=5000, whole=True, when=answer("dwellings") > 0),
             use=Choice(_("What is it for?"), USES, when=FLOORS, required=True),
             public_building=YesNo(_("Is it open to the public (ERP)?"), when=FLOORS, required=True, fact=True),
             by_architect=YesNo(_("Is the project drawn by an architect?"), when=answer("kind").one_of("house_permit", "building_permit"), required=True)),
        Page("applicant", _("Who asks"),
             applicant=Party(_("Who asks?"), required=True, prefill="applicant"), applicant_address=Address(_("Your postal address"), required=True),
             contact=Contact(_("How do we reach you?"), needs=("email",), required=True),
             electronic_letters=YesNo(_("May decisions that need a proof reach you electronically, on the page of your request?"), hint=_("Otherwise they come by registered letter."))),
        Page("papers", _("The papers"),
             cerfa=Files(_("The signed form (Cerfa 13406, 13409, 13410, 13405 or 13703)"), accept=PDF, most=3, largest_mb=20, required=True),
             plans=Files(_("Plans, sections, photographs"), accept=PDF, most=20, largest_mb=20, required=answer("kind").is_not("certificate")),
             statement=Statement(_("I certify that what I declare is true, and that I may carry out these works."), required=True)),
    )
    eligibility = (
        Ineligible((answer("floor_after") > rule("architect_above")) & answer("by_architect").is_(False),
                   _("With {floor_after} the project must be drawn by an architect (code of town planning, article R431-2)."), _("Have an architect draw it, then file it here.")),
    )
    # Side by side; who doesn't answer in a month is favourable, the heritage architect in two for permits (art. R423-59, R423-67).
    opinions = (
        Opinion("roads", _("Roads"), of="team:roads", due=months(1), silence="favourable", source="Code de l'urbanisme, art. R423-53 et R423-59"),
        Opinion("networks", _("Water and sewers"), of="team:sewers", due=months(1), silence="favourable", source="Code de l'urbanisme, art. R423-50 et R423-59"),
        Opinion("heritage", _("Heritage architect (ABF)"), of="third:heritage", due=either(answer("kind").is_("declaration"), months(1), months(2)), silence="favourable",
                source="Code de l'urbanisme, art. R423-54, R423-59 et R423-67"),
        Opinion("safety", _("Commission on safety and accessibility"), of="third:safety", due=months(2), silence="favourable", source="Code de l'urbanisme, art. R423-70", verified=False),
    )
    escalations = (
        Escalation("first_month", before=5, to="supervisor", says=_("Five days are left to ask for missing pieces or to lengthen the examination")),
        Escalation("decision", before=7, to="supervisor", says=_("In seven days silence grants building rights")),
    )
    rules, clocks, flow, letters, notices, figures, datasets = RULES, CLOCKS, FLOW, LETTERS, NOTICES, FIGURES, DATASETS
    privacy = Privacy(
        purpose=_("Examine requests for building rights and check the works"), basis=LEGAL_OBLIGATION, source="Code de l'urbanisme, art. L421-1 to L424-9",
        persons=(_("applicants"), _("holders of permits"), _("owners of the land")), categories=(_("identity and contact"), _("the land and the project")),
        recipients=(_("planning team"), _("commune of the land"), _("bodies that are consulted"), _("representative of the State (art. L424-7)"), _("statistics of the State (art. L426-1)")),
        retention={"conform": Kept("P10Y", reason=_("the works may be contested for ten years (art. L421-9)")), "*": Kept("P5Y", reason=_("the decision may be contested"))},
    )
    rehearsal = Profile(
        per_year=26_000, source="House estimate: 92 communes, of which the shared service examines the requests",
        months=(0.9, 1, 1.2, 1.1, 1.1, 1.1, 1, 0.7, 1, 1, 0.9, 1),
        shares={"filed.whole": 0.7, "filed.ask_pieces": 0.2, "filed.pieces_told": 0.7, "filed.longer": 0.08, "filed.much_longer": 0.03, "filed.longer_told": 0.5, "filed.consult": 0.2, "filed.consult_heritage": 0.1,
                "review.grant": 0.55, "review.conditions": 0.2, "review.refuse": 0.08, "review.certify": 0.9, "review.certify_no": 0.05, "review.withdraw": 0.02, "review.consult": 0.1,
                "incomplete.send_pieces": 0.9, "granted.display": 0.3, "granted.commence": 0.5, "works.complete": 0.95, "completed.conform": 0.7, "completed.not_conform": 0.03},
        days={"filed": 12, "incomplete": 25, "review": 28, "inquiry": 90, "granted": 120, "works": 300, "completed": 70, "to_mend": 60},
        answers={"kind": {"declaration": 0.46, "certificate": 0.26, "certificate_project": 0.05, "house_permit": 0.12, "building_permit": 0.06, "development_permit": 0.02, "demolition_permit": 0.03},
                 "by_architect": {"true": 0.8, "false": 0.2}, "public_building": {"false": 0.95, "true": 0.05}},
        typical={"floor_before": (90, 1.8), "floor_created": (45, 2.6), "dwellings": (0.6, 3), "social_dwellings": (1, 2)},
    )
