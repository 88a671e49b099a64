"""The words of the service desk: what tickets are about, the shared services, and what users read."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Notice

KINDS = {"incident": _("Something doesn't work"), "request": _("I need something"), "question": _("How is it done?")}
ABOUT = {
    "workstation": _("Computer, screen, keyboard"), "printer": _("Printer, scanner"), "phone": _("Telephone"), "mail": _("E-mail and calendar"),
    "account": _("Account, password, badge"), "network": _("Network, wifi, remote access"), "files": _("Shared folders"), "application": _("Business software"),
    "meeting": _("Videoconference, meeting room"), "arrival": _("Arrival or departure of a colleague"), "security": _("Virus, suspicious message"), "other": _("Something else"),
}
SIDES = {"metropolis": _("A service of the metropolis"), "commune": _("A commune that shares our services")}
# The eight services of the "Métro store"; their list is the metropolis' own.
SHARED = {
    "mail": _("E-mail and collaboration"), "gis": _("Geographic information"), "access": _("Remote access"), "backup": _("Backup"),
    "protection": _("Protection of workstations"), "signature": _("Electronic signature"), "opendata": _("Open data portal"), "desk": _("Service desk"),
}
CAUSES = {
    "hardware": _("Hardware"), "software": _("Software"), "setup": _("Settings, rights"), "network": _("Network"), "outside": _("A supplier or an operator"),
    "use": _("Use, explained"), "delivered": _("Delivered"), "unknown": _("Not found, gone"),
}
DELAYS = {"parts": _("Parts or material awaited"), "supplier": _("A supplier was late"), "load": _("Too many tickets at once"), "hard": _("Hard to find"), "user": _("The user could not be reached")}
REFUSALS = {"rights": _("The head of service does not agree"), "budget": _("No budget for it"), "catalogue": _("It is not in the catalogue"), "safety": _("It would put security at risk")}

FOLLOW = _("Your ticket: {link}\nIts code, also by telephone: {code}\n\n{authority}")


def _notice(act, subject, *paragraphs):
    return Notice(act, subject, format_lazy("\n\n".join(["{}"] * (len(paragraphs) + 1)), *paragraphs, FOLLOW))


NOTICES = (
    _notice("file", _("Ticket {code}: it has arrived"), _("The service desk has your ticket.")),
    _notice("take", _("Ticket {code}: we are working on it"), _("Somebody has taken your ticket.")),
    _notice("ask_user", _("Ticket {code}: a question"), "{message}", _("Answer on the page of your ticket: until then its time stands still.")),
    _notice("message", _("Ticket {code}: a message"), "{message}"),
    _notice("to_supplier", _("Ticket {code}: a supplier is on it"), _("We have passed your ticket on to the supplier, and stay in charge of it.")),
    _notice("declare_major", _("Ticket {code}: a major incident"), _("Many are concerned. We write to you when it works again; no further ticket is needed.")),
    _notice("solve", _("Ticket {code}: solved"), "{what_was_done}", _("Does it still not work? Say so within ten days on the page of your ticket. Tell us there, too, how it went.")),
    _notice("solve_late", _("Ticket {code}: solved"), "{what_was_done}", _("It took longer than we promise; we are sorry.")),
    _notice("join", _("Ticket {code}: many have the same"), _("Your ticket is part of a major incident: from now on you hear of that one.")),
    _notice("no_answer", _("Ticket {code}: closed without an answer"), _("We asked you a question ten days ago. Say so on the page of your ticket if it still matters.")),
    _notice("refuse", _("Ticket {code}: we can't do this"), "{message}"),
    _notice("reopen", _("Ticket {code}: open again"), _("We look at it again.")),
)
