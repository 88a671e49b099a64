"""Role x route x commune: every address of the site, tried by the officers of two communes on what is theirs and on what is their neighbour's."""

from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from oppidum.cases.models import Case, Entry, Mail
from oppidum.core import clock
from oppidum.people.models import Officer
from oppidum.web.public import is_public
from tests.communes.matrix import CASE, CLOSED, LIST, PUBLIC, ROUTES, SELF, SPACE, THING, kind_of, shows
from tests.communes.scene import ROLES, SECRET, build
from tests.people_of_town import PASSWORD
from tests.portal.pictures import jpeg
from tests.web.test_routes import arguments, routes

ADMIN_ALONE = {name for name in ROUTES if name.startswith(("communes:officer", "communes:look"))}
GONE, REFUSED, ODD = {404, 410}, {403}, {405}
POSTED = {"note": "x", "message": "x", "seen": "9", "role": "town-hall-officer", "open": "0", "email": "new@x.example", "last_name": "X",
          "first_name": "X", "colour": "#7a1f5c", "welcome": "x", "outcome": "agreed", "session": "law@2027-03-17T09:00/12:00"}  # fmt: skip


@pytest.fixture
def scene(town, tmp_path):
    settings_root = settings.MEDIA_ROOT
    settings.MEDIA_ROOT = tmp_path
    for name in ("x.jpg",):
        (tmp_path / name).write_bytes(jpeg((40, 30)))
    for side in ("aubane", "bellefont"):
        for name in ("reponse", "note"):
            (tmp_path / f"{name}-{side}.pdf").write_bytes(b"%PDF-1.4")
    with clock.at(datetime(2027, 3, 1, 9, tzinfo=clock.PARIS).astimezone(UTC)):
        yield build()
    settings.MEDIA_ROOT = settings_root


def sign_in(officer: Officer) -> Client:
    browser = Client(raise_request_exception=False, headers={"accept-language": "fr"})
    assert browser.login(username=officer.username, password=PASSWORD)
    return browser


def addresses(name, pattern, side) -> list[str]:
    """The addresses of a route that name something of that commune; for each case, of a case's route."""
    things = side.things
    match kind_of(name, is_public(name)):
        case "case":
            more = {"action": "note"} if name == "desk:act" else {}
            return [reverse(name, kwargs={"code": case.code} | more) for case in side.cases.values()]
        case "space":
            return [reverse(name, kwargs={"code": side.code})]
        case "thing":
            own, asked = side.cases["own"], side.cases["asked"]
            pk = things["paper"].pk
            return {
                "desk:delete-view": [f"/desk/views/{things['view'].pk}/delete/"],
                "desk:photo": [
                    f"/desk/photo/{things[one].token}/{size}/" for one in ("photo", "own_photo") for size in ("full", "thumb")
                ],
                "desk:mail-again": [f"/desk/case/{own.code}/mail/{things['mail'].pk}/again/"],
                "desk:file": [f"/desk/case/{asked.code}/files/{things['file'].token}"],
                "papers:paper": [f"/desk/letters/paper/{pk}.pdf"],
                "papers:returned": [f"/desk/letters/paper/{pk}/returned/"],
                "communes:document": [f"/commune/{side.code}/documents/{things['document'].pk}/file"],
            }.get(name) or [reverse(name, args=[side.code, side.officers["elu"].pk])]
    if name == "api:read_service":
        return ["/api/services/report"]
    return [reverse(name, kwargs=arguments(pattern))]


def body_of(answer) -> str:
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return raw.decode(errors="replace")


def test_every_route_says_what_it_is_to_a_commune():
    unsaid = [name for name, _pattern in routes() if kind_of(name, is_public(name)) is None]
    assert not unsaid, f"say in tests/communes/matrix.py what these are to a commune's officer: {unsaid}"
    gone = set(ROUTES) - {name for name, _pattern in routes()}
    assert not gone, f"no route any more: {gone}"


