"""The choices of a data breach, as the CNIL's own form of notification sorts them."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "confidentiality": _("Seen or handed out (confidentiality)"),
    "integrity": _("Changed (integrity)"),
    "availability": _("Lost or out of reach (availability)"),
}
PERSONS = {
    "residents": _("Residents, users"),
    "minors": _("Minors"),
    "vulnerable": _("Vulnerable persons"),
    "officers": _("Officers"),
    "councillors": _("Councillors"),
    "firms": _("Contacts at firms and partners"),
}
DATA = {
    "identity": _("Name, date of birth"),
    "contact": _("Address, e-mail, telephone"),
    "papers": _("Identity papers, social security number"),
    "money": _("Bank details, income"),
    "access": _("Passwords and means of access"),
    "place": _("Places where persons were"),
    "health": _("Health"),
    "other_sensitive": _("Other sensitive data (GDPR, art. 9)"),
    "offences": _("Offences"),
}
RISKS = {
    "none": _("unlikely"),
    "risk": _("a risk"),
    "high": _("a high risk: the persons have to be told"),
}
# GDPR, art. 34(3).
EXCUSES = {
    "unreadable": _("The data can't be read by whoever has them (encryption)"),
    "measures": _("Measures since taken make a high risk no longer likely"),
    "effort": _("It would take a disproportionate effort: a public communication was made"),
}
