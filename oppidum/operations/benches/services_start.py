"""How long the program takes to start with forty services, all proved; and how long the proofs alone."""

import os
import re
import subprocess
import sys
import time
from inspect import getsource, getsourcefile
from pathlib import Path
from tempfile import TemporaryDirectory

from oppidum.cases.declaration import Service, catalogue
from oppidum.cases.declaration.checks import check_service
from oppidum.operations.benches.answer import Answer

_POINT = "[oppidum.services]\nbench = bench_services\n"
_START = "import django; django.setup()"


def run(services: int = 40, starts: int = 5) -> Answer:
    """Start `starts` times with a package that declares copies of the catalogue's services, until there are `services`."""
    return Answer("services_start", *measure(services, starts), settings={"services": services, "starts": starts})


def measure(services: int, starts: int) -> tuple[dict[str, float], dict[str, float]]:
    """Figures (the median start; proofs of all services, in a process that has already started) and the floor: a start without the copies."""
    with TemporaryDirectory() as folder:
        _write_package(Path(folder), services - len(catalogue()))
        _seconds(folder)  # Compiles what has not been compiled yet, as an installation does.
        began = sorted(_seconds(folder) for _ in range(starts))
        bare = sorted(_seconds("") for _ in range(starts))
    proofs = sorted(_proof_seconds() for _ in range(starts))[starts // 2] * services / len(catalogue())
    return (
        {"start_s": round(began[starts // 2], 2), "proofs_s": round(proofs, 2)},
        {"start_without_them_s": round(bare[starts // 2], 2)},
    )


def _write_package(folder: Path, copies: int) -> None:
    """A package of a third party: each module is the source of a real service, under a code of its own."""
    package = folder / "bench_services"
    package.mkdir()
    told = folder / "bench_services-1.dist-info"
    told.mkdir()
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: bench-services\nVersion: 1\n")
    (told / "entry_points.txt").write_text(_POINT)
    # A call and the requests that answer it name each other: a copy of one alone would be a wrong declaration.
    real, names = [one for one in catalogue().values() if one.contest is None and not _has_parts(one)], []
    for n in range(max(0, copies)):
        service = real[n % len(real)]
        (package / f"copy_{n}.py").write_text(_renamed(service, n))
        names.append((f"copy_{n}", service.__name__))
    lines = [f"from bench_services.{module} import {name} as Copy{n}\n" for n, (module, name) in enumerate(names)]
    (package / "__init__.py").write_text("".join(lines) + f"SERVICES = [{', '.join(f'Copy{n}' for n in range(len(names)))}]\n")


def _has_parts(service: type[Service]) -> bool:
    return any(action.parts for action in service.flow.actions.values())


def _renamed(service: type[Service], n: int) -> str:
    source = Path(getsourcefile(service)).read_text()
    own = getsource(service)
    return source.replace(own, re.sub(rf'(["\']){re.escape(service.code)}\1', f'"{service.code}-copy-{n}"', own, count=1))


def _seconds(folder: str) -> float:
    """Wall-clock time of a whole start: the interpreter, Django, every application, the catalogue."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = kept | {"PYTHONPATH": folder, "DJANGO_SETTINGS_MODULE": "oppidum.settings"}
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", _START], env=environment, check=True, capture_output=True)
    return time.perf_counter() - began


def _proof_seconds() -> float:
    began = time.perf_counter()
    for service in catalogue().values():
        check_service(service)
    return time.perf_counter() - began
