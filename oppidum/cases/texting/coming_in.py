"""What comes back about text messages: delivered, lost, and what their readers answer. Nothing here ever sends one, so no loop can begin.

An operator reports on a message by the name that it gave it (`reference`); news go one way. STOP and its sisters, alone or at the head of
an answer, stop everything to that number; START takes that back. Any other answer is nobody's: numbers of machines aren't read.
"""

import re
import unicodedata

from oppidum.cases.mailing.dead_addresses import mark_dead
from oppidum.cases.models import TextMessage
from oppidum.cases.rules.phones import can_be_texted
from oppidum.cases.texting import numbers
from oppidum.core import clock

Delivery = TextMessage.Delivery
STOPS = frozenset({"STOP", "STOPSMS", "ARRET", "ARRETER", "DESABONNER", "UNSUBSCRIBE", "END", "QUIT"})
STARTS = frozenset({"START", "REPRENDRE", "UNSTOP"})
_STATUS = {"delivered": Delivery.DELIVERED, "undelivered": Delivery.LOST, "unreachable": Delivery.LOST, "expired": Delivery.LOST}
STATUSES = frozenset(_STATUS)


def take_report(reference: str, status: str, said: str = "") -> bool:
    """An operator's news of a message: "delivered", "undelivered", "expired", or "unreachable" where nobody has the number.

    False for a message that we don't know, or a status that says nothing."""
    news = _STATUS.get(status)
    text = TextMessage.objects.filter(reference=reference).order_by("-pk").first() if reference and news else None
    if text is None:
        return False
    now = clock.now()
    TextMessage.objects.filter(pk=text.pk, delivery="").update(delivery=news, delivery_at=now, error=said[:500])
    if status == "unreachable":
        mark_dead(text.to, "sms", said, now)
    return True


def take_answer(number: str, words: str) -> str:
    """What somebody answered: "stopped", "started", or "" for what is neither."""
    if not can_be_texted(number):
        return ""
    word = _first_word(words)
    if word in STOPS:
        numbers.stop(number)
        return "stopped"
    if word in STARTS:
        numbers.start(number)
        return "started"
    return ""


def _first_word(words: str) -> str:
    """ "Arrêt svp" -> "ARRET"."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", words) if not unicodedata.combining(sign))
    found = re.search(r"[A-Za-z]+", bare)
    return found[0].upper() if found else ""
