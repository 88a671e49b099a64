"""Film shoots: a place looked for or asked for, those who keep it heard, works and other shoots on the same days seen, a permit and its price."""

import io
from datetime import datetime

import pytest
from django.test import Client

from oppidum.cases import outbox
from oppidum.cases.acting import act_on
from oppidum.cases.declaration import get_service
from oppidum.cases.files import attachments
from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.models import Case
from oppidum.cases.overlapping import list_met
from oppidum.cases.preparing import prepare
from oppidum.cases.reading import read_standings
from oppidum.cases.rules.asking import OPINION, open_opinions
from oppidum.cases.rules.errors import NotEligible, NotNow
from oppidum.cases.rules.standing import RESIDENT, Actor, Command
from oppidum.cases.sweeping import sweep
from oppidum.core import clock
from oppidum.core.errors import InvalidForm, NotAllowed
from oppidum.payments.models import Charge
from oppidum.people import remits
from oppidum.people.models import Remit
from oppidum.publishing.keeping import path_of
from oppidum.publishing.models import Paper
from oppidum.services.economy.film_shoot import FilmShoot
from tests.people_of_town import PASSWORD
from tests.publishing.conftest import letterhead, text_of  # noqa: F401
from tests.services.test_housing_solidarity_fund import PDF
from tests.territory.town import IN_AUBANE

pytestmark = pytest.mark.django_db
OFFICE = Actor("officer", 1, "Kim", frozenset({"act", "note"}))


@pytest.fixture(autouse=True)
def march(settings, tmp_path, people):
    settings.MEDIA_ROOT = tmp_path
    Remit.objects.create(service="film-shoot", team=people.roads, category="*")
    remits.forget()
    with clock.at(datetime(2027, 3, 1, 9, tzinfo=clock.PARIS)):
        yield


def spot(metres_east=0):
    return {"address": "1 quai du Port", "lon": IN_AUBANE[0] + metres_east / 81_000, "lat": IN_AUBANE[1]}


def paper():
    return attachments.save_upload(io.BytesIO(PDF), "assurance.pdf", FilmShoot.form["insurance"], clock.now()).token


def ask(first="2027-04-05", last="2027-04-07", where=None, **changed):
    raw = {
        "film": "La Digue",
        "kind": "series",
        "wish": "shoot",
        "synopsis": "Deux pêcheurs.",
        "where": where or spot(),
        "during": {"from": first, "to": last},
        "hours": ["day"],
        "is_nature": False,
        "people": 40,
        "vehicles": 6,
        "needs": ["parking"],
        "insurance": [paper()],
        "production": {"kind": "company", "name": "Films du Port", "number": "73282932000074"},
        "production_address": {"text": "8 boulevard des Dames, 13910 Aubane"},
        "contact": {"name": "Léo", "email": "leo@example.org", "phone": "06 39 98 12 34"},
    } | changed
    return file_case(prepare_case(FilmShoot, raw, channel="portal"))


def do(filed, action, actor=OFFICE, **raw):
    return act_on(filed.case_id, prepare(FilmShoot, action, raw, actor))


def heard(filed, *more):
    """Those who keep the place have nothing against it."""
    do(filed, "ask_opinions")
    for team, opinion in (("team:roads", "roads"), ("team:territories", "communes"), *more):
        act_on(filed.case_id, Command(OPINION, Actor(team), {"opinion": opinion, "answer": "favourable"}))
    work()
    assert standing(filed).step == "review"
    return filed


def standing(filed):
    return read_standings([filed.case_id])[filed.case_id]


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


def test_works_are_seen_as_long_as_they_are_open():
    raw = {"title": "Quai", "theme": "mobility", "summary": "Un quai.", "where": spot(100), "is_public": True}
    works = file_case(prepare_case(get_service("project"), raw, channel="desk"))
    assert met(ask()) == [(works.code, 100)]


