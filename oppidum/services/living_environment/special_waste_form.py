"""What a business declares: itself, where it is collected, and its bins."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import (
    Choice,
    Computed,
    Contact,
    Day,
    Form,
    Items,
    Number,
    Page,
    Party,
    Place,
    Statement,
    YesNo,
    answer,
)
from oppidum.services.living_environment.special_waste_tariff import weekly

STREAMS = {
    "residual": _("Residual waste"),
    "packaging": _("Packaging and paper"),
    "glass": _("Glass"),
    "cardboard": _("Cardboard"),
    "biowaste": _("Food waste"),
}
BIN = {
    "stream": Choice(_("What is collected"), STREAMS, required=True),
    "size": Number(_("Size of the bin"), unit=_("litres"), minimum=80, maximum=1100, whole=True, required=True),
    "bins": Number(_("Number of bins"), minimum=1, maximum=200, whole=True, required=True),
    "pickups": Number(_("Pick-ups a week"), minimum=1, maximum=7, whole=True, required=True),
    "since": Day(_("From"), hint=_("Leave empty: from the first day of the contract.")),
    "until": Day(_("Until and with"), hint=_("Leave empty: until the contract ends.")),
    "litres": Computed(_("Litres a week"), value=answer("size") * answer("bins") * answer("pickups"), unit=_("litres")),
}
BINS = Items(_("Bins put out for collection"), fields=BIN, least=1, most=60, totals=("bins", "litres"), required=True)

FORM = Form(
    Page("business", _("Your establishment"),
        applicant=Party(_("Who asks?"), kinds=("company", "association", "commune"), required=True, prefill="applicant"),
        activity=Choice(_("Activity"), {
            "food": _("Restaurant, food shop"), "shop": _("Other shop"), "office": _("Office"), "school": _("School"),
            "care": _("Health and care"), "workshop": _("Workshop, industry"), "public": _("Public administration"),
        }, required=True, fact=True),
        contact=Contact(_("Who can be reached?"), required=True)),
    Page("premises", _("Where is it collected?"),
        place=Place(_("Address of collection"), required=True),
        street_side=YesNo(_("Can the lorry reach the bins from a public street, on its usual way?"), required=True)),
    Page("bins", _("What is collected"),
        collected=BINS,
        weekly_litres=Computed(_("Together, a week"), value=weekly, unit=_("litres"))),
    Page("end", _("Confirm"),
        sincere=Statement(_("I confirm these quantities and know the rules of collection (CGCT, art. L2224-16)."), required=True)),
)
