"""The acts on a berth: entry in the list, its yearly confirmation, offer, renewal, end."""

from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Action, Choice, Day, Slot, Text, YesNo
from oppidum.services.ecology_culture_sport.marina.reasons import LEAVING, REFUSALS
from oppidum.services.shared.notes import internal_note

BERTH = {"berth": Slot(_("Which berth?"), booking="berth", required=True)}

register = Action("register", _("Enter in the waiting list"), by="act", bulk=True)
refuse = Action("refuse", _("Refuse the request"), by="act", demands={
    "reason": Choice(_("Why?"), REFUSALS, required=True),
    "message": Text(_("Reasons in law and in fact"), required=True, lines=4, longest=3000, private=True),
})
offer = Action("offer", _("Offer a berth"), by=("system", "act"), books="berth", bulk=False, demands=BERTH)
accept = Action("accept", _("Accept the berth"), by=("resident", "act", "intake"), books="berth", charges="yearly")
decline = Action("decline", _("Turn the berth down"), by=("resident", "act", "intake"), frees="berth")
lapse = Action("lapse", _("The offer lapsed"), by="system", frees="berth", demands={"left": YesNo(_("Was it one offer too many?"))})
renew = Action("renew", _("Renew for a year"), by="act", books="berth", charges="yearly", bulk=False, demands=BERTH)
not_renewed = Action("not_renewed", _("Not renewed"), by="act", demands={
    "message": Text(_("Reasons"), required=True, lines=4, longest=3000, private=True),
})
leave = Action("leave", _("Give the berth back"), by=("resident", "act", "intake"), frees="berth", charges="time_used", demands={
    "leaves_on": Day(_("From which day?"), required=True, earliest=0),
    "why": Choice(_("Why?"), LEAVING, required=True),
})
# Each year on the list, and each year at the quay: told before, and ended by time alone.
ask_to_confirm = Action("ask_to_confirm", _("Asked to confirm the request"), by="system")
confirm = Action("confirm", _("Confirm the request for another year"), by=("resident", "act", "intake"))
unconfirmed = Action("unconfirmed", _("Not confirmed in time"), by="system")
foretell_end = Action("foretell_end", _("Told that the title ends"), by="system")
title_over = Action("title_over", _("The title is over"), by="system", frees="berth")
withdraw = Action("withdraw", _("Withdraw the request"), by=("resident", "act", "intake"))
note = internal_note("act", "intake", "note")
message = Action("message", _("Write to the applicant"), by=("act", "intake"), demands={
    "message": Text(_("Your message"), required=True, lines=5, longest=5000, private=True),
})