@pytest.mark.parametrize("who", ROLES)
@pytest.mark.parametrize(("mine", "theirs"), [("aubane", "bellefont"), ("bellefont", "aubane")])
def test_a_communes_officer_sees_the_communes_own_and_nothing_of_its_neighbours(scene, who, mine, theirs):
    own, other = getattr(scene, mine), getattr(scene, theirs)
    browser, wrong = sign_in(own.officers[who]), []
    foreign = other.marks() | {SECRET}
    before = standing_of(other)
    for name, pattern in routes():
        kind = kind_of(name, is_public(name))
        if kind == SELF or (kind == PUBLIC and (who, mine) != ("admin", "aubane")):  # the same for everybody
            continue
        for address in addresses(name, pattern, own):
            secret = own.cases["secret"].code in address
            answer = browser.get(address)
            told = shows(body_of(answer), other.unpublished() | {SECRET} if kind == PUBLIC else foreign)
            if told:
                wrong.append(f"GET {address} shows {told}")
            if kind == CLOSED and answer.status_code not in REFUSED | GONE | ODD | {401}:
                wrong.append(f"GET {address}: {answer.status_code}, the authority's own")
            if secret and kind == CASE and answer.status_code not in GONE | ODD:
                wrong.append(f"GET {address}: {answer.status_code}, a case that is between the metropolis and a person")
            expected = who == "admin" or name not in ADMIN_ALONE
            if kind in (SPACE, LIST) and answer.status_code not in ({200, 302} if expected else REFUSED) | ODD:
                wrong.append(f"GET {address}: {answer.status_code} on one's own")
            if kind == CASE and not secret and name in ("desk:case", "desk:case-pdf") and answer.status_code != 200:
                wrong.append(f"GET {address}: {answer.status_code} on one's own")
        if kind in (CASE, SPACE, THING):
            for address in addresses(name, pattern, other):
                wrong += refused(browser, address, foreign, name)
        if kind == CLOSED:
            answer = browser.post(addresses(name, pattern, own)[0], POSTED)
            if answer.status_code not in REFUSED | GONE | ODD | {401}:
                wrong.append(f"POST {name}: {answer.status_code}, the authority's own")
    assert not wrong, "\n".join(wrong)
    assert standing_of(other) == before, "something of the neighbour's was changed"


def refused(browser: Client, address: str, foreign: set[str], name: str):
    """What is wrong with how another commune's address answers: it isn't there, and tells nothing."""
    for method, sent in (("get", {}), ("post", POSTED)):
        answer = getattr(browser, method)(address, sent)
        named = {part for part in address.split("/") if part}
        told = {mark for mark in shows(body_of(answer), foreign) if mark not in named}
        if answer.status_code not in GONE | REFUSED | ODD or told:
            yield f"{method} {address} ({name}): {answer.status_code} {told or ''}"


def standing_of(side) -> tuple:
    """What others must not change: the cases' journals, the officers, the mails."""
    ids = [case.pk for case in side.cases.values()]
    officers = Officer.objects.filter(communes=side.code).order_by("pk").values_list("pk", "role", "is_active", "password")
    return (
        list(Entry.objects.filter(case_id__in=ids).order_by("case_id", "seq").values_list("case_id", "seq")),
        list(officers),
        Mail.objects.filter(case_id__in=ids).count(),
    )


@pytest.mark.parametrize("who", ROLES)
def test_lists_exports_searches_and_counts_hold_what_is_the_communes_own(scene, who):
    own, other = scene.aubane, scene.bellefont
    browser = sign_in(own.officers[who])
    mine, hidden = (
        {case.code for case in own.seen.values()},
        {case.code for case in other.cases.values()} | {own.cases["secret"].code},
    )
    closed = own.cases["asked"].code
    for address in ("/desk/?view=all", "/desk/?view=closed", "/desk/export.csv?view=all", "/api/cases?size=500"):
        text = body_of(browser.get(address))
        assert not shows(text, hidden | {SECRET}), address
        assert {code for code in mine if code in text} == ({closed} if "closed" in address else mine - {closed}), address
    for words in (*hidden, other.mark, SECRET, f"Zoé {own.mark}", f"zoe@{own.mark.lower()}.example", "0612345678"):
        assert browser.get("/api/cases", {"words": words, "view": "all"}).json()["total"] == 0, words
    assert browser.get("/api/cases", {"words": own.cases["ground"].code, "view": "all"}).json()["total"] == 1
    assert browser.get("/api/cases/counts").json()["all"] == len(mine) - 1


