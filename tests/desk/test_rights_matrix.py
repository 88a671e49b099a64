"""Every officer against every case, on every address of the desk and the API that names one: out of sight, it isn't there.

| | hole (roads, Aubane) | old (roads, Bellefont) | noise (Aubane's own) | stray (no team, Aubane) |
| --- | --- | --- | --- | --- |
| ana, roads | sees | sees | | |
| bob, cleanliness | | | | |
| cleo, contact centre | sees | sees | sees | sees |
| dora, directorate | sees | sees | | |
| max, Aubane's town hall | sees | | sees | sees |
| nobody, without a role | | | | |
"""

import pytest
from django.test import Client

from oppidum.cases.models import Call, Case, Entry, Live, Mail, Photo, SavedView
from oppidum.core import clock
from oppidum.people.models import Officer
from tests.people_of_town import PASSWORD
from tests.portal.pictures import jpeg

NAMES = ("hole", "old", "noise", "stray")
SIGHT = {
    "ana": {"hole", "old"},
    "bob": set(),
    "cleo": set(NAMES),
    "dora": {"hole", "old"},
    "max": {"hole", "noise", "stray"},
    "nobody": set(),
}
OUT_OF_SIGHT = [(who, name) for who in SIGHT for name in NAMES if name not in SIGHT[who]]
IN_SIGHT = [(who, name) for who in SIGHT for name in NAMES if name in SIGHT[who]]


@pytest.fixture
def browser(cases, now, people):
    """`browser("max")` is signed in."""
    Officer.objects.create_user("nobody", "nobody@castelmer.example", PASSWORD)

    def sign_in(who: str) -> Client:
        found = Client(raise_request_exception=False)
        assert found.login(username=who, password=PASSWORD)
        return found

    return sign_in


@pytest.fixture
def things(cases, settings, tmp_path):
    """What hangs on each case besides: a photo, and a mail that failed."""
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "x.jpg").write_bytes(jpeg((40, 30)))

    def of(name):
        case = getattr(cases, name)
        photo = Photo.objects.create(
            token=f"token-of-{name}",
            file="x.jpg",
            thumbnail="x.jpg",
            width=1,
            height=1,
            uploaded_at=clock.now(),
            case_id=case.case_id,
            seq=1,
        )
        mail = Mail.objects.create(
            case_id=case.case_id,
            seq=1,
            key=f"x:{name}",
            to="z@example.org",
            language="fr",
            subject="x",
            body="x",
            fate="failed",
            created_at=clock.now(),
            send_after=clock.now(),
        )
        return case, photo, mail

    return of


def pages_of(case, photo) -> list[tuple[str, dict]]:
    """Every address that shows something of a case, plain and as htmx asks for its parts."""
    base = f"/desk/case/{case.code}"
    pane, panel = ({"HX-Request": "true", "HX-Target": target} for target in ("case-pane", "act-panel"))
    return [
        (f"{base}/", {}),
        (f"{base}/", pane),
        (f"{base}/?act=note", panel),
        (f"{base}/?act=note", {}),
        (f"{base}.pdf", {}),
        (f"{base.replace('-', '').lower()}/", {}),
        (f"/desk/photo/{photo.token}/full/", {}),
        (f"/desk/photo/{photo.token}/thumb/", {}),
    ]


@pytest.mark.parametrize(("who", "name"), OUT_OF_SIGHT)
def test_a_case_out_of_sight_is_nowhere(browser, things, who, name):
    case, photo, mail = things(name)
    officer, before = browser(who), Entry.objects.count()
    for address, headers in pages_of(case, photo):
        answer = officer.get(address, headers=headers)
        assert answer.status_code == 404 and case.code not in body_of(answer).replace(address, ""), address
    for action in ("note", "message", "plan", "finish", "move_team", "follow", "hide", "nonsense"):
        form = {"seen": 2, "note": "x", "message": "x", "what_was_done": "x", "preview": "1"}
        assert officer.post(f"/desk/case/{case.code}/act/{action}/", form).status_code == 404
    assert officer.post(f"/desk/case/{case.code}/mail/{mail.pk}/again/").status_code in (403, 404)
    assert Entry.objects.count() == before and Mail.objects.filter(key__startswith="x:").count() == 1


@pytest.mark.parametrize(("who", "name"), IN_SIGHT)
def test_a_case_in_sight_opens(browser, things, who, name):
    case, photo, _mail = things(name)
    officer = browser(who)
    assert {officer.get(address, headers=headers).status_code for address, headers in pages_of(case, photo)} == {200}


