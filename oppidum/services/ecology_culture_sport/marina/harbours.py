"""The harbours that the metropolis runs for pleasure boats (its own list), and what every harbour asks of a boat."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Choice, Number

# The code of a harbour is that of its site among the bookable places.
HARBOURS = {
    "vieux-port": "Vieux-Port (Marseille)",
    "pointe-rouge": "Pointe-Rouge (Marseille)",
    "frioul": "Frioul (Marseille)",
    "la-ciotat": "La Ciotat",
    "cassis": "Cassis",
    "carro": "Carro (Martigues)",
    "saint-chamas": "Saint-Chamas",
}
PROPULSION = {"sail": _("Sail"), "motor": _("Combustion engine"), "electric": _("Electric or hybrid"), "rowing": _("Oars")}

harbour = Choice(_("Which harbour?"), HARBOURS, required=True, fact=True)


def boat() -> dict:
    """The questions on the boat, from which the berths that fit are found."""
    return {
        "propulsion": Choice(_("How is the boat driven?"), PROPULSION, required=True, fact=True),
        "length_m": Number(_("Length overall"), unit="m", minimum=2, maximum=40, required=True, fact=True),
        "beam_m": Number(_("Greatest beam"), unit="m", minimum=1, maximum=12, required=True, fact=True),
        "draught_m": Number(_("Draught"), unit="m", minimum=0, maximum=6, required=True, fact=True),
    }


FITS = {"length_m": "length_m", "beam_m": "beam_m", "draught_m": "draught_m"}
