"""A catalogue as large as is asked: a package of a third party whose services are copies of the real ones, under codes and with words of their own."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from inspect import getsource, getsourcefile
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from oppidum.cases.declaration import Service, catalogue, registry
from oppidum.cases.searching.vocabulary import find_folder

PACKAGE = "bench_services"
_POINT = f"[oppidum.services]\nbench = {PACKAGE}\n"


def write_package(folder: Path, copies: int) -> None:
    """Each module is the source of a real service, under a code of its own."""
    package = folder / PACKAGE
    (package / "words").mkdir(parents=True)
    told = folder / f"{PACKAGE}-1.dist-info"
    told.mkdir()
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: bench-services\nVersion: 1\n")
    (told / "entry_points.txt").write_text(_POINT)
    # A call and the requests that answer it name each other: a copy of one alone would be a wrong declaration.
    real, names = [one for one in catalogue().values() if one.contest is None and not _has_parts(one)], []
    for n in range(max(0, copies)):
        service = real[n % len(real)]
        (package / f"copy_{n}.py").write_text(_renamed(service, n))
        words = find_folder(service) / f"{service.code}.toml"
        if words.exists():
            copyfile(words, package / "words" / f"{_code(service, n)}.toml")
        names.append((f"copy_{n}", service.__name__))
    # A dataset has one publisher: the copies publish none.
    lines = [f"from {PACKAGE}.{module} import {name} as Copy{n}\nCopy{n}.datasets = ()\n" for n, (module, name) in enumerate(names)]
    (package / "__init__.py").write_text("".join(lines) + f"SERVICES = [{', '.join(f'Copy{n}' for n in range(len(names)))}]\n")


@contextmanager
def catalogue_of(services: int) -> Iterator[dict[str, str]]:
    """Here, the catalogue holds so many services, or its own if these are more; yields what the environment of other processes must say."""
    copies = services - len(catalogue())
    if copies <= 0:
        yield {}
        return
    with TemporaryDirectory() as folder:
        write_package(Path(folder), copies)
        sys.path.insert(0, folder)
        _read_anew()
        try:
            yield {"PYTHONPATH": os.pathsep.join(filter(None, (folder, os.environ.get("PYTHONPATH"))))}
        finally:
            sys.path.remove(folder)
            for name in [one for one in sys.modules if one.partition(".")[0] == PACKAGE]:
                del sys.modules[name]
            _read_anew()


def _read_anew() -> None:
    registry.catalogue.cache_clear()
    registry._versions.cache_clear()


def _has_parts(service: type[Service]) -> bool:
    return any(action.parts for action in service.flow.actions.values())


def _code(service: type[Service], n: int) -> str:
    return f"{service.code}-copy-{n}"


def _renamed(service: type[Service], n: int) -> str:
    source = Path(getsourcefile(service)).read_text()
    own = getsource(service)
    return source.replace(own, re.sub(rf'(["\']){re.escape(service.code)}\1', f'"{_code(service, n)}"', own, count=1))
