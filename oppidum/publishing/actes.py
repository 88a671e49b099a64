"""Acts to the prefect by @CTES: the message and its file, laid down for an approved operator, and the receipts that come back.

An operator (tiers de télétransmission) carries a folder's files to the ministry's platform; nothing here claims that it did before its
receipt is read. Names and message follow the protocol ACTES 1.4: for each act

    013-200054807-20270312-DEL_2027_0012-DE-1-1_0.xml     the message (transaction 1, flow 1)
    013-200054807-20270312-DEL_2027_0012-DE-1-1_1.pdf     the act
    013-200054807-20270312-DEL_2027_0012-DE-1-1_2.pdf     its first annex, and so on
    013-200054807-20270312-DEL_2027_0012-DE-1-2_0.xml     the receipt (flow 2), laid into `received/` by the operator

Read in public connectors of the protocol; the ministry's schema itself was not at hand, so an operator's test platform has the last word.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

from django.conf import settings

from oppidum.bodies.matters import DEFAULT
from oppidum.bodies.models import Transmission
from oppidum.bodies.queueing import internal_number, mark_received, nature_of
from oppidum.core import clock
from oppidum.core.errors import Invalid

NAMESPACE = "http://www.interieur.gouv.fr/ACTES#v1.1-20040216"
_RECEIPT = re.compile(r"^(?P<reference>.+)-1-2_0\.xml$")
LONGEST_OBJECT = 500
# What the protocol takes as an annex; an annex of another kind stays with the act.
ENDS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


@dataclass(frozen=True)
class Receipt:
    """What the prefect's platform answers: the reference of the sending, the act's number there, and when it was received."""

    reference: str
    number: str
    at: datetime


class Outbox:
    """The folders that the house shares with the operator: `out/` for what leaves, `received/` for receipts."""

    def __init__(self, folder: Path | None = None):
        self.folder = folder or Path(settings.VAR) / "actes"

    def put(self, one: Transmission) -> None:
        """Lay an act down: first the file, then the message that names it, each whole or not there."""
        out = self.folder / "out"
        out.mkdir(parents=True, exist_ok=True)
        name, file = f"{one.reference}-1-1", one.act.file
        annexes = [
            (f"{name}_{rank}.{ENDS[annex.content_type]}", bytes(annex.content))
            for rank, annex in enumerate((one for one in one.act.annexes.all() if one.content_type in ENDS), start=2)
        ]
        _write(out / f"{name}_1.pdf", bytes(file.alone or file.pdf))
        for filename, content in annexes:
            _write(out / filename, content)
        _write(out / f"{name}_0.xml", message(one, f"{name}_1.pdf", [filename for filename, _content in annexes]))

    def receipts(self) -> Iterator[tuple[Path, Receipt]]:
        """The receipts that came and weren't read yet."""
        folder = self.folder / "received"
        for path in sorted(folder.glob("*-1-2_0.xml")) if folder.exists() else ():
            yield path, read_receipt(path.name, path.read_bytes())

    def take_receipts(self) -> int:
        """Read the receipts; one that answers nothing we sent stays where it is. Returns how many were taken."""
        count = 0
        for path, receipt in self.receipts():
            try:
                mark_received(receipt.reference, receipt.number, receipt.at)
            except Invalid:
                continue
            done = self.folder / "done"
            done.mkdir(exist_ok=True)
            path.replace(done / path.name)
            count += 1
        return count


def message(one: Transmission, filename: str, annexes: Sequence[str] = ()) -> bytes:
    """The message of a sending, as XML; `annexes` are the names of their files."""
    act = one.act
    first, second = (act.matter or DEFAULT).split(".")
    ElementTree.register_namespace("actes", NAMESPACE)
    root = ElementTree.Element(_name("Acte"))
    root.set(_name("Date"), act.decided_on.isoformat())
    root.set(_name("NumeroInterne"), internal_number(act))
    root.set(_name("CodeNatureActe"), str(nature_of(act)[1]))
    for level, code in enumerate((first, second), start=1):
        ElementTree.SubElement(root, _name(f"CodeMatiere{level}")).set(_name("CodeMatiere"), code)
    ElementTree.SubElement(root, _name("Objet")).text = act.title[:LONGEST_OBJECT]
    document = ElementTree.SubElement(root, _name("Document"))
    ElementTree.SubElement(document, _name("NomFichier")).text = filename
    behind = ElementTree.SubElement(root, _name("Annexes"))
    behind.set(_name("Nombre"), str(len(annexes)))
    for annex in annexes:
        ElementTree.SubElement(ElementTree.SubElement(behind, _name("Annexe")), _name("NomFichier")).text = annex
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def read_receipt(filename: str, content: bytes) -> Receipt:
    """The receipt in a file: its name says what it answers. Raises `Invalid` for anything else."""
    found = _RECEIPT.match(filename)
    if found is None or b"<!DOCTYPE" in content:
        raise Invalid(field="receipt")
    try:
        root = ElementTree.fromstring(content)
        day = root.get(_name("DateReception"), "")
        at = clock.midnight(datetime.fromisoformat(day).date()) if day else clock.now()
    except (ElementTree.ParseError, ValueError):
        raise Invalid(field="receipt") from None
    return Receipt(found["reference"], root.get(_name("IDActe"), found["reference"]), at)


def _name(local: str) -> str:
    return f"{{{NAMESPACE}}}{local}"


def _write(path: Path, content: bytes) -> None:
    draft = path.with_suffix(f"{path.suffix}.part")
    draft.write_bytes(content)
    draft.replace(path)
