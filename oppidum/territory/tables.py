"""Read the tables that town halls and the national address base publish: CSV in any of their dialects.

Comma, semicolon or tab; UTF-8 or Windows-1252; gzip or not; columns under any of their usual names.
"""

import csv
import gzip
import io
from collections.abc import Iterator
from pathlib import Path

from oppidum.core.errors import Refusal

_MOST_BYTES = 4 << 30


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
    with open_text(path) as text:
        head = text.readline()
        if not head.strip():
            raise Unreadable(f"{path.name} is empty.")
        delimiter = max(";,\t|", key=head.count)
        columns = [name.strip().lower() for name in next(csv.reader([head], delimiter=delimiter))]
        reader = csv.reader(text, delimiter=delimiter)
        try:
            for values in reader:
                if values:
                    yield reader.line_num + 1, dict(zip(columns, values, strict=False))
        except (csv.Error, UnicodeDecodeError, EOFError, gzip.BadGzipFile) as error:
            raise Unreadable(f"{path.name}, line {reader.line_num + 1}: {error}.") from error


def _encoding(path: Path, packed: bool) -> str:
    """UTF-8 unless the beginning of the file can't be that."""
    with gzip.open(path) if packed else path.open("rb") as raw:
        sample = raw.read(1 << 20)
    try:
        # The sample may end inside a letter of up to four bytes.
        sample[: sample.rfind(b"\n") + 1 or None].decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"