@pytest.mark.parametrize("who", SIGHT)
def test_lists_counts_and_files_hold_what_is_in_sight_and_nothing_else(browser, cases, who):
    officer, codes = browser(who), {name: getattr(cases, name).code for name in NAMES}
    for address in ("/desk/?view=all", "/desk/export.csv?view=all", "/api/cases?size=500"):
        text = body_of(officer.get(address))
        assert {name for name, code in codes.items() if code in text} == SIGHT[who], address
    for name, code in codes.items():
        found = officer.get("/api/cases", {"words": code, "view": "all"}).json()["total"]
        assert found == (1 if name in SIGHT[who] else 0), "a search tells no more than the list"
    open_in_sight = officer.get("/api/cases?view=all").json()["total"]
    assert officer.get("/api/cases/counts").json()["all"] == open_in_sight


@pytest.mark.parametrize("who", SIGHT)
@pytest.mark.parametrize(
    "form",
    [
        lambda ids, pairs: {"case": ids},
        lambda ids, pairs: {"cases": pairs, "stage": "confirm"},
        lambda ids, pairs: {"cases": pairs, "stage": "preview"},
        lambda ids, pairs: {"all": "1", "filter": "view=all", "stage": "confirm"},
    ],
    ids=["ticked", "forged pairs", "forged preview", "everything"],
)
def test_a_selection_with_forged_ids_touches_and_names_nothing_out_of_sight(browser, cases, who, form):
    chosen = [getattr(cases, name) for name in NAMES]
    versions = dict(Live.objects.values_list("pk", "version"))
    pairs = ",".join(f"{one.case_id}:{versions[one.case_id]}" for one in chosen) + ",999999999999999999:1,0:0"
    officer = browser(who)
    answer = officer.post("/desk/bulk/", form([one.case_id for one in chosen], pairs) | {"action": "note", "note": "en série"})
    assert answer.status_code in (200, 302, 422)
    text = body_of(answer) + body_of(officer.get("/desk/bulk/done/"))
    hidden = {getattr(cases, name) for name in NAMES if name not in SIGHT[who]}
    assert not [one.code for one in hidden if one.code in text]
    touched = {pk for pk, version in Live.objects.values_list("pk", "version") if version != versions[pk]}
    assert not touched & {one.case_id for one in hidden}


def test_views_of_others_can_neither_be_seen_nor_deleted(browser, people):
    view = SavedView.objects.create(officer=people.ana, name="La mienne", query="view=late")
    bob = browser("bob")
    assert bob.post(f"/desk/views/{view.pk}/delete/").status_code == 404 and SavedView.objects.filter(pk=view.pk).exists()
    assert "La mienne" not in body_of(bob.get("/desk/"))


@pytest.mark.parametrize("who", [who for who in SIGHT if who != "cleo"])
def test_the_telephone_is_for_those_who_take_calls(browser, cases, who):
    officer, form = browser(who), {"phone": "+33612345678", "words": "un trou", "key": "k" * 22, "outcome": "nothing"}
    assert officer.get("/desk/calls/?phone=0612345678").status_code == 403
    for address in ("/desk/calls/", "/desk/calls/look/", "/desk/calls/caller/"):
        answer = officer.post(address, form)
        assert answer.status_code == 403 and "Mercadier" not in body_of(answer)
    assert not Call.objects.exists()


def test_a_call_of_somebody_else_cannot_be_opened(browser, people):
    call = Call.objects.create(received_at=clock.now(), officer=people.ana, outcome="nothing", key="x")
    assert browser("cleo").get(f"/desk/calls/done/{call.pk}/").status_code == 404


def test_persons_are_named_only_to_who_may_see_them(browser, cases):
    limited = browser("max")  # a town hall's officer sees the case, and not who filed it
    for address in (f"/desk/case/{cases.hole.code}/", "/desk/export.csv?view=all", "/desk/?view=all", "/api/cases?size=500"):
        text = body_of(limited.get(address))
        assert not [one for one in ("Mercadier", "zoe@example.org", "612345678") if one in text], address
    for words in ("Mercadier", "zoe@example.org", "0612345678"):
        assert limited.get("/api/cases", {"words": words, "view": "all"}).json()["total"] == 0, "nor found by their name"


def test_an_officer_who_left_is_out_at_once(browser, people, cases):
    ana = browser("ana")
    Officer.objects.filter(pk=people.ana.pk).update(is_active=False)
    assert ana.get(f"/desk/case/{cases.hole.code}/").status_code == 302 and ana.get("/api/cases").status_code == 401


def test_every_case_is_in_the_matrix(cases):
    assert {getattr(cases, name).case_id for name in NAMES} <= set(Case.objects.values_list("pk", flat=True))


def body_of(answer) -> str:
    """The body, streamed or not, in so far as it is text."""
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return raw.decode(errors="replace")
