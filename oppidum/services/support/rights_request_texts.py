"""The choices of a rights request."""

from django.utils.translation import gettext_lazy as _

RIGHTS = {
    "access": _("See what you hold about me (article 15)"),
    "portability": _("Take my data with me, as a file (article 20)"),
    "rectification": _("Have something corrected (article 16)"),
    "erasure": _("Have something erased (article 17)"),
    "restriction": _("Have its use frozen for a time (article 18)"),
    "objection": _("Object to a use (article 21)"),
    "automated": _("Have a person look at a decision made by a machine (article 22)"),
}
FOR_WHOM = {"me": _("For myself"), "child": _("For my child"), "other": _("For somebody who asked me to")}
CHECKS = {
    "mailbox": _("They answered from the mailbox or telephone that we know"),
    "account": _("They signed in"),
    "paper": _("An identity paper was seen; no copy is kept"),
    "known": _("They are known to us, or came in person"),
}
# GDPR, art. 11(2), 12(5), 15(4), 17(3), 21(1) and 23.
REFUSALS = {
    "unfounded": _("manifestly unfounded (article 12(5))"),
    "excessive": _("excessive, in particular repeated (article 12(5))"),
    "others": _("it would harm the rights of others (article 15(4))"),
    "task": _("needed for a legal obligation or a task in the public interest (article 17(3)(b))"),
    "archives": _("kept as archives in the public interest (article 17(3)(d))"),
    "claims": _("needed for legal claims (article 17(3)(e))"),
    "grounds": _("compelling legitimate grounds (article 21(1))"),
    "unidentifiable": _("the person can't be told apart in these data (article 11(2))"),
}
