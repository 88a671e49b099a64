"""A service's flow as a picture: Mermaid text for wikis and forges, SVG for pages and paper."""

from oppidum.cases.declaration.graph.mermaid import draw_mermaid
from oppidum.cases.declaration.graph.svg import draw_svg

__all__ = ["draw_mermaid", "draw_svg"]
