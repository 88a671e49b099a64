"""The words of the rental permit: kinds of dwellings, papers of the diagnosis file, grounds in the decency rules."""

from django.utils.translation import gettext_lazy as _

DWELLINGS = {"flat": _("A flat"), "house": _("A house"), "room": _("A room or a part of a dwelling")}
LETTINGS = {
    "first": _("A first letting, or a new tenant"),
    "renewal": _("The renewal of a lease in force, also tacit"),
    "amendment": _("An amendment to a lease in force"),
}
EXEMPT = {
    "none": _("None of them"),
    "social": _("A social landlord"),
    "state": _("A dwelling under an agreement with the State (conventionné)"),
    "outside": _("The dwelling lies outside the areas"),
}

# The technical diagnosis file (dossier de diagnostic technique): loi 89-462 of 6 July 1989, art. 3-3.
PAPERS = {
    "energy": _("energy performance (DPE): loi 89-462, art. 3-3, 1°"),
    "lead": _("exposure to lead, for a building of before 1949: loi 89-462, art. 3-3, 2°"),
    "asbestos": _("asbestos, for a permit of before July 1997: loi 89-462, art. 3-3, 3°"),
    "electricity": _("electricity, for an installation of over 15 years: loi 89-462, art. 3-3, 4°"),
    "gas": _("gas, for an installation of over 15 years: loi 89-462, art. 3-3, 4°"),
    "risks": _("natural and technological risks: code de l'environnement, art. L125-5"),
    "form": _("the request signed by the landlord or with the agent's mandate: CCH, art. R635-1"),
}

# Decent housing: décret 2002-120 of 30 January 2002.
DEFECTS = {
    "structure": _("the structure, roof or floors are unsound (décret 2002-120, art. 2, 1°)"),
    "fall": _("guard rails, stairs or windows let people fall (art. 2, 3°)"),
    "lead_asbestos": _("materials or pipes are a danger to health, lead among them (art. 2, 4°)"),
    "electricity": _("the electrical installation is dangerous (art. 2, 5°)"),
    "gas": _("the gas or hot water installation is dangerous (art. 2, 5°)"),
    "air": _("the dwelling is not aired enough (art. 2, 6°)"),
    "light": _("the main rooms lack daylight (art. 2, 7°)"),
    "damp": _("water or damp comes in (art. 2, 1°)"),
    "pests": _("vermin (art. 2, first paragraph)"),
    "energy": _("the dwelling uses too much energy (loi 89-462, art. 6)"),
    "heating": _("it can't be heated normally (art. 3, 1°)"),
    "water": _("drinking water or waste water is wanting (art. 3, 2° and 3°)"),
    "kitchen_bath": _("kitchen, bath or toilet are wanting (art. 3, 4° and 5°)"),
    "small": _("no main room of 9 m² and 2.20 m high, or of 20 m³ (art. 4)"),
    "order": _("an order on safety or insalubrity stands on the building (CCH, art. L635-9)"),
}
