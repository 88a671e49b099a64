"""The typed fields of a form: what a question accepts, said once for page, API, phone desk and bulk import.

A field's identity is the name that it has in the declaration, for ever. An answer is *unasked* (its condition does not hold), *empty* or
*given*; only given answers are kept. `clean` turns what came in (text from a page, JSON from an API) into the value that is stored,
always plain JSON; it raises `Invalid` with a sentence that says what to do.
"""

from oppidum.cases.declaration.fields.base import Condition, Field, Fields, answered, is_empty
from oppidum.cases.declaration.fields.days import Day, Period, days_in_words
from oppidum.cases.declaration.fields.describing import describe_form, labels_of
from oppidum.cases.declaration.fields.files import DOCUMENTS, PAPERS, PDF, PICTURES, SHEETS, Files
from oppidum.cases.declaration.fields.flat import columns_of, nest, nest_row, unknown_columns
from oppidum.cases.declaration.fields.forms import Form, Page, Survey, clean_form, clean_page, pages_of, survey
from oppidum.cases.declaration.fields.items import Computed, Items, Statement
from oppidum.cases.declaration.fields.moments import Moment
from oppidum.cases.declaration.fields.numbers import Money, Number
from oppidum.cases.declaration.fields.persons import Contact, Party
from oppidum.cases.declaration.fields.places import Address, AssetPick, Place
from oppidum.cases.declaration.fields.words import Choice, Reference, Text, YesNo

__all__ = [
    "DOCUMENTS",
    "PAPERS",
    "PDF",
    "PICTURES",
    "SHEETS",
    "Address",
    "AssetPick",
    "Choice",
    "Computed",
    "Condition",
    "Contact",
    "Day",
    "Field",
    "Fields",
    "Files",
    "Form",
    "Items",
    "Moment",
    "Money",
    "Number",
    "Page",
    "Party",
    "Period",
    "Place",
    "Reference",
    "Statement",
    "Survey",
    "Text",
    "YesNo",
    "answered",
    "clean_form",
    "clean_page",
    "columns_of",
    "days_in_words",
    "describe_form",
    "is_empty",
    "labels_of",
    "nest",
    "nest_row",
    "pages_of",
    "survey",
    "unknown_columns",
]
