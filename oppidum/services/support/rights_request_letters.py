"""What is written to who uses their rights. A refusal bears reasons, the complaint to the CNIL and the court (GDPR, art. 12(4))."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from oppidum.cases.declaration import Bullets, Letter, Notice

CNIL = _(
    "You may complain to the CNIL (Commission nationale de l'informatique et des libertés), 3 place de Fontenoy, 75007 Paris, cnil.fr "
    "(General Data Protection Regulation, articles 12(4) and 77)."
)
FOLLOW = _("Follow your request: {link}\nIts code: {code}\n\n{authority}")


def _notice(action, subject, text):
    return Notice(action, subject, format_lazy("{}\n\n{}", text, FOLLOW))


LETTERS = (
    Letter("extension", subject=_("Your request {code}: we need more time"), body=(
        _("Your request reached us on {received_on}. We answer it within three months of that day instead of one, as article 12(3) of the General Data Protection Regulation allows."),
        _("The reason: {extended_because}"),
        CNIL,
    )),
    Letter("answer", subject=_("Your request {code}: our answer"), body=(
        _("Your request about your personal data reached us on {received_on}. This is our answer."),
        "{answer_text}",
        CNIL,
    )),
    Letter("partly", kind="refusal", signed_by="president", facts="reasons", law=(_("General Data Protection Regulation, articles 12 and 15 to 22"),),
           subject=_("Your request {code}: followed in part"), body=(
        _("Your request about your personal data reached us on {received_on}."),
        "{answer_text}",
        Bullets("refused_because", title=_("We can't follow the rest, because it is:")),
        CNIL,
    )),
    Letter("refusal", kind="refusal", signed_by="president", facts="reasons", law=(_("General Data Protection Regulation, articles 12 and 15 to 22"),),
           subject=_("Your request {code}: we can't follow it"), body=(
        _("Your request about your personal data reached us on {received_on}."),
        Bullets("refused_because", title=_("We can't follow it, because it is:")),
        CNIL,
    )),
)

NOTICES = (
    _notice("file", _("We have your request {code}"), _("Your request about your personal data arrived on {received_on}. You have our answer within one month; if we need more time, we tell you why within that month. Silence grants and refuses nothing.")),
    _notice("doubt", _("Your request {code}: who are you?"), _("To hand your data to nobody else, we need an answer from you:\n\n{message}")),
    _notice("extend", _("Your request {code}: we need more time"), _("We answer your request within three months of its arrival instead of one. A letter says why.")),
    _notice("hand_out", _("Your request {code}: our answer"), _("Our answer is ready.")),
    _notice("comply", _("Your request {code}: our answer"), _("What you asked for is done.")),
    _notice("partly", _("Your request {code}: our answer"), _("We could follow your request in part. A letter says what was done, and why not all of it.")),
    _notice("refuse", _("Your request {code}: our answer"), _("We can't follow your request. A letter says why, and how to contest it.")),
    _notice("not_identified", _("Your request {code} is closed"), _("We could not make sure who asks, and had no answer from you. Nothing was handed out. Ask again whenever you like.")),
    _notice("message", _("A message about your request {code}"), "{message}"),
)