def test_a_commune_acts_on_what_its_teams_hold_and_reads_the_rest(scene):
    own = scene.aubane
    browser = sign_in(own.officers["agent"])

    def act(sort, action, **sent):
        return browser.post(f"/desk/case/{own.cases[sort].code}/act/{action}/", {"seen": "99"} | sent)

    assert act("own", "note", note="Vu par nous").status_code == 302
    for sort in ("ground", "project"):
        assert act(sort, "note", note="Vu").status_code == 403 and f"act={'note'}" not in body_of(
            browser.get(f"/desk/case/{own.cases[sort].code}/")
        )
    assert act("asked", "reply", message="Merci").status_code == 302
    assert act("asked", "give_answer", outcome="agreed", message="À nous-mêmes").status_code in (403, 409)
    entry = Entry.objects.filter(case_id=own.cases["asked"].pk, action="reply").get()
    assert (entry.actor_kind, entry.actor_name) == ("resident", str(own.officers["agent"]))


def test_persons_are_seen_where_the_commune_holds_the_case_or_the_service_opens_them(scene):
    own = scene.aubane
    browser = sign_in(own.officers["agent"])
    seen = {
        sort: f"zoe@{own.mark.lower()}.example" in body_of(browser.get(f"/desk/case/{own.cases[sort].code}/"))
        for sort in ("own", "ground")
    }
    assert seen == {"own": True, "ground": False}
    assert f"luc@{own.mark.lower()}.example" in body_of(browser.get(f"/desk/case/{own.cases['asked'].code}/"))
    councillor = sign_in(own.officers["elu"])
    assert "zoe@" not in body_of(councillor.get(f"/desk/case/{own.cases['own'].code}/"))


def test_the_metropolis_own_officers_have_no_way_into_a_communes_space(scene):
    for who in ("ana", "cleo", "dora"):
        browser = sign_in(getattr(scene.people, who))
        for name, pattern in routes():
            if kind_of(name, is_public(name)) == SPACE:
                assert browser.get(addresses(name, pattern, scene.aubane)[0]).status_code in (403, 405), name


def test_an_officer_of_both_communes_sees_both_and_manages_neither_ones_officers_twice(scene):
    both = scene.aubane.officers["agent"]
    both.communes.set(["13901", "13902"])
    browser = sign_in(both)
    assert {browser.get(f"/commune/{code}/").status_code for code in ("13901", "13902")} == {200}
    admin = sign_in(scene.aubane.officers["admin"])
    answer = admin.post(f"/commune/13901/officers/{both.pk}/account", {"open": "0"})
    assert answer.status_code == 404 and Officer.objects.get(pk=both.pk).is_active, (
        "one commune doesn't end an account that is another's too"
    )


def test_a_request_for_the_neighbours_ground_is_not_sent(scene):
    own, other = scene.aubane, scene.bellefont
    browser = sign_in(own.officers["agent"])
    begun = browser.post(f"/commune/{own.code}/requests/new")["Location"]
    you = {"you-name": "Luc", "you-email": "luc@x.example", "post": "mayor"}
    place = {"place-address": "Avenue Jean Jaurès", "place-lon": str(other.at[0]), "place-lat": str(other.at[1])}
    pages = {
        "what": {"wants": "request"} | place,
        "request": {"subject": "legal", "title": "Un marché", "details": "Le cahier", "urgent": "no"},
        "who": you,
    }
    for page, sent in pages.items():
        address = begun.replace("/what/", f"/{page}/")
        assert browser.post(address, sent | {"shown": list(sent)}).status_code == 303
    before = Case.objects.count()
    answer = browser.post(begun.replace("/what/", "/check/"))
    assert answer.status_code == 422 and "hors de votre commune" in body_of(answer) and Case.objects.count() == before
