"""A flow drawn as SVG: steps are boxes, verbs stand on the lines between them. No script, no style sheet, no outside font.

The picture takes the colour and font of the text around it. Its title and description say in words what it shows; the same words
stand as a list on the service's page (`plain_words.py`), so that nothing is told by the picture alone.
"""

from html import escape
from textwrap import wrap

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oppidum.cases.declaration.flow import BACK, STAY
from oppidum.cases.declaration.graph.layout import Box, Layout, lay_out
from oppidum.cases.declaration.plain_words import plain_steps
from oppidum.cases.declaration.service import Service

LINE, LETTER, MARGIN = 17, 7.4, 16
START = ("start",)


def draw_svg(service: type[Service]) -> str:
    """The steps of `service` and the actions between them, as one `<svg>` element in the current language."""
    verbs = _verbs(service)
    texts = {START: []} | {name: _lines(step.label, 18) for name, step in service.flow.steps.items()}
    texts |= {hub: [line for label in labels for line in _lines(label, 22)] for hub, labels in verbs.items()}
    sizes = {node: _size(node, lines) for node, lines in texts.items()}
    layout = lay_out(sizes, _edges(service, verbs))
    parts = [_line(layout, edge) for edge in layout.lines]
    ends = {name for name, step in service.flow.steps.items() if step.is_end}
    parts += [_node(layout.boxes[node], node, lines, node in ends) for node, lines in texts.items()]
    return _frame(service, layout, parts)


def _verbs(service: type[Service]) -> dict[tuple, list[str]]:
    """The labels on each hub: a hub is a target and those of its sources that lead there by the same verbs."""
    ways: dict[tuple[str, str], list[str]] = {}
    for step in service.flow.steps.values():
        for move in step.moves.values():
            for target in dict.fromkeys(move.targets):
                if target not in (BACK, STAY, step.name):
                    ways.setdefault((step.name, target), []).append(_label(step, move))
    return {("verbs", to, tuple(labels)): labels for (_source, to), labels in ways.items()}


def _label(step, move) -> str:
    if move.action.name != step.then:
        return str(move.action.label)
    late = ngettext("after %(days)d day", "after %(days)d days", step.waits) % {"days": step.waits}
    return f"{move.action.label} ({late})"


def _edges(service: type[Service], verbs: dict) -> list[tuple]:
    steps = service.flow.steps
    first = service.flow.first
    edges = [(START, first)] + [(first, name) for name in dict.fromkeys(service.routing) if name in steps and name != first]
    for name, step in steps.items():
        for hub, labels in verbs.items():
            if name != hub[1] and [_label(step, m) for m in step.moves.values() if hub[1] in m.targets] == labels:
                edges += [(name, hub), (hub, hub[1])]
    return edges


def _lines(label: object, width: int) -> list[str]:
    return wrap(str(label), width) or [""]


def _size(node, lines: list[str]) -> tuple[float, float]:
    if node == START:
        return 14, 14
    wide, padding = max(map(len, lines)) * LETTER, (6, 4) if isinstance(node, tuple) else (26, 18)
    return wide + padding[0], len(lines) * LINE + padding[1]


def _line(layout: Layout, edge: tuple) -> str:
    """A smooth line through its points, from the lower side of one box to the upper side of the next (or back up)."""
    source, target = (layout.boxes[node] for node in edge)
    points = layout.lines[edge]
    way = 1 if points[-1][1] >= points[0][1] else -1
    points = [
        (points[0][0], source.y + way * source.height / 2),
        *points[1:-1],
        (points[-1][0], target.y - way * target.height / 2),
    ]
    path = f"M{points[0][0]:.0f} {points[0][1]:.0f}"
    for (x, y), (to_x, to_y) in zip(points, points[1:], strict=False):
        bend = (to_y - y) / 2
        path += f"C{x:.0f} {y + bend:.0f} {to_x:.0f} {to_y - bend:.0f} {to_x:.0f} {to_y:.0f}"
    marks = "" if isinstance(edge[1], tuple) else ' marker-end="url(#flow-arrow)"'
    dashes = ' stroke-dasharray="5 4"' if way < 0 else ""
    return f'<path d="{path}" fill="none" stroke="currentColor" stroke-opacity=".55"{dashes}{marks}/>'


def _node(box: Box, node, lines: list[str], is_end: bool) -> str:
    if node == START:
        return f'<circle cx="{box.x:.0f}" cy="{box.y:.0f}" r="7" fill="currentColor"/>'
    rows = "".join(
        f'<tspan x="{box.x:.0f}" y="{box.y + (i - (len(lines) - 1) / 2) * LINE + 5:.0f}">{escape(line)}</tspan>'
        for i, line in enumerate(lines)
    )
    if isinstance(node, tuple):
        return f'<text text-anchor="middle" font-size="13" fill="currentColor">{rows}</text>'
    corners = [_corners(box, 0, 1.5)] + ([_corners(box, 3, 1)] if is_end else [])
    return "".join(corners) + f'<text text-anchor="middle" font-weight="600" fill="currentColor">{rows}</text>'


def _corners(box: Box, inset: float, stroke: float) -> str:
    x, y = box.x - box.width / 2 + inset, box.y - box.height / 2 + inset
    size = f'width="{box.width - 2 * inset:.0f}" height="{box.height - 2 * inset:.0f}" rx="{8 - inset}"'
    return f'<rect x="{x:.0f}" y="{y:.0f}" {size} fill="none" stroke="currentColor" stroke-width="{stroke}"/>'


def _frame(service: type[Service], layout: Layout, parts: list[str]) -> str:
    code, width, height = service.code, layout.width + 2 * MARGIN, layout.height + 2 * MARGIN
    told = " ".join(f"{step.label}. {' '.join(step.ways)}" for step in plain_steps(service))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}" '
        f'role="img" aria-labelledby="flow-title-{code} flow-desc-{code}" font-family="inherit" font-size="14">'
        f'<title id="flow-title-{code}">{escape(_("Steps of “%(service)s”") % {"service": service.name})}</title>'
        f'<desc id="flow-desc-{code}">{escape(told)}</desc>'
        '<defs><marker id="flow-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path d="M0 0L8 4L0 8z" fill="currentColor"/></marker></defs>'
        f'<g transform="translate({MARGIN} {MARGIN})">{"".join(parts)}</g></svg>\n'
    )
