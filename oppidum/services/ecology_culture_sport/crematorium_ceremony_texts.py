"""What funeral operators and families read about a ceremony, its certificate and bill, and what is counted (system S24 of the activity report)."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Column, Letter, Notice, Paragraph, Table
from oppidum.figures.bookings import CAPACITY, SLOTS, TAKEN, offered
from oppidum.figures.declaration import Count, Quantile, Share, Stock
from oppidum.figures.sources import (
    DAYS_SINCE_FILING,
    FILED_CASES,
    JOURNAL_ENTRIES,
    MOVES,
    STANDING,
    action,
    done_with,
    of_service,
    standing,
)

_CODE, _OWNER = "crematorium-ceremony", "ecology-culture-sport"
_CREMATIONS, _HOURS = _("cremations"), _("times")


def _counted(name, label, where, method, states="", unit=_CREMATIONS):
    return Count(name, label, states=states, unit=unit, owner=_OWNER, counts=JOURNAL_ENTRIES, where=where, splits=("month", "kind", "commune"), method=method)


def _at(place, label):
    return _counted(f"cremations-{place}", label, done_with(_CODE, "cremate", crematorium=f"crematorium-{place}"), _EACH, f"crematorium-{place}-cremations")


_EACH = _("Each cremation counts once, on the day it is recorded.")
FIGURES = (
    Count("cremation-requests", _("Cremations asked for"), unit=_("requests"), owner=_OWNER, counts=FILED_CASES, where=of_service(_CODE), splits=("month", "kind", "channel", "commune"),
          method=_("Each request counts once, on the day it was filed.")),
    _counted("cremations", _("Cremations"), action(_CODE, "cremate"), _EACH),
    _at("marseille", _("Cremations in Marseille")),
    _at("aix", _("Cremations in Aix-en-Provence")),
    _at("martigues", _("Cremations in Martigues")),
    _at("aubagne", _("Cremations in Aubagne")),
    _counted("cremations-with-ceremony", _("Cremations with a ceremony in the room"), done_with(_CODE, "cremate", kind="room"), _EACH),
    Share("ceremony-share", _("Share of cremations with a ceremony"), unit="%", owner=_OWNER, part="cremations-with-ceremony", whole="cremations", method=_("Cremations with a ceremony in the room, in all cremations.")),
    Quantile("cremation-days-p90", _("Days within which nine cremations in ten take place"), unit=_("days"), owner=_OWNER, counts=JOURNAL_ENTRIES, where=action(_CODE, "cremate"), of=DAYS_SINCE_FILING,
             at=0.9, splits=("month",), method=_("Nine in ten of the cremations of the period took place within that many calendar days of the request.")),
    Stock("urns-kept", _("Urns kept at the crematoria"), unit=_("urns"), owner=_OWNER, counts=STANDING, where=standing(_CODE, "ashes", "to_scatter"), moves=MOVES, splits=("month", "commune"),
          method=_("Urns that wait for a decision by the end of the period, a year at most (CGCT, art. L2223-18-1).")),
    Count("ceremony-times", _("Times on offer at the crematoria"), unit=_HOURS, owner=_OWNER, counts=SLOTS, where=offered("cremation"), adds=CAPACITY, splits=("month", "commune"), method=_("Ceremonies and cremations for which there is room in the period.")),
    Count("ceremony-times-taken", _("Times taken at the crematoria"), unit=_HOURS, owner=_OWNER, counts=SLOTS, where=offered("cremation"), adds=TAKEN, splits=("month", "commune"), method=_("Of the times on offer in the period: those booked.")),
    Share("ceremony-filled-share", _("Share of the crematoria's times that are taken"), unit="%", owner=_OWNER, part="ceremony-times-taken", whole="ceremony-times", method=_("Times booked, in all times on offer.")),
)

_PAGE = _("The page of this request: {link}\nIts code, also by telephone: {code}\n\n{authority}")


def _notice(act, subject, *paragraphs):
    return Notice(act, subject, format_lazy("\n\n".join(["{}"] * (len(paragraphs) + 1)), *paragraphs, _PAGE))


_WHEN = _("{booked}\n{booked_where}")
NOTICES = (
    _notice("file", _("Time reserved at the crematorium: {booked}"), _("The time is reserved:"), _WHEN,
            _("It becomes final once we have the mayor's authorisation and the papers that go with it. They can be sent from the page of this request.")),
    _notice("confirm", _("Time confirmed at the crematorium: {booked}"), _("The papers are complete. The family is expected:"), _WHEN, _("A quarter of an hour before, the master of ceremonies receives the family and the operator.")),
    _notice("ask_papers", _("Papers for the cremation"), _("To confirm the time we still need the following:"), "{message}"),
    _notice("move", _("New time at the crematorium: {booked}"), _("The new time is reserved:"), _WHEN),
    _notice("moved_by_us", _("We had to change the time at the crematorium: {booked}"), _("We have had to change the time, and apologise to the family. The nearest free one is reserved:"), _WHEN,
            _("If it does not suit, another can be chosen on the page of this request, or by telephone.")),
    _notice("unplaced", _("Another time has to be chosen at the crematorium"), _("The crematorium cannot receive the family at the time that was reserved, and no other is free near it. We apologise. Please choose another time or another crematorium, on the page of this request or by telephone.")),
    _notice("rebook", _("New time at the crematorium: {booked}"), _("The new time is reserved:"), _WHEN),
    _notice("remind", _("Tomorrow at the crematorium: {booked}"), _WHEN),
    _notice("cancel", _("The time at the crematorium is given back"), _("The reservation is cancelled. Nothing is due.")),
    _notice("cremate", _("The certificate of cremation"), _("The cremation has taken place. Its certificate is on the page of this request. The urn is kept at the crematorium until it is handed over.")),
    _notice("remind_urn", _("The urn that we keep"), _("For nearly a year we have kept the urn that was entrusted to us. The law allows us a year: after that the ashes are scattered with respect in the memorial garden of the nearest cemetery (CGCT, art. L2223-18-1)."),
            _("You may come for it, or tell us what you wish, until then. There is no charge, and no appointment is needed.")),
    _notice("year_over", _("The year is over"), _("The year during which the law lets us keep the urn is over. The ashes will be scattered in the memorial garden. Until then you may still come for the urn.")),
    _notice("hand_over", _("The urn was handed over"), _("The urn was handed over to the person entitled to arrange the funeral.")),
    _notice("scatter", _("The ashes were scattered"), _("The ashes were scattered in the memorial garden, where the place is kept in a register that the family may consult.")),
)

LAW = ("CGCT, art. R2213-34 et R2213-35", "CGCT, art. L2223-18-1")
LETTERS = (
    Letter("certificate", template="certificate", signed_by="president", kind="notice", series="cremation", title=_("CERTIFICATE OF CREMATION"), subject=_("Cremation of {first_name} {last_name}"), body=(
        Paragraph(_("We certify that the body of {first_name} {last_name}, born on {birth}, deceased in {commune_of_death}, was cremated on {cremated_on}.")),
        Paragraph(_("Place: {crematorium}.")),
        Paragraph(_("Authorisation of the mayor given on {authorised_on} (CGCT, articles R2213-34 and R2213-35).")),
        Paragraph(_("The ashes were gathered in an urn that bears a plate with the name of the deceased and that of the crematorium (CGCT, article L2223-18-1).")),
        Paragraph(_("Number in the register of cremations: {number}.")),
    )),
    Letter("bill", template="invoice", kind="bill", subject=_("Cremation"), law=LAW, body=(
        Paragraph(_("Request {code}. Reference to be named when paying: {reference}.")),
        Table("bill", (Column(_("Charged for"), "{label}"), Column(_("Reckoning"), "{says}"), Column(_("Amount"), "{amount_cents}", money=True)), total=_("To be paid")),
        Paragraph(_("To be paid by {pay_by}, at {link} or as it is said there.")),
    )),
)
