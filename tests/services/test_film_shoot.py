"""Film shoots: a place looked for or asked for, those who keep it heard, works and other shoots on the same days seen, a permit and its price."""

from datetime import datetime

import pytest
from django.test import Client

from oppidum.cases import outbox
from oppidum.cases.acting import act_on
from oppidum.cases.declaration import get_service
from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.models import Case
from oppidum.cases.overlapping import list_met
from oppidum.cases.preparing import prepare
from oppidum.cases.reading import read_standings
from oppidum.cases.rules.asking import OPINION
from oppidum.cases.rules.errors import NotEligible, NotNow
from oppidum.cases.rules.standing import RESIDENT, Actor, Command
from oppidum.core import clock
from oppidum.core.errors import InvalidForm
from oppidum.payments.models import Charge
from oppidum.people import remits
from oppidum.people.models import Remit
from oppidum.publishing.models import Paper
from oppidum.publishing.typesetting import typeset
from oppidum.services.economy.film_shoot import FilmShoot
from tests.people_of_town import PASSWORD
from tests.publishing.conftest import letterhead, text_of  # noqa: F401
from tests.territory.town import IN_AUBANE

pytestmark = pytest.mark.django_db
OFFICE = Actor("officer", 1, "Kim", frozenset({"act", "note"}))


