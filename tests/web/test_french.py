"""Nothing reaches a French reader untranslated."""

import html
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client

OURS = sorted({Path(config.path) for config in apps.get_app_configs() if config.name.startswith("oppidum.")})
LONG_ENOUGH = 14


def room_name(folder: Path) -> str:
    """The room's folder as one says it: "web/portal"."""
    return str(folder.relative_to(settings.ROOT / "oppidum"))


def copy_of_room(folder: Path, destination: Path) -> Path:
    """The room without the rooms inside it, ready for extraction."""
    inner = {one for one in OURS if folder in one.parents}
    skip = lambda place, names: [  # noqa: E731
        name for name in names if Path(place, name) in inner or name in ("static", "__pycache__") or name.endswith(".mo")
    ]
    copy = destination / folder.name
    shutil.copytree(folder, copy, ignore=skip)
    (copy / "locale/fr/LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    return copy


def run(*command, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("folder", OURS, ids=room_name)
def test_every_message_of_a_room_has_its_french(folder, tmp_path):
    copy = copy_of_room(folder, tmp_path)
    makemessages = "from django.core.management import call_command; import django; from django.conf import settings; "
    makemessages += "settings.configure(); django.setup(); call_command('makemessages', locale=['fr'], verbosity=0)"
    run(sys.executable, "-P", "-c", makemessages, cwd=copy)
    catalogue = copy / "locale/fr/LC_MESSAGES/django.po"
    if not catalogue.exists():
        return
    left = run("msgattrib", "--untranslated", "--no-obsolete", "--no-location", catalogue, cwd=copy)
    unsure = run("msgattrib", "--only-fuzzy", "--no-obsolete", "--no-location", catalogue, cwd=copy)
    missing = re.findall(r'^msgid "(.+)"|^msgid ""\n"(.+)"', left, re.MULTILINE)
    doubtful = re.findall(r'^msgid "(.+)"|^msgid ""\n"(.+)"', unsure, re.MULTILINE)
    doubtful = [one for one in doubtful if "Project-Id" not in "".join(one)]
    missing = [one for one in missing if "Project-Id" not in "".join(one)]
    assert not missing, f"{room_name(folder)}: no French for {[''.join(one) for one in missing]}"
    assert not doubtful, f"{room_name(folder)}: fuzzy French for {[''.join(one) for one in doubtful]}"


def english_messages(catalogue: Path) -> set[str]:
    """The messages that differ from their French, long enough to be recognised in a page."""
    text = catalogue.read_text(encoding="utf-8")
    found = set()
    for entry in text.split("\n\n"):
        parts = re.match(r'(?:#.*\n)*msgid ((?:".*"\n)+)msgstr ((?:".*"\n?)+)', entry + "\n")
        if not parts:
            continue
        english, french = ("".join(re.findall(r'"(.*)"', part)) for part in parts.groups())
        if english != french and len(english) >= LONG_ENOUGH and "%(" not in english and "\\" not in english:
            found.add(english)
    return found


@pytest.mark.parametrize("address", ["/styleguide/", "/accessibility/", "/personal-data/", "/source/", "/nothing"])
def test_a_french_page_shows_no_english_message(address, town, styleguide):
    page = Client().get(address).content.decode()
    shown = html.unescape(re.sub(r"<[^>]+>", "\n", page))
    known = english_messages(settings.ROOT / "oppidum/web/locale/fr/LC_MESSAGES/django.po")
    assert known, "the catalogue could not be read"
    assert not {message for message in known if message in shown}


@pytest.mark.parametrize("catalogue", sorted((settings.ROOT / "oppidum").rglob("locale/fr/LC_MESSAGES/django.po")), ids=str)
def test_french_punctuation_has_its_spaces(catalogue):
    french = re.findall(r'^msgstr(?:\[\d\])? ((?:".*"\n?)+)', catalogue.read_text(encoding="utf-8"), re.MULTILINE)
    wrong = [text.strip() for text in french if re.search(r"[\wé] [:;!?»](?:\s|\"|$)", text) and "Content-Type" not in text]
    assert not wrong, f"a plain space before : ; ! ? »: {wrong}"
