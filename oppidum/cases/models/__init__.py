"""The engine's tables. What is written once (`Case`), what changes (`Live`), what happened (`Entry`), what leaves (`Effect`, `Mail`, `TextMessage`)."""

from oppidum.cases.models.asking import Attachment, Draft
from oppidum.cases.models.call import Call, CallOutcome
from oppidum.cases.models.case import Case, Definition, Link, Live, Series
from oppidum.cases.models.journal import Correction, Entry, Message
from oppidum.cases.models.lists import ListFault, ListUpload
from oppidum.cases.models.outbox import DeadAddress, Effect, Mail, ParkedMail
from oppidum.cases.models.party import Party, Photo
from oppidum.cases.models.routing import RoutingRule
from oppidum.cases.models.texts import StoppedNumber, TextMessage
from oppidum.cases.models.views import SavedView

__all__ = [
    "Attachment",
    "DeadAddress",
    "ParkedMail",
    "Call",
    "CallOutcome",
    "Case",
    "Correction",
    "Definition",
    "Draft",
    "Effect",
    "Entry",
    "Link",
    "ListFault",
    "ListUpload",
    "Live",
    "Mail",
    "Message",
    "Party",
    "Photo",
    "RoutingRule",
    "SavedView",
    "Series",
    "StoppedNumber",
    "TextMessage",
]
