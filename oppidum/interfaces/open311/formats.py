"""One answer in two formats: XML as GeoReport v2 draws it, JSON derived from it by the Spark convention.

An answer is plain data: a mapping is an element with children, a list is a container of one kind of children, None is empty.
By the Spark convention a list stands in JSON without its container, even for one child; JSON therefore is the data itself.
"""

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

# The name of the children of each container.
CHILDREN = {
    "services": "service",
    "attributes": "attribute",
    "values": "value",
    "service_requests": "request",
    "errors": "error",
    "endpoints": "endpoint",
    "formats": "format",
    "notes": "note",
    "photos": "photo",
}
CONTENT_TYPES = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}
# What XML 1.0 can't hold, however it is escaped (section 2.2, production Char).
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Document(NamedTuple):
    """An answer: the name of its root element, and its data."""

    root: str
    data: Any
    headers: Mapping[str, str] = {}

    def render(self, format: str) -> bytes:
        """The document in "json" or "xml", as UTF-8. A lone surrogate can't be encoded and becomes a question mark."""
        if format == "json":
            return _encode(self.data).encode("utf-8", "replace")
        parts = ['<?xml version="1.0" encoding="UTF-8"?>\n']
        _write(parts, self.root, self.data)
        return "".join(parts).encode("utf-8", "replace")


def _write(parts: list[str], name: str, value: Any) -> None:
    if value is None or value == "" or value == []:
        parts.append(f"<{name}/>")
    elif isinstance(value, Mapping):
        parts.append(f"<{name}>")
        for child, inner in value.items():
            _write(parts, child, inner)
        parts.append(f"</{name}>")
    elif isinstance(value, list):
        child = CHILDREN[name]
        parts.append(f"<{name}>")
        for inner in value:
            _write(parts, child, inner)
        parts.append(f"</{name}>")
    elif isinstance(value, bool):
        parts.append(f"<{name}>{'true' if value else 'false'}</{name}>")
    else:
        parts.append(f"<{name}>{escape(_FORBIDDEN.sub('', str(value)))}</{name}>")
