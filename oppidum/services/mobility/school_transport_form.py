"""What parents answer: the child, the school, the home or both homes, and their means if they ask for a lower price."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    PAPERS,
    Choice,
    Computed,
    Contact,
    Day,
    Files,
    Form,
    Number,
    Page,
    Place,
    Statement,
    Text,
    YesNo,
    age_on,
    answer,
    answered,
    rule,
)
from oppidum.services.mobility.school_transport_tariff import distance

LEVELS = {
    "nursery": _("Nursery school"), "primary": _("Primary school"), "lower": _("Lower secondary school (collège)"),
    "upper": _("Upper secondary school (lycée)"), "vocational": _("Vocational training without pay"),
    "paid": _("Apprenticeship or paid training"), "student": _("Higher education"),
}

FORM = Form(
    Page("child", _("The child"),
        first_name=Text(_("First name"), required=True, private=True, longest=80, prefill="child-first-name"),
        last_name=Text(_("Name"), required=True, private=True, longest=80, prefill="child-last-name"),
        birth=Day(_("Day of birth"), required=True, private=True, latest=0, prefill="child-birth"),
        age=Computed(_("Age on the first day of school"), value=age_on("birth", rule("first_day")), unit=_("years"))),
    Page("school", _("The school"),
        level=Choice(_("Which level from September on?"), LEVELS, required=True, fact=True),
        school_name=Text(_("Name of the school"), required=True, longest=120, prefill="school-name"),
        school=Place(_("Where is the school?"), required=True, prefill="school-place")),
    Page("home", _("Where the child lives"),
        home=Place(_("Home of the child"), required=True, private=True, prefill="home"),
        shared=YesNo(_("Does the child live with both parents in turn (shared guardianship)?"), required=True),
        second_home=Place(_("The other home"), required=True, private=True, when=answered("shared", True)),
        kilometres=Computed(_("Distance from home to school, as the crow flies"), value=distance, unit=_("km"))),
    Page("means", _("Price"), hint=_("Without a quotient familial the full price is due."),
        in_care=YesNo(_("Is the child in the care of the département?"), required=True, private=True),
        quotient=Number(_("Quotient familial"), minimum=0, maximum=20_000, whole=True, private=True, unit="€",
            hint=_("It stands on the attestation of the family allowance office (CAF or MSA).")),
        attestation=Files(_("Attestation of the quotient familial"), accept=PAPERS, most=2, private=True, required=answer("quotient").given())),
    Page("parent", _("You"),
        contact=Contact(_("Parent or guardian"), required=True, prefill="contact"),
        second_parent=Contact(_("The other parent, who is told too"), fellow=True, when=answered("shared", True)),
        sincere=Statement(_("I have parental responsibility for this child and confirm my answers."), required=True)),
)
