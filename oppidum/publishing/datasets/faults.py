"""What is wrong with a file, and how to mend it: plain data that is kept, and its words in the reader's language."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Fault = Mapping[str, Any]


class Told(NamedTuple):
    """Where, what is wrong, what to do."""

    where: str
    says: str
    remedy: str


def tell(fault: Fault) -> Told:
    """A fault in words."""
    says, remedy = _words(fault)
    return Told(where_of(fault), says, remedy)


def where_of(fault: Fault) -> str:
    """ "row 12, column date"."""
    row, column = fault.get("row"), fault.get("column")
    if row and column:
        return _("row %(row)s, column %(column)s") % {"row": row, "column": column}
    if row:
        return _("row %(row)s") % {"row": row}
    return _("column %(column)s") % {"column": column} if column else _("whole file")


def _words(fault: Fault) -> tuple[str, str]:
    found = _FILE.get(fault["code"]) or _CONSTRAINTS.get(fault["code"])
    if fault["code"] == "type":
        return _("“%(value)s” is not of the type %(type)s.") % fault, _type_remedy(fault)
    if fault["code"] == "small-group":
        says = ngettext("A group of %(n)s person: %(value)s.", "A group of %(n)s persons: %(value)s.", fault["n"]) % fault
        return says, _("Coarsen these columns or suppress small groups in the declaration: %(k)s persons at least.") % fault
    if found is None:
        return str(fault.get("detail") or fault["code"]), ""
    says, remedy = found()
    return says % fault, remedy % fault


def _type_remedy(fault: Fault) -> str:
    remedies = {
        "date": _("Write the date as year-month-day: 2027-03-12."),
        "datetime": _("Write the instant as 2027-03-12T10:20:00+01:00."),
        "integer": _("Write a whole number in figures alone: 1234."),
        "number": _("Write the number with a point and without spaces: 1234.5."),
        "boolean": _("Write true or false (or 1 or 0)."),
        "year": _("Write the year in four figures: 2027."),
        "yearmonth": _("Write year and month: 2027-03."),
        "geopoint": _("Write longitude and latitude between brackets: [5.37, 43.29]."),
        "geojson": _("Write a geometry of GeoJSON (RFC 7946)."),
        "array": _("Write a list between brackets: [1, 2]."),
    }
    if fault.get("type") == "string" and fault.get("format") in ("email", "uri"):
        return (
            _("Write a whole e-mail address.")
            if fault["format"] == "email"
            else _("Write a whole address that begins with https://.")
        )
    return remedies.get(fault.get("type", ""), _("Correct the value as the schema says."))


# Texts are functions, so that they are said in the language of who reads.
_CONSTRAINTS = {
    "required": lambda: (_("The cell is empty, and a value is required."), _("Fill in the cell.")),
    "pattern": lambda: (
        _("“%(value)s” doesn't have the form %(limit)s."),
        _("Correct the value; leading zeros must stay, so keep the column as text."),
    ),
    "enum": lambda: (_("“%(value)s” is none of the values allowed."), _("Take one of: %(limit)s.")),
    "minimum": lambda: (_("%(value)s is less than %(limit)s."), _("Correct the value.")),
    "maximum": lambda: (_("%(value)s is more than %(limit)s."), _("Correct the value.")),
    "minLength": lambda: (_("“%(value)s” is shorter than %(limit)s characters."), _("Complete the value.")),
    "maxLength": lambda: (_("“%(value)s” is longer than %(limit)s characters."), _("Shorten the text.")),
    "unique": lambda: (_("“%(value)s” stands in another row too."), _("Keep one of the rows, or correct the value.")),
}
_FILE = {
    "key": lambda: (_("The key “%(value)s” stands in another row too."), _("Keep one of the rows, or correct the key.")),
    "missing-column": lambda: (_("The column is missing."), _("Add the column “%(column)s”, with exactly this name.")),
    "extra-column": lambda: (_("The schema knows no such column."), _("Remove the column, or correct its name.")),
    "wrong-column": lambda: (
        _("Here the schema expects “%(limit)s”."),
        _("Name the columns as the schema does, small and capital letters too."),
    ),
    "double-column": lambda: (_("Two columns have this name."), _("Remove one of them.")),
    "missing-cell": lambda: (_("The row ends before this column."), _("Fill up the row with separators.")),
    "extra-cell": lambda: (_("The row has more cells than there are columns."), _("Put a text that holds a separator in quotes.")),
    "blank-row": lambda: (_("The row is empty."), _("Remove the row.")),
    "blank-header": lambda: (_("A column has no name."), _("Name it, or remove it.")),
    "encoding": lambda: (_("The file is not in UTF-8."), _("Save it as CSV with the encoding UTF-8.")),
    "empty": lambda: (_("The file holds no table."), _("Export the table again, with its header.")),
    "unreadable": lambda: (_("The file can't be read: %(detail)s"), _("Export it again from where it comes from.")),
    "schema": lambda: (_("The schema itself can't be used: %(detail)s"), _("Take the schema from its registry again.")),
    "swapped": lambda: (
        _("%(value)s: latitude and longitude are swapped."),
        _("Write the longitude first: [5.37, 43.29] is in Marseille."),
    ),
    "json": lambda: (_("%(detail)s"), _("Correct this part as the schema says.")),
    "no-rows": lambda: (_("There is no row to publish yet."), _("Nothing to do: it is looked at again by itself.")),
    "source-brings": lambda: (
        _("The source brings a column that is not declared."),
        _("Declare it in columns=, or remove it with Drop in personal=."),
    ),
    "source-lacks": lambda: (_("The source doesn't bring this column."), _("Correct the source or the declaration.")),
    "failed": lambda: (_("The publication failed: %(detail)s"), _("Tell who runs the system; the next night it is tried again.")),
}
