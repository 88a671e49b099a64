"""Nodes as Turtle (W3C RDF 1.1 Turtle)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from oppidum.interfaces.dcat.nodes import PREFIXES

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
# Signs that may not stand in an IRI (section 6.5, IRIREF).
_IRI = str.maketrans({sign: f"%{ord(sign):02X}" for sign in '<>"{}|^`\\ '})


def to_turtle(nodes: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Prefixes, then a block a node."""
    for prefix, address in PREFIXES.items():
        yield f"@prefix {prefix}: <{address}> .\n"
    for node in nodes:
        yield f"\n{_iri(node['@id'])} {_pairs(node, 1)} .\n"


def _pairs(node: Mapping[str, Any], depth: int) -> str:
    """What is said of a node."""
    pairs = [f"a {node['@type']}"] if "@type" in node else []
    pairs += [
        f"{name} {', '.join(_value(one, depth) for one in values)}" for name, values in node.items() if name[0] != "@" and values
    ]
    return (" ;\n" + "  " * depth).join(pairs)


def _value(one: Mapping[str, Any], depth: int) -> str:
    if "@value" in one:
        quoted = f'"{one["@value"].translate(_ESCAPES)}"'
        return f"{quoted}@{one['@language']}" if "@language" in one else f"{quoted}^^{one['@type']}" if "@type" in one else quoted
    if "@id" in one:
        return _iri(one["@id"])
    return f"[ {_pairs(one, depth + 1)} ]"


def _iri(address: str) -> str:
    return f"<{address.translate(_IRI)}>"
