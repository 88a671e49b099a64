"""How long the program takes to start with forty services, all proved; and how long the proofs alone."""

import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from oppidum.cases.declaration import catalogue
from oppidum.cases.declaration.checks import check_service
from oppidum.operations.benches.answer import Answer
from oppidum.operations.benches.generated import write_package

_START = "import django; django.setup()"


def run(services: int = 40, starts: int = 5) -> Answer:
    """Start `starts` times with a package that declares copies of the catalogue's services, until there are `services`."""
    return Answer("services_start", *measure(services, starts), settings={"services": services, "starts": starts})


def measure(services: int, starts: int) -> tuple[dict[str, float], dict[str, float]]:
    """Figures (the median start; proofs of all services, in a process that has already started) and the floor: a start without the copies."""
    with TemporaryDirectory() as folder:
        write_package(Path(folder), services - len(catalogue()))
        _seconds(folder)  # Compiles what has not been compiled yet, as an installation does.
        began = sorted(_seconds(folder) for _ in range(starts))
        bare = sorted(_seconds("") for _ in range(starts))
    proofs = sorted(_proof_seconds() for _ in range(starts))[starts // 2] * services / len(catalogue())
    return (
        {"start_s": round(began[starts // 2], 2), "proofs_s": round(proofs, 2)},
        {"start_without_them_s": round(bare[starts // 2], 2)},
    )


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
