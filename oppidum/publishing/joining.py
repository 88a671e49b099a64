"""Papers joined into one PDF that keeps their tags: an act with its annexes behind it.

A tagged annex brings its structure tree: it becomes a part (`Part`, titled with the annex's name) of the whole's tree, and the numbers by which
its pages and its marks on them are found are moved behind those that are there (ISO 32000-1, 14.7.4). An annex without tags is joined all
the same; the whole then no longer claims to be PDF/UA, for it isn't.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String


@dataclass(frozen=True)
class Part:
    """A paper to join: its title for the outline and the tree, and its PDF."""

    title: str
    pdf: bytes


def count_pages(pdf: bytes) -> int:
    """How many pages; 0 for one that can't be read (broken, or locked by a password)."""
    try:
        with pikepdf.open(io.BytesIO(pdf)) as found:
            return len(found.pages)
    except (pikepdf.PdfError, pikepdf.PasswordError):
        return 0


def join(first: bytes, parts: Sequence[Part]) -> bytes:
    """`first` with the pages of the parts behind it, in order. The same bytes for the same papers."""
    with pikepdf.open(io.BytesIO(first)) as whole:
        tagged, begins = True, []
        for part in parts:
            with pikepdf.open(io.BytesIO(part.pdf)) as annex:
                begins.append((part.title, len(whole.pages)))
                tagged &= _append(whole, annex, part.title)
        with whole.open_outline() as outline:
            outline.root.extend(OutlineItem(title, page) for title, page in begins)
        if not tagged:
            _claim_no_more(whole)
        out = io.BytesIO()
        whole.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _append(whole: Pdf, annex: Pdf, title: str) -> bool:
    """Append an annex; whether it brought tags."""
    before = len(whole.pages)
    whole.pages.extend(annex.pages)
    pages = [whole.pages[n].obj for n in range(before, len(whole.pages))]
    root = annex.Root.get(Name.StructTreeRoot)
    marked = root is not None and Name.StructTreeRoot in whole.Root and Name.K in root and Name.ParentTree in root
    if not marked:
        for page in pages:
            if Name.StructParents in page:
                del page[Name.StructParents]
        return False
    if not root.is_indirect:
        annex.Root.StructTreeRoot = annex.make_indirect(root)
    # qpdf knows which pages it has copied: the tree's references to them lead to the copies.
    _graft(whole, whole.copy_foreign(annex.Root.StructTreeRoot), title, pages)
    return True


def _graft(whole: Pdf, tree: Any, title: str, pages: Sequence[Any]) -> None:
    ours = whole.Root.StructTreeRoot
    trunk = ours.K[0] if isinstance(ours.K, Array) else ours.K
    children = list(tree.K) if isinstance(tree.K, Array) else [tree.K]
    branch = whole.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Part, P=trunk, T=String(title), K=Array(children)))
    for child in children:
        child.P = branch
    kids = trunk.get(Name.K, Array())
    trunk.K = Array([*(kids if isinstance(kids, Array) else [kids]), branch])
    _add_roles(ours, tree)
    moved = max((key for key, _value in _numbers(ours.ParentTree)), default=-1) + 1
    behind = [(key + moved, value) for key, value in _numbers(tree.ParentTree)]
    table = Array()
    for key, value in sorted([*_numbers(ours.ParentTree), *behind], key=lambda pair: pair[0]):
        table.append(key)
        table.append(value)
    ours.ParentTree = whole.make_indirect(Dictionary(Nums=table))
    ours.ParentTreeNextKey = max((key for key, _value in behind), default=moved - 1) + 1
    for found in _numbered(pages):
        for name in (Name.StructParents, Name.StructParent):
            if name in found:
                found[name] = int(found[name]) + moved


def _add_roles(ours: Any, tree: Any) -> None:
    """The annex's own names for elements, where ours give them no other meaning."""
    roles = ours.get(Name.RoleMap, Dictionary())
    for name, role in tree.get(Name.RoleMap, Dictionary()).items():
        if name not in roles:
            roles[name] = role
    if len(roles):
        ours.RoleMap = roles


def _numbers(node: Any) -> Iterator[tuple[int, Any]]:
    """The pairs of a number tree (ISO 32000-1, 7.9.7), however deep."""
    for kid in node.get(Name.Kids, Array()):
        yield from _numbers(kid)
    nums = list(node.get(Name.Nums, Array()))
    yield from ((int(key), value) for key, value in zip(nums[::2], nums[1::2], strict=True))


def _numbered(pages: Sequence[Any]) -> Iterator[Any]:
    """Whatever on these pages may bear a number of the tree: the pages, their annotations, their pictures and forms; each once."""
    seen = set()
    for page in pages:
        resources = page.get(Name.Resources, Dictionary())
        drawn = [one for _name, one in resources.get(Name.XObject, Dictionary()).items()]
        for found in (page, *page.get(Name.Annots, Array()), *drawn):
            if found.is_indirect and found.objgen in seen:
                continue
            seen.add(found.objgen)
            yield found


def _claim_no_more(whole: Pdf) -> None:
    """Take back what the first paper said of itself and the whole can't hold."""
    with whole.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as told:
        for name in [name for name in told if "pdfua" in name.lower() or name.startswith("pdfaid")]:
            del told[name]
