"""The processings of the platform itself, which no service declares: accounts, calls, look-ups, mails."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import LEGAL_OBLIGATION, PUBLIC_TASK, Kept, Privacy

HOUSE = (
    (
        "house-officers",
        _("Officers' accounts and what they did"),
        Privacy(
            purpose=_("Let officers in by their role, and account for each act on a case"),
            basis=PUBLIC_TASK,
            persons=(_("officers"),),
            categories=(_("name, professional address and telephone, role, teams"), _("acts on cases, with their time")),
            recipients=(_("their managers"), _("administrators of the platform")),
            retention={"*": Kept("P10Y", "filed", reason=_("an act must be accounted for as long as it can be contested"))},
        ),
    ),
    (
        "house-calls",
        _("Calls to the contact centre"),
        Privacy(
            purpose=_("Answer by telephone, and find a caller's earlier requests again"),
            basis=PUBLIC_TASK,
            persons=(_("callers"),),
            categories=(_("telephone number, note of the call"),),
            recipients=(_("the contact centre"),),
            retention={"*": Kept("P2Y", "filed", reason=_("as the reports that they lead to"))},
        ),
    ),
    (
        "house-look-ups",
        _("Look-ups of persons and rights requests"),
        Privacy(
            purpose=_("Answer persons about their data, and prove who looked whom up and why"),
            basis=LEGAL_OBLIGATION,
            source="GDPR, art. 5(2), 12, 32",
            persons=(_("persons looked up"), _("officers")),
            categories=(_("what was looked for: name, address, telephone, numbers"), _("reason, time, what was handed out")),
            recipients=(_("the data protection officer"),),
            retention={"*": Kept("P1Y", "filed", reason=_("to detect misuse; who looked and why stays without the person"))},
        ),
    ),
)
