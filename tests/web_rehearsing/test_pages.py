"""The rehearsal room: who may start a rehearsed year, what is refused, what its page tells without a line of script."""

import json
import time

import pytest

from oppidum.people.models import Right, Role, Team
from oppidum.rehearsal.whatif import alone, keeping, living
from tests.browser import check_page
from tests.rehearsal.small_runs import small_run

CREWS = 'name = "crews"\ntitle = {fr = "Deux équipes", en = "Two crews"}\nquestion = "How long?"\nseeds = 3\nscale = 0.01\n[changes.crews]\nillegal-dumping = 2\n'


@pytest.fixture
def room(people, settings, tmp_path, monkeypatch):
    """The folder of the rehearsals, an officer who may, and what was launched instead of a process."""
    settings.VAR = tmp_path
    launched = []
    Team.objects.create(code="illegal-dumping", name="Illegal dumping")
    monkeypatch.setattr(keeping, "_launch", lambda folder, language: launched.append(folder))
    Role.objects.filter(pk=people.ana.role_id).update(rights=[*people.ana.role.rights, Right.SETUP])
    people.ana.refresh_from_db()
    return launched


def lived(folder, phase="done"):
    """As the process leaves it: three runs of each side, and what it said last."""
    for n in (1, 2, 3):
        for side, crews in (("base", 0), ("changed", 2)):
            (folder / "runs").mkdir(exist_ok=True)
            living.write_json(folder / "runs" / f"{side}-{n}.json", small_run(n, crews))
    status = {"phase": phase, "runs": 6, "done": 6, "share": 1.0, "seconds_left": 0, "alive": {}, "at": time.time()}
    living.write_json(folder / "status.json", status)
    (folder / "measures.csv").write_text("kind\n")


def test_only_those_allowed_come_in(client, people):
    client.force_login(people.bob)
    assert client.get("/rehearsal/").status_code == 403
    assert client.post("/rehearsal/new/", {"text": CREWS}).status_code == 403


def test_a_rehearsal_is_started_watched_and_says_who_asked_for_it(client, people, room):
    client.force_login(people.ana)
    client.cookies["language"] = "en"
    page = client.post("/rehearsal/new/", {"text": CREWS}, follow=True).content.decode()
    (folder,) = room
    assert json.loads((folder / "about.json").read_text())["by"] == str(people.ana)
    assert "starting" in page and 'http-equiv="refresh"' in page
    lived(folder)
    page = client.get(f"/rehearsal/{folder.name}/").content.decode()
    assert "Two crews" in page and "Mean wait: " in page and "refresh" not in page
    assert client.get(f"/rehearsal/{folder.name}/files/measures.csv").getvalue() == b"kind\n"
    assert client.get(f"/rehearsal/{folder.name}/files/about.json").status_code == 404
    compared = client.get("/rehearsal/compare/", {"a": f"{folder.name}:base", "b": f"{folder.name}:changed"}).content.decode()
    assert "−2" in compared and "illegal" in compared.lower()
    client.post(f"/rehearsal/{folder.name}/remove/")
    assert not folder.exists()


def test_the_few_fields_make_a_scenario_and_its_faults_come_back_with_what_was_typed(client, people, room):
    client.force_login(people.ana)
    form = {
        "title": "Moins d’équipes",
        "team": "roads",
        "crews": "−1",
        "kind": "strike",
        "first": "2023-03-07",
        "last": "2023-03-08",
    }
    wrong = client.post("/rehearsal/new/", form)
    assert wrong.status_code == 422 and "teams" in wrong.content.decode() and "Moins d’équipes" in wrong.content.decode()
    client.post("/rehearsal/new/", form | {"strikers": "roads", "seeds": "2", "scale": "0.01"})
    (folder,) = room
    scenario = keeping.find_kept(folder.name).scenario
    assert scenario.plan.changes.crews == {"roads": -1} and scenario.seeds == 2
    assert scenario.plan.changes.days[0]["teams"] == ["roads"]


def test_no_more_than_two_run_at_once_and_what_is_running_is_not_removed(client, people, room):
    client.force_login(people.ana)
    for _n in range(3):
        answer = client.post("/rehearsal/new/", {"text": CREWS})
    assert answer.status_code == 409 and len(room) == 2
    client.post(f"/rehearsal/{room[0].name}/remove/")
    assert room[0].exists()
    client.post(f"/rehearsal/{room[0].name}/stop/")
    assert (room[0] / "stop").exists()


def test_a_year_as_it_is_is_lived_and_compared_with_a_changed_one(client, people, room, monkeypatch):
    client.force_login(people.ana)
    monkeypatch.setattr(alone.subprocess, "Popen", lambda *args, **kwargs: None)
    monkeypatch.setattr(alone.database, "drop_database", lambda name: None)
    client.post("/rehearsal/new/", {"stage": "alone", "year": "2023", "scale": "0.01", "seed": "1"})
    (year,) = alone.list_alone()
    assert year.by == str(people.ana) and year.is_alive
    living.write_json(year.folder / "result.json", small_run(1))
    living.write_json(year.folder / "status.json", {"phase": "done", "share": 1, "at": time.time()})
    kept = keeping.start(CREWS, "Ana", "fr")
    lived(kept.folder)
    client.cookies["language"] = "en"
    assert "2023 at a scale of 0.01, seed 1" in client.get("/rehearsal/").content.decode()
    page = client.get("/rehearsal/compare/", {"a": year.name, "b": f"{kept.name}:changed"}).content.decode()
    assert "one pair of runs" in page and "differ in more than" not in page
    client.post(f"/rehearsal/year/{year.name}/end/")
    assert alone.list_alone() == []


@pytest.mark.browser
def test_the_room_can_be_read(open_page, people, room):
    kept = keeping.start(CREWS, "Ana", "fr")
    lived(kept.folder)
    for path in ("/rehearsal/", "/rehearsal/new/", f"/rehearsal/{kept.name}/"):
        check_page(open_page(path, officer=people.ana, width=1440))
