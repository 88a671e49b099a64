"""The language in which public services are declared."""

from oppidum.cases.declaration.fields import (
    Choice,
    Condition,
    Day,
    Field,
    Number,
    Reference,
    Text,
    YesNo,
    answered,
    clean_form,
    days_in_words,
)
from oppidum.cases.declaration.flow import BACK, STAY, Action, Flow, Move, Step, end, step
from oppidum.cases.declaration.registry import catalogue, definition_version, get_service
from oppidum.cases.declaration.service import (
    Category,
    Danger,
    DefinitionError,
    Group,
    LegalClock,
    Notice,
    Service,
    StandardAnswer,
)

__all__ = [
    "BACK", "STAY", "Action", "Category", "Choice", "Condition", "Danger", "Day", "DefinitionError", "Field", "Flow",
    "Group", "LegalClock", "Move", "Notice", "Number", "Reference", "Service", "StandardAnswer", "Step", "Text", "YesNo",
    "answered", "catalogue", "clean_form", "days_in_words", "definition_version", "end", "get_service", "step",
]
