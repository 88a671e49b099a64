"""Where boxes and lines go: a small layered layout (Sugiyama, Tagawa, Toda 1981) for graphs of a few dozen nodes.

Cycles are broken, nodes ranked by the longest way to them, long lines led through the ranks between, ranks ordered by barycentre,
and nodes moved towards their neighbours. Lines into one node share their way, so that many sources read as one bundle.
Lengths are in pixels of a text of 14 px. Deterministic.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

GAP, RANK_GAP, SWEEPS = 22, 34, 12
Node = object  # whatever can stand in a dictionary


@dataclass(frozen=True)
class Box:
    """A placed node: its centre, width and height."""

    x: float
    y: float
    width: float
    height: float


@dataclass
class Layout:
    """Boxes by node, lines as points from source to target, and the size of the whole."""

    boxes: dict[Node, Box] = field(default_factory=dict)
    lines: dict[tuple[Node, Node], list[tuple[float, float]]] = field(default_factory=dict)
    width: float = 0
    height: float = 0


def lay_out(sizes: Mapping[Node, tuple[float, float]], edges: Iterable[tuple[Node, Node]]) -> Layout:
    """Place the nodes of `sizes` (width, height), the first on top, and lead each edge between them."""
    edges = [edge for edge in dict.fromkeys(edges) if edge[0] != edge[1]]  # What leads to itself is told, not drawn.
    down = _without_cycles(list(sizes), edges)
    ranks = _rank(list(sizes), [pair for pair, _ in down])
    ways, links = _through_ranks(down, ranks)
    rows = _order(ranks, links)
    xs = _spread(rows, links, {node: sizes.get(node, (2, 2))[0] for node in ranks})
    return _place(sizes, rows, xs, dict(zip(edges, ways, strict=True)))


def _without_cycles(nodes: list[Node], edges: list[tuple[Node, Node]]) -> list[tuple[tuple[Node, Node], bool]]:
    """Each edge turned downwards, and whether it was turned: one that closes a cycle on the way from the first node is."""
    leads: dict[Node, list[Node]] = {node: [] for node in nodes}
    for source, target in edges:
        leads[source].append(target)
    state: dict[Node, int] = {}
    turned: set[tuple[Node, Node]] = set()
    for start in nodes:
        todo = [(start, iter(leads[start]))] if start not in state else []
        state.setdefault(start, 1)
        while todo:
            node, rest = todo[-1]
            target = next(rest, None)
            if target is None:
                state[node] = 2
                todo.pop()
            elif state.get(target) == 1:
                turned.add((node, target))
            elif target not in state:
                state[target] = 1
                todo.append((target, iter(leads[target])))
    return [((t, s), True) if (s, t) in turned else ((s, t), False) for s, t in edges]


def _rank(nodes: list[Node], down: list[tuple[Node, Node]]) -> dict[Node, int]:
    """The longest way from a source; a graph without cycles settles in as many passes as it has nodes."""
    ranks = dict.fromkeys(nodes, 0)
    for _ in nodes:
        moved = False
        for source, target in down:
            if source != target and ranks[target] <= ranks[source]:
                ranks[target] = ranks[source] + 1
                moved = True
        if not moved:
            break
    return ranks


def _through_ranks(down, ranks) -> tuple[list[list[Node]], set[tuple[Node, Node]]]:
    """For each edge the nodes that it passes, source to target; invisible ones are added to `ranks`, shared by what has one target."""
    ways, links = [], set()
    for (source, target), turned in down:
        way = [source]
        for rank in range(ranks[source] + 1, ranks[target]):
            between = ("way", target, rank)
            ranks.setdefault(between, rank)
            way.append(between)
        way.append(target)
        links |= set(zip(way, way[1:], strict=False))
        ways.append(way[::-1] if turned else way)
    return ways, links


def _order(ranks: dict[Node, int], links: set[tuple[Node, Node]]) -> list[list[Node]]:
    """Rows of nodes, left to right; each sweep orders a row by the mean place of its neighbours in the row before."""
    rows: list[list[Node]] = [[] for _ in range(max(ranks.values(), default=0) + 1)]
    for node, rank in ranks.items():
        rows[rank].append(node)
    above, below = _neighbours(links)
    best, fewest = [list(row) for row in rows], _crossings(rows, below)
    for sweep in range(SWEEPS):
        downwards = sweep % 2 == 0
        for row in rows if downwards else reversed(rows):
            near = above if downwards else below
            place = {node: i for each in rows for i, node in enumerate(each)}
            row.sort(key=lambda n: sum(place[m] for m in near[n]) / len(near[n]) if near.get(n) else place[n])  # noqa: B023
        if (crossings := _crossings(rows, below)) < fewest:
            best, fewest = [list(row) for row in rows], crossings
    return best


def _neighbours(links: set[tuple[Node, Node]]) -> tuple[dict[Node, list[Node]], dict[Node, list[Node]]]:
    above, below = {}, {}
    for source, target in sorted(links, key=str):
        above.setdefault(target, []).append(source)
        below.setdefault(source, []).append(target)
    return above, below


def _crossings(rows: list[list[Node]], below: Mapping[Node, list[Node]]) -> int:
    count = 0
    for upper, lower in zip(rows, rows[1:], strict=False):
        place = {node: i for i, node in enumerate(lower)}
        ends = [place[t] for node in upper for t in sorted(below.get(node, ()), key=place.__getitem__)]
        count += sum(a > b for i, a in enumerate(ends) for b in ends[i + 1 :])
    return count


def _spread(rows: list[list[Node]], links: set[tuple[Node, Node]], widths: Mapping[Node, float]) -> dict[Node, float]:
    """Each node's x: side by side at first, then again and again towards the mean of its neighbours, as far as the row lets it."""
    above, below = _neighbours(links)
    xs: dict[Node, float] = {}
    for row in rows:
        x = -sum(widths[node] + GAP for node in row) / 2
        for node in row:
            xs[node] = x + widths[node] / 2
            x += widths[node] + GAP
    for sweep in range(SWEEPS):
        near = (above, below)[sweep % 2]
        for row in rows if sweep % 2 == 0 else reversed(rows):
            wished = [sum(xs[m] for m in near[n]) / len(near[n]) if near.get(n) else xs[n] for n in row]
            xs.update(zip(row, _without_overlap(wished, [widths[n] for n in row]), strict=True))
    return xs


