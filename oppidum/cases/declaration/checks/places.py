"""Where in a file a fault stands, so that it is mended in one jump. Reads sources only when there is a fault to place."""

import ast
import inspect
import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from oppidum.cases.declaration.service import Service

_QUOTED = re.compile(r"'([\w.:-]+)'")


def place_of(service: type[Service], fault: str) -> str:
    """ " (FILE, line N)" of what the fault's sentence quotes first, or of the class; "" for a declaration without a file."""
    files = list(_files(service))
    if not files:
        return ""
    for name in _QUOTED.findall(fault):
        for path in files:
            if line := _lines_of_names(path).get(name):
                return f" ({_short(path)}, line {line})"
    line = _lines_of_names(files[0]).get(f"class {service.__name__}")
    return f" ({_short(files[0])}, line {line})" if line else ""


def _files(service: type[Service]) -> Iterator[Path]:
    """The service's own file, when it is declared in one, then the files beside it that it imports its texts from."""
    module = sys.modules.get(service.__module__)
    path = _source(module)
    if path is None or f"class {service.__name__}" not in _lines_of_names(path):
        return
    yield path
    for node in ast.walk(ast.parse(path.read_text())):
        beside = _source(sys.modules.get(node.module or "")) if isinstance(node, ast.ImportFrom) else None
        if beside and path.parent in beside.parents:
            yield beside


def _source(module: object) -> Path | None:
    found = module and inspect.getsourcefile(module)
    return Path(found) if found and Path(found).exists() else None


@lru_cache(maxsize=64)
def _lines_of_names(path: Path) -> dict[str, int]:
    """The first line of each name: of a call that is given it first (`step("open", ...)`), a keyword, a key, a class."""
    lines: dict[str, int] = {}
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.ClassDef(name=name):
                lines.setdefault(f"class {name}", node.lineno)
            case ast.Call(args=[ast.Constant(value=str(name)), *_]):
                lines.setdefault(name, node.lineno)
            case ast.Dict(keys=keys):
                for key in keys:
                    if isinstance(key, ast.Constant) and isinstance(key.value, str):
                        lines.setdefault(key.value, key.lineno)
            case ast.keyword(arg=str(name)):
                lines.setdefault(name, node.value.lineno)
    return lines


def _short(path: Path) -> str:
    """The path as one types it from the folder one stands in."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
