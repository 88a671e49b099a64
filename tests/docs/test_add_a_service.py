"""The how-to "Add a service", followed word for word in a copy of the clone: what it shows is what happens."""

import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from oppidum.core.cluster import private_cluster

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/how-to/add-a-service.md"
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"`(castelmer/[\w/]+\.\w+)`")
DATABASE = "oppidum_how_to"


def steps_of(page: str) -> list[tuple[str, str, str]]:
    """In order: ("write", path, content) for a block after a path, ("run", "", commands) for one of shell."""
    found, before = [], 0
    for block in BLOCK.finditer(page):
        language, content = block.groups()
        paths = NAMED.findall(page[before : block.start()])
        if language == "sh":
            found.append(("run", "", content))
        elif paths:
            found.append(("write", paths[-1], content))
        before = block.end()
    return found


@pytest.fixture
def clone(tmp_path):
    """The files of the repository, with an environment of its own that borrows the packages of this one."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tmp_path / name)
    for path in (ROOT / "oppidum").rglob("*.mo"):
        shutil.copy2(path, tmp_path / path.relative_to(ROOT))
    (tmp_path / "var").mkdir()
    for shared in ("vendor", "vendor.stamp", "static", "static.stamp"):
        if (ROOT / "var" / shared).exists():
            (tmp_path / "var" / shared).symlink_to(ROOT / "var" / shared)
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    (tmp_path / ".make").symlink_to(ROOT / ".make")
    _make_environment(tmp_path)
    return tmp_path


def _make_environment(folder: Path) -> None:
    venv.create(folder / ".venv", with_pip=False, symlinks=True)
    packages = next((folder / ".venv/lib").glob("python*/site-packages"))
    borrowed = next(Path(sys.prefix, "lib").glob("python*/site-packages"))
    (packages / "a_clone.pth").write_text(f"{folder}\n")
    (packages / "b_borrowed.pth").write_text(f"import site; site.addsitedir({str(borrowed)!r})\n")
    command = folder / ".venv/bin/oppidum"
    command.write_text(f"#!{folder}/.venv/bin/python\nfrom oppidum.__main__ import main\nmain()\n")
    command.chmod(0o755)


def run(clone: Path, commands: str) -> str:
    """What the commands print; fails with it when one of them does."""
    named = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "DJANGO", "PYTHON", "VIRTUAL_ENV"))
    }
    url = os.environ.get("DATABASE_URL") or private_cluster(settings.VAR).url("oppidum")
    url = urlsplit(url)._replace(path=f"/{DATABASE}").geturl()
    done = subprocess.run(
        ["sh", "-e", "-c", commands], cwd=clone, env=named | {"DATABASE_URL": url}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{commands}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def test_the_page_can_be_followed_word_for_word(clone):
    said = []
    for kind, path, content in steps_of(PAGE.read_text()):
        if kind == "run":
            said.append(run(clone, content))
        else:
            (clone / path).parent.mkdir(parents=True, exist_ok=True)
            (clone / path).write_text(content)
    told = "\n".join(said)
    assert "garden-plot: 5 steps, 6 actions, 0 categories, 2 notices: no fault" in told
    assert "Parcelle de jardin" in told and "4 passed" in told
    assert (clone / "garden-plot.svg").read_text().startswith("<svg ")


def test_the_page_names_each_file_that_it_writes():
    written = [path for kind, path, _ in steps_of(PAGE.read_text()) if kind == "write"]
    assert [Path(path).name for path in written] == [
        "pyproject.toml",
        "__init__.py",
        "garden_plot.py",
        "django.po",
        "test_garden_plot.py",
    ]
