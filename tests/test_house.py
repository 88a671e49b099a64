"""The house checks itself: rooms, sizes, and what must never stand in a file."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted(p for p in (ROOT / "oppidum").rglob("*.py") if "migrations" not in p.parts)


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def test_a_room_imports_only_rooms_below_it():
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_rules_of_cases_know_neither_orm_nor_request():
    """Pure: they run live, in a replay and in a one-line test alike."""
    for path in (ROOT / "oppidum/cases/rules").glob("*.py"):
        imported = {
            name
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names])
        }
        outside = ("django.db", "django.http", "psycopg")
        assert not {n for n in imported if n.startswith(outside) or n.endswith(".models")}, path.name


def test_services_hold_neither_sql_nor_html():
    for path in (ROOT / "oppidum/services").rglob("*.py"):
        text = path.read_text()
        assert not re.search(r"\bselect\b.+\bfrom\b|<(?:div|p|a|span)\b|HttpRe", text, re.I), path.name


def test_engines_know_no_service_by_name():
    for room in ("core", "territory", "people", "cases", "publishing"):
        for path in (ROOT / "oppidum" / room).rglob("*.py"):
            if "migrations" not in path.parts:
                assert "living_environment" not in path.read_text(), path


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_file_has_one_subject_and_fits_in_a_few_screens(path):
    assert len(path.read_text().splitlines()) <= 420


def test_time_is_told_by_the_one_clock():
    """A rehearsal moves `core.clock`; whatever asks elsewhere would live in another time."""
    asks = re.compile(r"datetime\.now\(|datetime\.utcnow\(|timezone\.now\(|date\.today\(")
    found = [str(p) for p in SOURCES if asks.search(p.read_text()) and p.name != "clock.py"]
    assert found == []


def test_no_file_names_a_package_registry():
    hosts = re.compile("|".join(["pypi" + r"\.org", "pythonhosted" + r"\.org", "registry" + r"\.npmjs", "deb" + r"\.debian\.org"]))
    found = [p.name for p in tracked() if p.suffix not in (".woff2", ".png", ".jpg") and hosts.search(p.read_text(errors="ignore"))]
    assert found == []
