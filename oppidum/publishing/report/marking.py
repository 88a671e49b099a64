"""From a chapter's Markdown to blocks: CommonMark without HTML and images, with figures by name and directives.

    In {metro-lines} lines, **{metro-trips:value}** trips were made.
    ::: key metro-lines metro-trips
    ::: theme metro

`{NAME}` is the value with its unit, `{NAME:value}` the number alone, `{NAME:about}` the value and how exact it is, `{NAME:label}` what
it counts, `{NAME:period}` its period, `{NAME:change}` how it moved from the year before. `{"35"}` is a number that its author typed
and answers for.
"""

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.tree import SyntaxTreeNode

from oppidum.publishing.report.tree import (
    Block,
    Break,
    Directive,
    FigureName,
    Heading,
    Inline,
    Link,
    Listing,
    Paragraph,
    Quote,
    Span,
    Text,
)

FORMS = ("said", "value", "about", "label", "period", "change")
TYPED = "typed"  # the form of a number that its author answers for; `name` is the number
_NAME = re.compile(r"\{\s*([a-z0-9]+(?:-[a-z0-9]+)*)\s*(?::\s*([a-z]+)\s*)?\}")
_TYPED = re.compile(r'\{"([^"{}\n]{1,60})"\}')
_DIRECTIVE = re.compile(r"^:::\s*([a-z]+)((?:\s+[a-z0-9-]+)*)\s*$")


def read(text: str) -> tuple[Block, ...]:
    """The blocks of a text, in order."""
    tree = SyntaxTreeNode(_parser().parse(text.replace("\r\n", "\n")))
    return tuple(block for node in tree.children for block in _blocks(node))


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": False})
    parser.disable(["image", "html_inline", "html_block", "code", "fence", "backticks", "autolink"])
    parser.inline.ruler.before("text", "figure", _figure_rule)
    parser.block.ruler.before("paragraph", "directive", _directive_rule, {"alt": ["paragraph", "list", "blockquote"]})
    # Plain text ends where a figure may begin.
    parser.inline.ruler.at("text", _text_rule)
    return parser


_STOPS = frozenset("\n!#$%&*+-:<=>@[\\]^_`{}~")


def _text_rule(state: StateInline, silent: bool) -> bool:
    """Plain characters up to the next one that may mean something."""
    end = state.pos
    while end < state.posMax and state.src[end] not in _STOPS:
        end += 1
    if end == state.pos:
        return False
    if not silent:
        state.pending += state.src[state.pos : end]
    state.pos = end
    return True


def _figure_rule(state: StateInline, silent: bool) -> bool:
    """`{name}`, `{name:form}` or `{"35"}`."""
    if state.src[state.pos] != "{":
        return False
    named, typed = _NAME.match(state.src, state.pos), _TYPED.match(state.src, state.pos)
    found = named or typed
    if not found:
        return False
    if not silent:
        token = state.push("figure", "", 0)
        token.meta = {"name": found[1], "form": (named[2] or "said") if named else TYPED}
        token.content = state.src[: state.pos]
    state.pos = found.end()
    return True


def _directive_rule(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """A line `::: what names`."""
    begin, stop = state.bMarks[start] + state.tShift[start], state.eMarks[start]
    found = _DIRECTIVE.match(state.src[begin:stop])
    if not found:
        return False
    if not silent:
        token = state.push("directive", "", 0)
        token.meta = {"what": found[1], "names": tuple(found[2].split())}
        token.map = [start, start + 1]
        state.line = start + 1
    return True


def _blocks(node: SyntaxTreeNode) -> list[Block]:
    match node.type:
        case "paragraph":
            return [Paragraph(_inlines(node))]
        case "heading":
            return [Heading(int(node.tag[1]), _inlines(node))]
        case "bullet_list" | "ordered_list":
            items = tuple(tuple(block for child in item.children for block in _blocks(child)) for item in node.children)
            return [Listing(items, node.type == "ordered_list")]
        case "blockquote":
            return [Quote(tuple(block for child in node.children for block in _blocks(child)))]
        case "directive":
            return [Directive(node.meta["what"], node.meta["names"], node.map[0] + 1 if node.map else 0)]
    return []


def _inlines(node: SyntaxTreeNode) -> tuple[Inline, ...]:
    first = node.map[0] + 1 if node.map else 0
    return tuple(one for inline in node.children for child in inline.children for one in _inline(child, first))


def _inline(node: SyntaxTreeNode, first: int) -> list[Inline]:
    match node.type:
        case "text":
            return [Text(node.content)] if node.content else []
        case "softbreak":
            return [Text(" ")]
        case "hardbreak":
            return [Break()]
        case "figure":
            line = first + node.content.count("\n")
            return [FigureName(node.meta["name"], node.meta["form"], line)]
        case "strong" | "em":
            inside = tuple(one for child in node.children for one in _inline(child, first))
            return [Span("strong" if node.type == "strong" else "emphasis", inside)]
        case "link":
            inside = tuple(one for child in node.children for one in _inline(child, first))
            return [Link(str(node.attrs["href"]), inside)]
    return [Text(node.content)] if node.content else []