def _without_overlap(wished: list[float], widths: list[float]) -> list[float]:
    """The places nearest to those wished at which boxes keep their gap: neighbours that clash share what they would move."""
    offsets, total = [], 0.0
    for i, width in enumerate(widths):
        total += (widths[i - 1] + width) / 2 + GAP if i else 0
        offsets.append(total)
    blocks: list[list[float]] = []  # [sum of wishes, count]: pool adjacent violators
    for wish, offset in zip(wished, offsets, strict=True):
        blocks.append([wish - offset, 1])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            total_wish, count = blocks.pop()
            blocks[-1][0] += total_wish
            blocks[-1][1] += count
    bases = [block[0] / block[1] for block in blocks for _ in range(int(block[1]))]
    return [base + offset for base, offset in zip(bases, offsets, strict=True)]


def _place(sizes, rows, xs, ways) -> Layout:
    """Rows below one another, everything moved into the picture."""
    layout, ys, y = Layout(), {}, 0.0
    for row in rows:
        tall = max((sizes.get(node, (0, 0))[1] for node in row), default=0)
        ys.update(dict.fromkeys(row, y + tall / 2))
        y += tall + RANK_GAP
    left = min(xs[node] - sizes.get(node, (0, 0))[0] / 2 for node in xs)
    right = max(xs[node] + sizes.get(node, (0, 0))[0] / 2 for node in xs)
    layout.width, layout.height = right - left, y - RANK_GAP
    layout.boxes = {node: Box(xs[node] - left, ys[node], *size) for node, size in sizes.items()}
    layout.lines = {edge: [(xs[node] - left, ys[node]) for node in way] for edge, way in ways.items()}
    return layout
