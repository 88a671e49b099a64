"""The header and the rows of a CSV file, as people save them: UTF-8, UTF-16 or what Excel writes in France; `;`, `,`, tab or `|`."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from oppidum.core.errors import Invalid

LONGEST_CELL = 100_000
UTF8, UTF16, WINDOWS = "UTF-8", "UTF-16", "Windows-1252"
# Beside a row's own columns, in the list of its faulty rows: what is to be mended. Read again, it says nothing.
TO_MEND = "to_mend"
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f]")
# An apostrophe keeps a spreadsheet from taking a cell for a formula; it is none of the cell.
_GUARDED = re.compile(r"'(?=\s*[=+\-@＝＋－＠])")


class ListRefused(Invalid):
    """The file can't be read as a list; the message says what to do instead."""

    code = "list-refused"


@dataclass(frozen=True)
class Row:
    """A row of the file: its number as a spreadsheet shows it (the header is 1), its cells by column, and those beyond the header."""

    number: int
    cells: Mapping[str, str]
    beyond: tuple[str, ...] = ()


@dataclass(frozen=True)
class RowFault:
    """What is wrong in a row: the column, what stood there, and what to do."""

    row: int
    column: str
    value: str
    says: str

    def __str__(self) -> str:
        shown = f" “{self.value[:60]}”" if self.value else ""
        return _("row %(row)d, %(column)s%(value)s: %(says)s") % {
            "row": self.row,
            "column": self.column or "–",
            "value": shown,
            "says": self.says,
        }


@dataclass(frozen=True)
class Table:
    """A file that was read: its header, its rows that hold something, in which letters and with which sign between columns."""

    header: list[str]
    rows: list[Row]
    encoding: str
    sign: str


def read_table(content: bytes) -> Table:
    """The table in the bytes of a file. Raises `ListRefused`."""
    text, encoding = decode(content)
    first = text.partition("\n")[0]
    sign = max(";,\t|", key=first.count)
    csv.field_size_limit(LONGEST_CELL)
    table = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    try:
        header = [name.strip() for name in next(table, [])]
        rows = list(_rows(table, header))
    except csv.Error as error:
        raise ListRefused(
            _(
                "Near line %(line)d the file can't be read (%(error)s): look for a quotation mark that isn't closed, and save it as CSV again."
            )
            % {"line": table.line_num, "error": error}
        ) from None
    return Table(header, rows, encoding, sign)


def decode(content: bytes) -> tuple[str, str]:
    """The text of a file and the letters that it is written in. Raises `ListRefused` for what is no text."""
    if content.startswith(_WORKBOOKS):
        raise ListRefused(
            _("This is a workbook (Excel or LibreOffice): open it and save the sheet as “CSV UTF-8”, then send that file.")
        )
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text, encoding = content.decode("utf-16", "replace"), UTF16
    else:
        try:
            text, encoding = content.decode("utf-8-sig"), UTF8
        except UnicodeDecodeError:
            text, encoding = content.decode("cp1252", "replace"), WINDOWS
    begins = text[:200].lstrip().lower()
    if _NO_TEXT.search(text) or begins.startswith(("%pdf-", "<", "{", "[", "#!")):
        raise ListRefused(_("This is no CSV file. Fill in the empty list, and save it as “CSV UTF-8”."))
    return text, encoding


def _rows(table: Any, header: list[str]) -> Iterator[Row]:
    for number, cells in enumerate(table, start=2):
        if any(cell.strip() for cell in cells):
            read = [_GUARDED.sub("", cell, count=1) if cell.startswith("'") else cell for cell in cells]
            beyond = tuple(cell for cell in read[len(header) :] if cell.strip())
            yield Row(number, dict(zip(header, read, strict=False)), beyond)