def test_every_place_of_a_shoot_is_held_against_every_place_of_the_others():
    """Its main place lies far away; the one further down in its list, on a day of its own, is ours."""
    other = ask(
        "2027-04-01",
        "2027-04-30",
        where=spot(5_000),
        others=[{"where": spot(60), "during": {"from": "2027-04-06", "to": "2027-04-06"}}],
    )
    elsewhere = [{"where": spot(5_100)}]  # no days of its own: those of the whole
    ours = ask("2027-04-05", "2027-04-07", others=elsewhere)
    assert sorted(met(ours)) == [(other.code, 60)]
    assert [(one.first.day, one.last.day) for one in list_met(FilmShoot, Case.objects.get(pk=ours.case_id))] == [(6, 6)]
    assert met(ask("2027-04-08", "2027-04-09", where=spot(60))) == []


def test_the_officer_sees_on_the_page_what_else_happens_there():
    ours, other = ask(), ask("2027-04-06", "2027-04-06")
    browser = Client()
    assert browser.login(username="ana", password=PASSWORD)
    page = browser.get(f"/desk/case/{ours.code}/", headers={"accept-language": "fr"}).content.decode()
    assert "Même lieu, mêmes jours" in page and other.code in page


def test_a_permit_is_given_once_those_who_keep_the_place_are_heard_and_says_what_was_settled(letterhead):  # noqa: F811
    filed = ask(others=[{"where": spot(60), "during": {"from": "2027-04-06", "to": "2027-04-06"}}])
    with pytest.raises(NotNow):
        do(filed, "permit", met="no", conditions="Laisser passer les secours.")
    heard(filed)
    with pytest.raises(InvalidForm):  # works are met: what was settled with them?
        do(filed, "permit", met="yes", conditions="Laisser passer les secours.")
    do(filed, "permit", met="yes", weighed="Chantier du quai suspendu le 6.", conditions="Laisser passer les secours.")
    work()
    text = text_of(path_of(Paper.objects.get(case=filed.case_id, letter="permit").file).read_bytes())
    words = ("Films du Port", "La Digue", "5 avril 2027", "7 avril 2027", "Chantier du quai suspendu", "secours", "6 avril 2027")
    assert [word for word in words if word not in text.replace("\u00a0", " ")] == []


def test_a_drone_is_the_prefecture_s_and_a_beach_is_its_keeper_s_to_weigh():
    do(plain := ask(), "ask_opinions")
    assert {one.name for one, _last in open_opinions(FilmShoot, standing(plain))} == {"roads", "communes"}
    filed = ask(needs=["drone"], drone_operator="FRA3k7m2x9q4t8vp", is_nature=True, film="Vu du ciel")
    do(filed, "ask_opinions")
    assert {one.name for one, _last in open_opinions(FilmShoot, standing(filed))} == {"roads", "communes", "nature", "prefecture"}


def test_who_keeps_silent_about_a_shoot_does_not_hold_it_up():
    filed = ask(is_nature=True)
    do(filed, "ask_opinions")
    with clock.at(datetime(2027, 3, 18, 9, tzinfo=clock.PARIS)):
        sweep()
        work()
        assert standing(filed).step == "review" and standing(filed).facts["opinion:nature"] == "none"


def test_the_price_goes_by_days_and_people_and_schools_pay_nothing():
    for changed in ({}, {"kind": "school", "film": "École"}, {"people": 8, "last": "2027-04-05", "film": "Court"}):
        do(heard(ask(**changed)), "permit", met="no", conditions="Rien.")
    work()
    # Three days of up to fifty people; a school; one day of up to ten.
    assert list(Charge.objects.order_by("pk").values_list("total_cents", flat=True)) == [75_000, 0, 5_000]


def test_a_shoot_is_asked_for_ten_days_ahead_and_so_are_other_days():
    with pytest.raises(NotEligible, match="dix jours"):
        ask("2027-03-10", "2027-03-12")
    filed = heard(ask())
    with pytest.raises(NotEligible, match="dix jours"):
        do(filed, "move_days", RESIDENT, during={"from": "2027-03-10", "to": "2027-03-12"})
    moved = do(filed, "move_days", RESIDENT, during={"from": "2027-05-10", "to": "2027-05-12"})
    assert moved.step == "asked" and moved.facts["during"]["from"] == "2027-05-10"


