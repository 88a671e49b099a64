"""The house checks itself: a room knows a service by what it declares (marks, acts), never by its code or its class."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from oppidum.cases.declaration import catalogue

HOUSE = Path(__file__).resolve().parent.parent / "oppidum"
ROOMS = sorted(
    path.name
    for path in HOUSE.iterdir()
    if path.is_dir() and path.name not in ("services", "rehearsal", "operations", "__pycache__")
)
# Not the service: a theme of the activity report that is called the same.
OTHERS = {"figures/themes.py": {"school-transport"}}


def test_a_room_names_no_service_by_its_code():
    """`docs/reference/engine.md`, Marks, tells what to write instead."""
    codes = set(catalogue())
    found = [f"{path.relative_to(HOUSE)}: {code}" for path in _files("*.py", "*.html") for code in sorted(_named(path, codes))]
    assert found == []


def test_a_room_takes_no_service_from_the_catalogue_by_its_class():
    """Of `services` the portal takes the moments of life, which are no service."""
    found = [
        f"{path.relative_to(HOUSE)}: {node.module}"
        for path in _files("*.py")
        if "oppidum.services" in path.read_text()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and re.match(r"oppidum\.services\b(?!\.life_events$)", node.module or "")
    ]
    assert found == []


def test_a_code_is_found_wherever_a_room_may_hide_it(tmp_path):
    lines = {
        'REGISTER = "inquiry-register"': {"inquiry-register"},
        "SQL = \"select 1 where service = 'data-breach'\"": {"data-breach"},
        'get_service("report")': {"report"},
        'cases.filter(service__in=["project"])': {"project"},
        'render(request, "report")': set(),
        '"""An example: Contest("marina-occupancy")."""': set(),
    }
    for line, codes in lines.items():
        path = tmp_path / "room.py"
        path.write_text(line)
        assert _named(path, set(catalogue())) == codes, line


def _files(*patterns: str) -> Iterator[Path]:
    for room in ROOMS:
        for pattern in patterns:
            yield from (path for path in sorted((HOUSE / room).rglob(pattern)) if "migrations" not in path.parts)


def _named(path: Path, codes: set[str]) -> set[str]:
    """The codes that the file names: as a string, or in quotes within one. A code of one plain word ("report") counts beside the word service."""
    text = path.read_text()
    written = {code for code in codes if code in text}
    strings = _strings(text) if written and path.suffix == ".py" else [text]
    found = {
        code for code in written if "-" in code and any(one == code or re.search(f"""["']{code}["']""", one) for one in strings)
    }
    plain = "|".join(code for code in codes if "-" not in code)
    found |= set(re.findall(rf"""service\w*[\s=!(\[{{]*["']({plain})["']""", text, re.I))
    return found - OTHERS.get(str(path.relative_to(HOUSE)) if path.is_relative_to(HOUSE) else "", set())


def _strings(text: str) -> list[str]:
    """All strings of the code; what stands alone is a docstring."""
    tree = ast.parse(text)
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone
    ]
