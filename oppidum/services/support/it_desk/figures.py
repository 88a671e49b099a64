"""What is counted of the service desk and of the agreements with communes (system S56 of the activity report)."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from oppidum.figures.declaration import Change, Count, Mean, Quantile, Share, Stock
from oppidum.figures.sources import (
    DAYS_SINCE_FILING,
    FILED_CASES,
    HOURS_SINCE_FILING,
    JOURNAL_ENTRIES,
    MOVES,
    STANDING,
    action,
    actions,
    adding,
    filed_with,
    of_service,
    standing,
)
from oppidum.services.support.it_desk.texts import ABOUT

_OWNER, _CODE, _TICKETS = "support", "it-ticket", _("tickets")
_SOLVED = actions(_CODE, "solve", "solve_late")

TICKET_FIGURES = (
    Count("it-tickets", _("Tickets of the digital service desk"), unit=_TICKETS, owner=_OWNER, counts=FILED_CASES, where=of_service(_CODE),
          splits=("month", "channel", "team"), method=_("Each ticket counts once, on the day it was filed.")),
    Change("it-tickets-growth", _("Change in tickets of the digital service desk"), states="it-tickets-change", unit="%", owner=_OWNER, of="it-tickets",
           method=_("Against the year before; while the year is running, against its same days.")),
    Count("it-tickets-solved", _("Tickets solved"), states="it-tickets-resolved", unit=_TICKETS, owner=_OWNER, counts=JOURNAL_ENTRIES, where=_SOLVED,
          splits=("month", "team"), method=_("Each time a ticket is solved; one that was opened again and solved again counts twice.")),
    Count("it-tickets-solved-in-time", _("Tickets solved within their service level"), unit=_TICKETS, owner=_OWNER, counts=JOURNAL_ENTRIES, where=action(_CODE, "solve"),
          splits=("month", "team"), method=_("Solved before the working hours of their priority were over, those in which the user was asked not counted.")),
    Share("it-tickets-in-time-share", _("Share of tickets solved within their service level"), unit="%", owner=_OWNER, part="it-tickets-solved-in-time", whole="it-tickets-solved",
          method=_("Solved in time, in all that were solved in the period.")),
    Count("it-tickets-answered-late", _("Tickets not answered in time"), unit=_TICKETS, owner=_OWNER, counts=JOURNAL_ENTRIES, where=action(_CODE, "response_late"),
          splits=("month", "team"), method=_("Nobody had taken them when the working hours of their priority were over.")),
    Quantile("it-tickets-hours-median", _("Median time until a ticket is solved"), unit=_("hours"), owner=_OWNER, counts=JOURNAL_ENTRIES, where=_SOLVED, of=HOURS_SINCE_FILING,
             splits=("month", "team"), method=_("Half of the tickets were solved within that many hours, nights and weekends counted; 0 is less than an hour.")),
    Quantile("it-tickets-days-p90", _("Days within which nine tickets in ten are solved"), unit=_("days"), owner=_OWNER, counts=JOURNAL_ENTRIES, where=_SOLVED, of=DAYS_SINCE_FILING,
             at=0.9, splits=("month", "team"), method=_("Nine in ten of the tickets solved in the period took that many calendar days or less.")),
    *(Count(f"it-tickets-about-{about}", format_lazy(_("Tickets: {about}"), about=label), unit=_TICKETS, owner=_OWNER, counts=FILED_CASES, where=filed_with(_CODE, "about", about),
            splits=("month",), method=_("By what the user said that it is about.")) for about, label in ABOUT.items()),
    Count("it-tickets-of-communes", _("Tickets of communes that share our services"), unit=_TICKETS, owner=_OWNER, counts=FILED_CASES, where=filed_with(_CODE, "side", "commune"),
          splits=("month",), method=_("Filed for a commune under an agreement in force.")),
    Count("it-tickets-reopened", _("Tickets opened again"), unit=_TICKETS, owner=_OWNER, counts=JOURNAL_ENTRIES, where=actions(_CODE, "object", "reopen"),
          splits=("month", "team"), method=_("Each time a user says that it still doesn't work, or the desk opens a ticket again.")),
    Count("it-major-incidents", _("Major incidents"), unit=_("incidents"), owner=_OWNER, counts=JOURNAL_ENTRIES, where=action(_CODE, "declare_major"),
          splits=("month",), method=_("Each ticket that was declared a major incident.")),
    Count("it-tickets-joined", _("Tickets that were part of a major incident"), unit=_TICKETS, owner=_OWNER, counts=JOURNAL_ENTRIES, where=action(_CODE, "join"),
          splits=("month",), method=_("Each ticket joined to that of a major incident.")),
    Count("it-ratings", _("Tickets rated by their users"), unit=_TICKETS, owner=_OWNER, counts=JOURNAL_ENTRIES, where=action(_CODE, "rate"),
          splits=("month",), method=_("Each answer to the question that is asked when a ticket is solved.")),
    Count("it-ratings-sum", _("Sum of the ratings"), unit=_("points"), owner=_OWNER, counts=JOURNAL_ENTRIES, where=action(_CODE, "rate"), adds=adding("satisfaction"),
          splits=("month",), method=_("From 1, very badly, to 5, very well, added up.")),
    Mean("it-satisfaction", _("Satisfaction with the digital service desk"), unit="/ 5", owner=_OWNER, part="it-ratings-sum", whole="it-ratings",
         method=_("Mean of the ratings from 1 to 5 that users gave.")),
    Stock("it-tickets-open", _("Open tickets"), unit=_TICKETS, owner=_OWNER, counts=STANDING, where=standing(_CODE, "new", "in_work", "waiting", "supplier"), moves=MOVES,
          splits=("month", "team"), method=_("Tickets that are neither solved nor closed by the end of the period.")),
)

AGREEMENT_FIGURES = (
    Stock("it-agreements", _("Agreements with communes on shared digital services"), states="metro-store-agreements", unit=_("agreements"), owner=_OWNER, counts=STANDING,
          where=standing("it-agreement", "in_force"), moves=MOVES, splits=("month",), method=_("Agreements in force at the end of the period; a commune signs one for each service.")),
    Count("it-agreements-signed", _("Agreements signed with communes"), unit=_("agreements"), owner=_OWNER, counts=JOURNAL_ENTRIES, where=action("it-agreement", "sign"),
          splits=("month",), method=_("Each agreement counts once, on the day it was signed.")),
)
