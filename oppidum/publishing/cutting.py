"""Papers cut out of the file that they were set in, each with its own tags.

A tagged PDF (ISO 32000-1, 14.7) has one tree of structure for all its pages, and a table that leads from what is marked on a page to
its place in the tree. A paper that is cut out takes along the branches of its own pages, and nothing of the others: their text
would follow otherwise.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

from oppidum.publishing.typesetting import Typeset, typeset

PageId = tuple[int, int]


def set_and_cut(papers: Sequence[tuple[Mapping[str, Any], str, str]]) -> tuple[Typeset, list[bytes]] | Exception:
    """A chunk of papers (data, title, language) set in one file, and each cut out of it; the error, where one stopped it.

    It touches no database and needs no Django: it runs in a process of its own, one on each core.
    """
    try:
        whole = typeset([data for data, _, _ in papers])
        return whole, cut_all(whole, [(title, language) for _, title, language in papers])
    except Exception as error:  # whatever it is, it concerns this chunk alone: told on the run's page
        return RuntimeError(f"{type(error).__name__}: {error}"[:2000])


def cut_all(whole: Typeset, titles: Sequence[tuple[str, str]]) -> list[bytes]:
    """Each paper of the file as a file of its own; `titles` gives the title and the language of each."""
    with pikepdf.open(io.BytesIO(whole.pdf)) as source:
        branches = _branches(source, whole)
        return [_cut(source, whole.span(n), branches[n], *titles[n]) for n in range(len(titles))]


def _branches(source: pikepdf.Pdf, whole: Typeset) -> list[list[Object]]:
    """The branches of the tree that belong to each paper: those under the document's root, by the page of their first mark."""
    ids = [page.obj.objgen for page in source.pages]
    paper_of: dict[PageId, int] = {}
    for n in range(len(whole.starts)):
        first, pages = whole.span(n)
        paper_of |= dict.fromkeys(ids[first : first + pages], n)
    found: list[list[Object]] = [[] for _ in whole.starts]
    for branch in source.Root.StructTreeRoot.K[0].K:
        page = next(_pages_of(branch), None)
        if page is not None:
            found[paper_of[page]].append(branch)
    return found


def _pages_of(branch: Any) -> Iterator[PageId]:
    if isinstance(branch, Dictionary):
        if "/Pg" in branch:
            yield branch.Pg.objgen
        for kid in _kids(branch):
            yield from _pages_of(kid)


def _kids(element: Object) -> Iterator[Any]:
    held = element.get("/K")
    if held is not None:
        yield from held if isinstance(held, Array) else (held,)


def _cut(source: pikepdf.Pdf, span: tuple[int, int], branches: Sequence[Object], title: str, language: str) -> bytes:
    first, pages = span
    with pikepdf.new() as paper:
        paper.pages.extend(source.pages[first : first + pages])
        ids = [page.obj.objgen for page in source.pages[first : first + pages]]
        tree = _Tree(paper, dict(zip(ids, (page.obj for page in paper.pages), strict=True)))
        tree.plant(branches)
        paper.Root.MarkInfo = Dictionary(Marked=True)
        paper.Root.Lang = String(language)
        paper.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        with paper.open_metadata(set_pikepdf_as_editor=False) as told:
            told["dc:title"] = title
            told["pdfuaid:part"] = "1"
        out = io.BytesIO()
        paper.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


@dataclass
class _Tree:
    """The structure of a paper, planted anew: elements copied with their pages, and the table from marks to elements."""

    paper: pikepdf.Pdf
    pages: dict[PageId, Object]
    marks: dict[PageId, dict[int, Object]] = field(default_factory=dict)

    def plant(self, branches: Sequence[Object]) -> None:
        root = self.paper.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        document = self.paper.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root))
        document.K = Array([self._copy(branch, document, None) for branch in branches])
        root.K = Array([document])
        root.RoleMap = Dictionary(
            {"/Datetime": Name.Span, "/Terms": Name.Part, "/Title": Name.P, "/Strong": Name.Span, "/Em": Name.Span}
        )
        table = Array()
        for number, (page_id, page) in enumerate(self.pages.items()):
            page.StructParents = number
            page.Tabs = Name.S
            marked = self.marks.get(page_id, {})
            table.extend([number, Array([marked.get(n, None) for n in range(max(marked, default=-1) + 1)])])
        root.ParentTree = Dictionary(Nums=table)
        root.ParentTreeNextKey = len(self.pages)
        self.paper.Root.StructTreeRoot = root

    def _copy(self, element: Object, parent: Object, page: PageId | None) -> Object:
        page = element.Pg.objgen if "/Pg" in element else page
        new = self.paper.make_indirect(Dictionary(Type=Name.StructElem, S=element.S, P=parent))
        if "/Pg" in element:
            new.Pg = self.pages[page]
        for key in ("/A", "/T", "/Alt", "/ActualText", "/Lang", "/ID"):
            if key in element:
                new[key] = _plain(element[key])
        new.K = Array([self._kid(kid, new, page) for kid in _kids(element)])
        return new

    def _kid(self, kid: Any, parent: Object, page: PageId | None) -> Any:
        if isinstance(kid, Dictionary) and kid.get("/Type") == Name.StructElem:
            return self._copy(kid, parent, page)
        if isinstance(kid, Dictionary):
            page, mark = kid.Pg.objgen if "/Pg" in kid else page, int(kid.MCID)
            self.marks.setdefault(page, {})[mark] = parent
            return Dictionary(Type=Name.MCR, Pg=self.pages[page], MCID=mark)
        self.marks.setdefault(page, {})[int(kid)] = parent
        return int(kid)


def _plain(value: Any) -> Any:
    """A direct copy of a value that refers to nothing."""
    if isinstance(value, Array):
        return Array([_plain(one) for one in value])
    if isinstance(value, Dictionary):
        return Dictionary({key: _plain(one) for key, one in value.items()})
    return value
