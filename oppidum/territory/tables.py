"""Read the tables that town halls and the national address base publish: CSV in any of their dialects.

Comma, semicolon or tab; UTF-8 or Windows-1252; gzip or not; columns under any of their usual names.
"""

import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path

from oppidum.core.errors import Refusal

# What a damaged or disguised file raises while it is read.
UNREADABLE = (csv.Error, UnicodeDecodeError, EOFError, OSError, zlib.error)


class Unreadable(Refusal):
    """The file is not what it should be; the message says what was expected."""

    code = "unreadable-file"


def open_text(path: Path) -> io.TextIOBase:
    """The file as text, unpacked and decoded."""
    if not path.is_file():
        raise Unreadable(f"There is no file {path}.")
    with path.open("rb") as raw:
        start = raw.read(4)
    packed = start[:2] == b"\x1f\x8b"
    if start[:4] == b"PK\x03\x04":
        raise Unreadable(f"{path.name} is a zip archive (or a spreadsheet): unpack it, or save it as CSV.")
    return io.TextIOWrapper(gzip.open(path) if packed else path.open("rb"), encoding=_encoding(path, packed), newline="")


def read_rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV with their line numbers; names of columns in lower case."""
    csv.field_size_limit(1 << 20)
    line = 1
    try:
        with open_text(path) as text:
            head = text.readline()
            if not head.strip():
                raise Unreadable(f"{path.name} is empty.")
            delimiter = max(";,\t|", key=head.count)
            columns = [plain(name).lower() for name in next(csv.reader([head], delimiter=delimiter))]
            reader = csv.reader(text, delimiter=delimiter)
            for values in reader:
                line = reader.line_num + 1
                if values:
                    yield line, {key: plain(value) for key, value in zip(columns, values, strict=False)}
    except UNREADABLE as error:
        raise Unreadable(f"{path.name} can't be read as a CSV, near line {line}: {error}.") from error


def plain(text: str) -> str:
    """The text on one line, without what the database can't hold (control characters, halves of characters)."""
    if text.isprintable():
        return " ".join(text.split())
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _encoding(path: Path, packed: bool) -> str:
    """UTF-8 unless the beginning of the file can't be that."""
    with gzip.open(path) if packed else path.open("rb") as raw:
        try:
            sample = raw.read(1 << 20)
        except UNREADABLE as error:
            raise Unreadable(f"{path.name} is damaged: {error}.") from error
    try:
        # The sample may end inside a letter of up to four bytes.
        sample[: sample.rfind(b"\n") + 1 or None].decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"