def test_other_days_than_permitted_ask_everybody_anew_and_take_the_permit_and_its_price_back():
    filed = heard(ask())
    do(filed, "permit", met="no", conditions="Rien.")
    do(filed, "change_days", RESIDENT, during={"from": "2027-05-10", "to": "2027-05-13"})
    work()
    assert [one for one in standing(filed).facts if one.startswith(("asked:", "opinion:"))] == []
    assert sum(charge.balance_cents for charge in Charge.objects.filter(case=filed.case_id)) == 0
    do(heard(filed), "permit", met="no", conditions="Rien.")
    work()
    assert sum(charge.balance_cents for charge in Charge.objects.filter(case=filed.case_id)) == 100_000  # four days


def test_other_days_meet_other_cases():
    ours, may = ask(), ask("2027-05-11", "2027-05-11")
    assert met(ours) == []
    do(heard(ours), "move_days", RESIDENT, during={"from": "2027-05-10", "to": "2027-05-12"})
    assert [code for code, _metres in met(ours)] == [may.code]


def test_who_looks_for_a_place_chooses_among_those_proposed_and_goes_on_to_the_permit():
    filed = ask(wish="search", looked_for="Une plage sans route.")
    with pytest.raises(NotNow):
        do(filed, "ask_opinions")
    do(
        filed,
        "propose_places",
        proposals=[{"what": "Calanque de Port-Miou", "fits_because": "Pas de route", "whom": "Parc national"}],
    )
    assert standing(filed).due_on is None  # No decision is asked for, so that none is late.
    chosen = do(filed, "choose_place", RESIDENT, where=spot(), during={"from": "2027-05-10", "to": "2027-05-12"})
    assert (chosen.step, chosen.facts["wish"], str(chosen.due_on)) == ("asked", "shoot", "2027-05-01")
    other = ask("2027-05-12", "2027-05-12")
    assert met(other) == [(filed.code, 0)] and met(filed) == [(other.code, 0)]
    heard(filed)


def test_two_months_of_silence_refuse_a_shoot_and_missing_papers_hold_them():
    silent, waiting = ask("2027-06-20", "2027-06-21"), ask("2027-06-22", "2027-06-22")
    do(waiting, "ask_papers", papers_missing=["insurance"], papers_by="2027-03-21")
    assert (str(standing(silent).due_on), str(standing(waiting).due_on)) == ("2027-05-01", "2027-05-21")
    do(waiting, "papers_in", papers_more=[paper()])


def test_the_day_after_its_days_the_place_is_looked_at_and_a_month_later_the_case_is_closed():
    filed = heard(ask())
    do(filed, "permit", met="no", conditions="Rien.")
    with clock.at(datetime(2027, 4, 8, 9, tzinfo=clock.PARIS)):
        assert (sweep(), standing(filed).step) == (0, "permitted")
    with clock.at(datetime(2027, 4, 9, 9, tzinfo=clock.PARIS)):
        assert (sweep(), standing(filed).step) == (1, "to_check")
        assert do(filed, "damage", found="Adhésifs au sol.", mend_by="2027-04-20").step == "to_check"
    with clock.at(datetime(2027, 5, 12, 9, tzinfo=clock.PARIS)):
        assert (sweep(), standing(filed).step) == (1, "filmed")


def test_a_permit_taken_back_costs_nothing_and_no_officer_does_it_alone():
    filed = heard(ask())
    do(filed, "permit", met="no", conditions="Rien.")
    with pytest.raises(NotAllowed):
        do(filed, "revoke", reasons="Épisode de feu de forêt.")
    do(filed, "revoke", Actor("officer", 2, "Max", frozenset({"act", "assign"})), reasons="Épisode de feu de forêt.")
    work()
    assert standing(filed).step == "revoked"
    assert sum(charge.balance_cents for charge in Charge.objects.filter(case=filed.case_id)) == 0


def test_no_weapon_is_shown_on_public_land_at_night():
    with pytest.raises(NotEligible):
        ask(needs=["weapons"], hours=["night"])