@pytest.fixture(autouse=True)
def march(settings, tmp_path, people, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(type(FilmShoot.form["insurance"]), "needed", lambda question, known: False)  # files are tested elsewhere
    Remit.objects.create(service="film-shoot", team=people.roads, category="*")
    remits.forget()
    with clock.at(datetime(2027, 3, 1, 9, tzinfo=clock.PARIS)):
        yield


def spot(metres_east=0):
    return {"address": "1 quai du Port", "lon": IN_AUBANE[0] + metres_east / 81_000, "lat": IN_AUBANE[1]}


def ask(first="2027-04-05", last="2027-04-07", where=None, **changed):
    raw = {
        "title": "La Digue",
        "kind": "series",
        "asks": "shoot",
        "synopsis": "Deux pêcheurs.",
        "where": where or spot(),
        "during": {"from": first, "to": last},
        "hours": ["day"],
        "people": 40,
        "vehicles": 6,
        "needs": ["parking"],
        "insurance": [],
        "production": {"kind": "company", "name": "Films du Port", "number": "73282932000074"},
        "contact": {"name": "Léo", "email": "leo@example.org", "phone": "06 39 98 12 34"},
    } | changed
    return file_case(prepare_case(FilmShoot, raw, channel="portal"))


def do(filed, action, actor=OFFICE, **raw):
    return act_on(filed.case_id, prepare(FilmShoot, action, raw, actor))


def heard(filed):
    """Those who keep the place have nothing against it."""
    do(filed, "ask_opinions")
    for team, opinion in (("roads", "roads"), ("territories", "communes")):
        act_on(filed.case_id, Command(OPINION, Actor(f"team:{team}"), {"opinion": opinion, "answer": "favourable"}))
    work()
    assert read_standings([filed.case_id])[filed.case_id].step == "review"
    return filed


def work():
    while outbox.deliver():
        pass


def met(filed):
    return [(one.case.code, one.metres) for one in list_met(FilmShoot, Case.objects.get(pk=filed.case_id))]


def test_another_shoot_on_the_same_ground_is_seen_when_a_day_is_shared_and_not_otherwise():
    ours = ask("2027-04-05", "2027-04-07")
    same_day, near = ask("2027-04-07", "2027-04-09"), ask("2027-04-01", "2027-04-30", where=spot(200))
    ask("2027-04-08", "2027-04-09")  # the day after
    ask("2027-04-05", "2027-04-07", where=spot(600))  # in another street
    assert [code for code, _metres in met(ours)] == [same_day.code, near.code]
    assert [metres for _code, metres in met(ours)][0] == 0 and 190 < met(ours)[1][1] < 210


def test_works_and_reports_of_the_street_are_seen_as_long_as_they_are_open():
    report = get_service("report")
    hole = file_case(
        prepare_case(report, {"category": "roads.pothole"}, channel="portal", lon=IN_AUBANE[0], lat=IN_AUBANE[1], commune="13901")
    )
    assert [code for code, _metres in met(ask())] == [hole.code]


def test_the_officer_sees_on_the_page_what_else_happens_there():
    ours, other = ask(), ask("2027-04-06", "2027-04-06")
    browser = Client()
    assert browser.login(username="ana", password=PASSWORD)
    page = browser.get(f"/desk/case/{ours.code}/", headers={"accept-language": "fr"}).content.decode()
    assert "Même lieu, mêmes jours" in page and other.code in page


def test_a_permit_is_given_once_those_who_keep_the_place_are_heard_and_says_what_was_settled(letterhead):  # noqa: F811
    filed = ask()
    with pytest.raises(NotNow):
        do(filed, "permit", met="no", conditions="Laisser passer les secours.")
    heard(filed)
    with pytest.raises(InvalidForm):  # works are met: what was settled with them?
        do(filed, "permit", met="yes", conditions="Laisser passer les secours.")
    do(filed, "permit", met="yes", weighed="Chantier du quai suspendu le 6.", conditions="Laisser passer les secours.")
    work()
    text = (
        text_of(typeset([paper.data]).pdf)
        if (paper := Paper.objects.get(case=filed.case_id, letter="permit")).data
        else read(paper)
    )
    words = ("Films du Port", "La Digue", "5 avril 2027", "7 avril 2027", "Chantier du quai suspendu", "secours")
    assert [word for word in words if word not in text] == []


def read(paper):
    from oppidum.publishing.keeping import path_of

    return text_of(path_of(paper.file).read_bytes())


def test_the_price_goes_by_days_and_people_and_schools_pay_nothing():
    for changed in ({}, {"kind": "school", "title": "École"}, {"people": 8, "last": "2027-04-05", "title": "Court"}):
        do(heard(ask(**changed)), "permit", met="no", conditions="Rien.")
    work()
    # Three days of up to fifty people; a school; one day of up to ten.
    assert list(Charge.objects.order_by("pk").values_list("total_cents", flat=True)) == [75_000, 0, 5_000]


def test_a_shoot_is_asked_for_ten_days_ahead_and_so_are_other_days():
    with pytest.raises(InvalidForm):
        ask("2027-03-10", "2027-03-12")
    filed = heard(ask())
    with pytest.raises(NotEligible, match="dix jours"):
        do(filed, "move_days", RESIDENT, during={"from": "2027-03-10", "to": "2027-03-12"})
    moved = do(filed, "move_days", RESIDENT, during={"from": "2027-05-10", "to": "2027-05-12"})
    assert moved.step == "asked" and moved.facts["during"]["from"] == "2027-05-10"


def test_other_days_meet_other_cases():
    ours, may = ask(), ask("2027-05-11", "2027-05-11")
    assert met(ours) == []
    do(heard(ours), "move_days", RESIDENT, during={"from": "2027-05-10", "to": "2027-05-12"})
    assert [code for code, _metres in met(ours)] == [may.code]


def test_who_looks_for_a_place_chooses_among_those_proposed_and_goes_on_to_the_permit():
    filed = ask(asks="search", looked_for="Une plage sans route.")
    with pytest.raises(NotNow):
        do(filed, "ask_opinions")
    do(filed, "propose_places", proposals=[{"what": "Calanque de Port-Miou", "why": "Pas de route", "whom": "Parc national"}])
    chosen = do(filed, "choose_place", RESIDENT, where=spot(), during={"from": "2027-05-10", "to": "2027-05-12"})
    assert (chosen.step, chosen.facts["asks"]) == ("asked", "shoot")
    heard(filed)


def test_no_weapon_is_shown_on_public_land_at_night():
    with pytest.raises(NotEligible):
        ask(needs=["weapons"], hours=["night"])
