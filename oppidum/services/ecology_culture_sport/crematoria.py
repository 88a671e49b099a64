"""The four crematoria of the metropolis, and the words in which a cremation is asked for. The codes are those of sites."""

from django.utils.translation import gettext_lazy as _

CREMATORIA = {
    "crematorium-marseille": "Crématorium de Marseille (Saint-Pierre)",
    "crematorium-aix": "Crématorium d’Aix-en-Provence",
    "crematorium-martigues": "Crématorium de Martigues",
    "crematorium-aubagne": "Crématorium d’Aubagne",
}
WHO = {"operator": _("A funeral operator, for a family"), "family": _("A family")}
KINDS = {"room": _("A ceremony in the room, then the cremation"), "direct": _("The cremation, without a ceremony at the crematorium")}
AGES = {"adult": _("A person of 12 years or more"), "child": _("A child from one to eleven years"), "infant": _("A child of less than one year, or stillborn")}
COUNTED = {
    "death": _("From the death, in France"),
    "entry": _("From the day on which the body came into the country"),
    "prosecutor": _("From the day on which the prosecutor gave leave"),
}
WISHES = {"will": _("The last wishes of the deceased, in writing"), "request": _("The request of the person who arranges the funeral")}
ASHES = {
    "undecided": _("Not decided yet: the urn stays at the crematorium, for a year at most"),
    "family": _("The urn is handed over: for a tomb, a columbarium or a monument"),
    "garden": _("Scattered in the memorial garden"),
    "nature": _("Scattered in open nature, after a declaration at the town hall of the place of birth"),
}
HANDED = {name: ASHES[name] for name in ("family", "nature")}
