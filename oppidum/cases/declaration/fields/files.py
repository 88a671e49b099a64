"""Questions answered by files: papers, plans, photographs.

A file is sent first and kept by `cases/files/attachments.py`, which gives a token; the answer names tokens. What stands behind a token
(name, type, size) is looked up by the engine and written over whatever came in, before the answer is cleaned.
"""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from oppidum.cases.declaration.fields.base import Field
from oppidum.core.errors import Invalid

PDF = ("pdf",)
PICTURES = ("jpeg", "png", "webp")
PAPERS = PDF + PICTURES
DOCUMENTS = PAPERS + ("odt", "docx")
SHEETS = ("ods", "xlsx", "csv")
# The content type of each kind of file, and what people call it.
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "odt": "application/vnd.oasis.opendocument.text",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}
NAMES = {
    "jpeg": "JPEG",
    "png": "PNG",
    "webp": "WebP",
    "pdf": "PDF",
    "csv": "CSV",
    "odt": "ODT",
    "ods": "ODS",
    "docx": "DOCX",
    "xlsx": "XLSX",
}
MEGABYTE = 1024 * 1024


def name_kinds(accept: tuple[str, ...]) -> str:
    """ "PDF, JPEG, PNG": for people."""
    return ", ".join(NAMES[kind] for kind in accept)


@dataclass(frozen=True)
class Files(Field):
    """Between `least` and `most` files of the kinds `accept`, each of at most `largest_mb` megabytes; kept as a list of
    `{token, name, type, bytes}`. `least` counts once any is given; make the question `required` for one at least."""

    _: KW_ONLY
    accept: tuple[str, ...] = PAPERS
    least: int = 1
    most: int = 5
    largest_mb: int = 10
    private: bool = True
    kind: ClassVar[str] = "files"
    owed: ClassVar[Any] = _("Add a file: it is needed to go on.")

    def clean(self, raw, today):
        given = [one for one in (raw if isinstance(raw, list | tuple) else [raw]) if one]
        files: dict[str, dict[str, Any]] = {}
        for one in given:
            file = self._check(one)
            files[file["token"]] = file
        if len(files) > self.most:
            raise Invalid(
                ngettext_lazy("At most %(most)d file fits here.", "At most %(most)d files fit here.", self.most)
                % {"most": self.most}
            )
        if len(files) < self.least:
            raise Invalid(
                ngettext_lazy("At least %(least)d file is expected.", "At least %(least)d files are expected.", self.least)
                % {"least": self.least}
            )
        return list(files.values())

    def _check(self, one: Any) -> dict[str, Any]:
        if isinstance(one, Mapping) and one.get("harmful"):
            raise Invalid(
                _("“%(name)s” holds a harmful program: it was put aside, nobody can open it. Send the document again, without it.")
                % {"name": str(one.get("name") or "")}
            )
        if not isinstance(one, Mapping) or not one.get("type"):
            raise Invalid(_("This file was not found: it may have been sent too long ago. Send it again."))
        name = str(one.get("name") or "")
        if one["type"] not in {CONTENT_TYPES[kind] for kind in self.accept}:
            raise Invalid(
                _("“%(name)s” is of a kind that we can't take here. Send it as %(kinds)s.")
                % {"name": name, "kinds": name_kinds(self.accept)}
            )
        if one["bytes"] > self.largest_mb * MEGABYTE:
            raise Invalid(_("“%(name)s” is too heavy: at most %(size)d MB.") % {"name": name, "size": self.largest_mb})
        return {"token": str(one["token"]), "name": name, "type": one["type"], "bytes": int(one["bytes"])}

    def show(self, value):
        return ", ".join(one["name"] for one in value)

    def fact_of(self, value):
        return len(value)
