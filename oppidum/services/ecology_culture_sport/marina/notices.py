"""What is written to those who ask for a berth, visit a harbour, or want to do business in one."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Notice

FOLLOW = _("Follow your request: {link}\nIts code, also by telephone: {code}\n\n{authority}")

# CRPA, art. L112-3 and R112-5 (acknowledgement); décret n° 2015-1459 (silence); CJA, art. R421-2.
SILENCE = _(
    "What the law says: if you have no answer two months after your request arrived, it counts as refused, and you have two more months "
    "to contest that before the administrative court."
)
APPEAL = _("You don't agree? You can ask us to look at it again, or go to the administrative court, within two months of this letter.")
HOW = _(
    "How the order comes about: points for what the published rule names, then the day of entry. On your request's page you see your "
    "points and your rank; you may ask us for the whole reckoning (CRPA, art. L311-3-1)."
)

YEARLY = _("Each year we ask you to confirm your request. Whoever does not confirm within a month of that leaves the list and loses the rank.")


def _notice(action, subject, *paragraphs):
    return Notice(action, subject, format_lazy("\n\n".join(["{}"] * (len(paragraphs) + 1)), *paragraphs, FOLLOW))


BERTH_NOTICES = (
    _notice("file", _("We have your request for a berth"), _("Your request arrived on {received_on}."), SILENCE),
    _notice("register", _("Your request is on the waiting list"), _("The harbour office has entered your request in the list."), HOW, YEARLY),
    _notice("refuse", _("Your request for a berth is refused"), _("We can't enter your request in the list."), _("Why: {reason}"), "{message}", APPEAL),
    _notice("offer", _("A berth is held for you"), _("A berth that holds your boat is free: {booked}."),
            _("Accept it or turn it down within 15 days. Without an answer it goes to the next; after two such offers the request leaves the list.")),
    _notice("accept", _("The berth is yours"), _("You have the berth: {booked}."),
            _("The title is for a year, personal, temporary and can be revoked; it does not follow the boat when it is sold. The fee is paid in advance.")),
    _notice("decline", _("You turned the berth down"), _("Your request keeps its rank on the list.")),
    _notice("lapse", _("The offer of a berth has lapsed"), _("We had no answer within 15 days: the berth goes to the next on the list.")),
    _notice("ask_to_confirm", _("Do you still want a berth? Confirm your request"), _("Your request has been on the list for a year."),
            _("Confirm it within a month, on its page or by telephone: you keep your rank. Without an answer the request leaves the list and the rank is lost.")),
    _notice("confirm", _("Your request is confirmed for a year"), _("Your request keeps its rank on the list.")),
    _notice("unconfirmed", _("Your request has left the list"), _("We asked you to confirm your request and had no answer in time: its rank is lost. You can ask again."), APPEAL),
    _notice("foretell_end", _("Your title to a berth ends soon"), _("You have the berth: {booked}."),
            _("The harbour office tells you before its last day whether it is renewed. Without a renewal the title ends on that day."),
            _("A title is renewed for five years at most: six months before they are over you have this message, even if its year was renewed. You can ask for a berth again.")),
    _notice("title_over", _("Your title is over"), _("The title was not renewed, or has reached its longest time, and has ended. The berth must be free."), APPEAL),
    _notice("renew", _("Your berth is renewed"), _("You have the berth for another year: {booked}.")),
    _notice("not_renewed", _("Your berth is not renewed"), _("Your title ends on its last day and is not renewed."), "{message}", APPEAL),
    _notice("leave", _("You give your berth back"), _("We have noted it. Fees for time that is not used are reckoned anew.")),
    _notice("withdraw", _("Your request is withdrawn"), _("Your request has left the list.")),
    _notice("message", _("Your request {code}: a message for you"), "{message}"),
)

VISIT_NOTICES = (
    _notice("file", _("Your berth: {booked}"), _("Your berth is kept."), _("When: {booked}"),
            _("Call the harbour office by radio, channel 9, when you arrive. You can cancel until 6 p.m. on the day before.")),
    _notice("move", _("Your berth has changed: {booked}"), _("You have another berth of the same harbour."), _("When: {booked}")),
    _notice("moved_by_us", _("Your berth has changed: {booked}"), _("We had to give you another berth."), _("When: {booked}")),
    _notice("cancel", _("Your stay is cancelled"), _("Your stay is cancelled.")),
    _notice("unplaced", _("We had to cancel your stay"), _("Your berth can't be used and no other one is free. We are sorry.")),
)

OCCUPANCY_NOTICES = (
    _notice("file", _("We have your request for a place in the harbour"), _("Your request arrived on {received_on}."), SILENCE,
            _("Such places are given after a public call: others will be able to apply (CG3P, art. L2122-1-1 and L2122-1-4).")),
    _notice("publish", _("A call is published for the place that you asked for"), _("Apply within the time that the call names.")),
    _notice("without", _("Your request goes on without a call"), _("The law allows it in your case. We prepare the title.")),
    _notice("choose", _("The applications are compared"), _("The choice is made; we write to each candidate.")),
    _notice("sign", _("Your title is signed"), _("The title is personal, temporary and can be revoked. The fee is paid in advance (CG3P, art. L2125-4).")),
    _notice("refuse", _("Your request is refused"), _("We can't grant your request."), "{message}", APPEAL),
    _notice("no_follow", _("The call ended without a choice"), _("No title is given.")),
    _notice("withdraw", _("Your request is withdrawn"), _("We have noted it.")),
)
