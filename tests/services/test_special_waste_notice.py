"""The mailing of the special waste fee: a letter to each business of a list, once, whatever stops on the way; and what came of it."""

import pytest

from oppidum.cases import outbox
from oppidum.cases.acting import act_on
from oppidum.cases.importing import import_file
from oppidum.cases.models import Case, Live
from oppidum.cases.rules.standing import Actor, Command
from oppidum.cases.sweeping import sweep
from oppidum.publishing.models import Paper
from oppidum.services.living_environment.special_waste_notice import SpecialWasteNotice
from tests.territory.town import IN_AUBANE

OFFICER = Actor("officer", None, "Ana", frozenset({"act"}))
HEADER = "key;applicant.kind;applicant.name;applicant.number;place.lon;place.lat;place.address;about\n"


def listed(tmp_path, *names):
    lon, lat = IN_AUBANE
    rows = [
        f"2023:{n};company;{name};73282932000074;{lon};{lat};{n} rue de la République, 13901 Aubane;rules"
        for n, name in enumerate(names, 1)
    ]
    path = tmp_path / "list.csv"
    path.write_text(HEADER + "\n".join(rows), encoding="utf-8")
    return path


@pytest.fixture
def mailing(people, tmp_path):
    def send(*names):
        done = import_file(SpecialWasteNotice, listed(tmp_path, *names))
        assert not done.faults, done.faults
        outbox.deliver()
        return done

    return send


def test_each_business_of_the_list_has_its_letter_that_waits_for_the_printer(mailing):
    done = mailing("Boulangerie du Port", "Garage du Centre")
    assert len(done.codes) == 2 and set(Live.objects.values_list("step", flat=True)) == {"sent"}
    first, _second = Paper.objects.order_by("pk")
    assert (first.letter, first.fate, first.recipient, first.postcode) == ("notice", "waiting", "Boulangerie du Port", "13901")


def test_the_same_list_again_writes_to_nobody_twice_and_goes_on_where_it_stopped(mailing):
    mailing("Boulangerie du Port")
    done = mailing("Boulangerie du Port", "Garage du Centre")
    assert (done.known, len(done.codes)) == (1, 1) and Paper.objects.count() == 2


def test_a_letter_that_came_back_goes_to_the_corrected_address(mailing):
    mailing("Boulangerie du Port")
    case = Case.objects.get()
    act_on(case.pk, Command("returned", OFFICER))
    standing = act_on(case.pk, Command("send_again", OFFICER, {"new_address": "3 quai du Port\n13901 Aubane"}))
    outbox.deliver()
    assert standing.step == "sent" and list(Paper.objects.order_by("pk").values_list("letter", flat=True)) == ["notice", "again"]


def test_who_never_answers_is_closed_after_a_year(mailing, moved):
    with moved(2023, 9, 1, 9):
        mailing("Boulangerie du Port")
    with moved(2024, 9, 2, 9):
        sweep()
        assert Live.objects.get().step == "unanswered"
