"""On-site sanitation: a check at least every ten years, four years for works, three for a report at a sale, a visit told ten days ahead."""

from datetime import date, datetime, timedelta

import pytest

from oppidum.bookings.calendars import make_slots
from oppidum.bookings.models import Opening, Resource
from oppidum.cases import outbox
from oppidum.cases.acting import act_on
from oppidum.cases.declaration import get_service
from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.models import Entry, Party
from oppidum.cases.preparing import prepare
from oppidum.cases.reading import read_standings
from oppidum.cases.rules.decide import actions_open_to
from oppidum.cases.rules.errors import NotEligible, NotNow
from oppidum.cases.rules.standing import RESIDENT, Actor
from oppidum.cases.sweeping import sweep
from oppidum.core import clock
from oppidum.figures.computing import Period, compute
from oppidum.payments.models import Charge
from oppidum.publishing.keeping import path_of
from oppidum.publishing.models import Paper
from oppidum.publishing.typesetting import typeset
from oppidum.services.living_environment.sanitation import SanitationInspection
from tests.publishing.conftest import letterhead, text_of  # noqa: F401
from tests.territory.town import IN_AUBANE

pytestmark = pytest.mark.django_db
INSPECTOR = Actor("officer", 1, "Ida", frozenset({"act", "assign", "note"}))
TO_DO = {"defects": ["contact"], "works": [{"what": "Remettre le couvercle"}]}


@pytest.fixture(autouse=True)
def march(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with clock.at(datetime(2027, 3, 1, 9, tzinfo=clock.PARIS)):
        yield


@pytest.fixture(autouse=True)
def inspector(people):
    """Visits of an hour on every morning from Monday to Friday."""
    found = Resource.objects.create(code="ida", kind="sanitation-inspector", name="Ida", serves=["13901"], team=people.cleanliness)
    Opening.objects.bulk_create(Opening(resource=found, weekday=d, starts="09:00", ends="12:00", minutes=60) for d in range(1, 6))
    make_slots(date(2027, 3, 1), date(2027, 3, 1) + timedelta(days=90), [found])


def ask(purpose="periodic", email="ada@example.org", **given):
    raw = {
        "purpose": purpose,
        "on_sewer": "no",
        "address": {"address": "Chemin des Pins", "lon": IN_AUBANE[0], "lat": IN_AUBANE[1]},
        "parts": ["tank", "spreading"],
        "rooms": 5,
        "owner": {"kind": "person", "name": "Ada Blanc"},
        "owner_address": "Chemin des Pins, 13400 Aubane",
        "contact": {"name": "Ada", "email": email},
    } | given
    if purpose == "design":
        # The plans themselves are tested with files; here a project comes without.
        raw["papers"] = []
    return file_case(prepare_case(SanitationInspection, raw, channel="portal"))


def do(filed, action, actor=INSPECTOR, **raw):
    return act_on(filed.case_id, prepare(SanitationInspection, action, raw, actor))


def visited(filed, found="compliant", check="periodic", day=22, **more):
    """Announced on 1 March 2027, visited in that month, found so."""
    do(filed, "announce", visit=f"ida@2027-03-{day}T09:00/10:00")
    with clock.at(datetime(2027, 3, day, 14, tzinfo=clock.PARIS)):
        more = more if found == "compliant" else TO_DO | more
        return do(filed, found, visited_on=f"2027-03-{day}", check=check, observations="Fosse vue", **more)


def standing(filed):
    return read_standings([filed.case_id])[filed.case_id]


def at(year, month, day):
    return clock.at(datetime(year, month, day, 9, tzinfo=clock.PARIS))


def offered(filed, who=RESIDENT):
    return {action.name for action in actions_open_to(SanitationInspection, standing(filed), who.kind, who.rights, clock.today())}


def written(filed, letter):
    while outbox.deliver():
        pass
    paper = Paper.objects.filter(case=filed.case_id, letter=letter).latest("pk")
    return text_of(path_of(paper.file).read_bytes() if paper.file else typeset([paper.data]).pdf)


def test_a_visit_is_announced_ten_days_ahead_at_least():
    filed = ask()
    with pytest.raises(NotEligible, match="dix jours"):
        do(filed, "announce", visit="ida@2027-03-10T09:00/10:00")
    assert standing(filed).step == "asked"
    assert do(filed, "announce", visit="ida@2027-03-11T09:00/10:00").step == "planned"


def test_the_owner_chooses_another_time_with_the_same_notice():
    filed = ask()
    do(filed, "announce", visit="ida@2027-03-22T09:00/10:00")
    assert do(filed, "move", RESIDENT, visit="ida@2027-03-23T10:00/11:00").facts["visit"] == "ida@2027-03-23T10:00/11:00"


def test_the_next_check_is_due_ten_years_after_the_last_and_four_where_there_is_a_danger():
    fine, bad = ask(), ask(email="bo@example.org")
    assert visited(fine).due_on == date(2037, 3, 22)
    assert visited(bad, "dangerous", day=23).due_on == date(2031, 3, 23)
    with at(2037, 3, 23):
        sweep()
        assert (standing(fine).step, standing(fine).facts["purpose"]) == ("due", "periodic")


def test_an_installation_enters_with_the_day_of_its_last_check():
    filed = ask(last_check_on="2019-06-05")
    assert do(filed, "register", visited_on="2019-06-05", finding="incomplete").due_on == date(2029, 6, 5)


def test_at_a_sale_a_report_serves_for_three_years_and_no_day_longer():
    filed = ask()
    visited(filed)
    with at(2030, 3, 22):
        assert {"certify"} == offered(filed) & {"certify", "for_sale"}
        do(filed, "certify", RESIDENT)
    with at(2030, 3, 23):
        assert {"for_sale"} == offered(filed) & {"certify", "for_sale"}
        with pytest.raises(NotNow):
            do(filed, "certify", RESIDENT)
        assert do(filed, "for_sale", RESIDENT).facts["purpose"] == "sale"


def test_the_report_for_the_sale_says_what_was_found_and_until_when_it_serves(letterhead):  # noqa: F811
    filed = ask()
    visited(filed, "incomplete")
    do(filed, "certify", RESIDENT)
    text = written(filed, "for_sale")
    assert [w for w in ("Ada Blanc", "22 mars 2027", "22 mars 2030", "non conforme, sans danger", "L271-4") if w not in text] == []


def test_works_are_due_four_years_after_the_report_was_notified():
    filed = ask()
    visited(filed, "dangerous")
    with at(2027, 4, 2):
        assert do(filed, "notified", notified_on="2027-04-01").step == "works"
        with pytest.raises(NotNow):  # once: another letter gives no more time
            do(filed, "notified", notified_on="2027-04-02")
    with at(2031, 3, 30):
        sweep()
        assert standing(filed).step == "due"  # the next check, four years after the visit
    with at(2031, 4, 2):
        sweep()
        assert standing(filed).facts["finding"] == "dangerous" and "works_late" in journal(filed)


def journal(filed):
    return list(Entry.objects.filter(case_id=filed.case_id).order_by("seq").values_list("action", flat=True))


def test_who_buys_a_house_that_is_not_compliant_has_one_year_and_the_file_in_their_name(letterhead):  # noqa: F811
    filed = ask()
    visited(filed, "incomplete")
    with at(2027, 6, 1):
        new = {"owner": {"kind": "person", "name": "Bo Noir"}, "owner_address": "1 quai du Port, 13002 Castelmer"}
        assert do(filed, "sold", RESIDENT, sold_on="2027-05-31", **new).due_on == date(2028, 5, 31)
        text = written(filed, "new_owner")
        assert "Bo Noir" in text and "un an" in text
    with at(2028, 6, 1):
        sweep()
        assert standing(filed).step == "late"


def test_who_buys_a_house_that_is_compliant_has_nothing_to_do():
    filed = ask()
    visited(filed)
    with at(2027, 6, 1):
        new = {"owner": {"kind": "person", "name": "Bo Noir"}, "owner_address": "1 quai du Port, 13002 Castelmer"}
        assert do(filed, "sold", RESIDENT, sold_on="2027-05-31", **new).due_on == date(2037, 3, 22)


def test_a_new_installation_is_checked_twice_on_paper_and_before_it_is_covered(letterhead, settings):  # noqa: F811
    service = get_service("sanitation-inspection")
    filed = ask(purpose="periodic")
    visited(filed, "dangerous")
    assert do(filed, "new_project", RESIDENT).step == "design"
    with pytest.raises(NotNow):
        do(filed, "announce", visit="ida@2027-03-25T09:00/10:00")
    assert do(filed, "project_fine", project="Fosse de 3 m³ et épandage de 60 m²").step == "works"
    assert "60 m²" in written(filed, "project_fine")
    assert do(filed, "works_done", RESIDENT).step == "due"
    assert visited(filed, check="execution", day=30).step == "known"
    assert service.flow.steps["known"].says
    assert compute("sanitation-works-checks", Period.year(2027)).value == 1


def test_the_fee_follows_the_check_and_the_penalty_doubles_it():
    filed = ask()
    visited(filed, "dangerous", check="sale")
    with at(2031, 4, 2):
        sweep()
        do(filed, "penalise")
    outbox.deliver()
    assert list(Charge.objects.order_by("pk").values_list("fee", "total_cents")) == [("check", 15_000), ("penalty", 22_000)]


def test_an_installation_that_has_a_file_keeps_that_one_and_its_asker_follows_it():
    known, again = ask(), ask("sale", email="bo@example.org")
    visited(known)
    assert do(again, "same", original=known.code).step == "same"
    outbox.deliver()
    assert set(Party.objects.filter(case=known.case_id).values_list("email", flat=True)) == {"ada@example.org", "bo@example.org"}


def test_what_has_no_danger_counts_as_compliant():
    for number, (found, day) in enumerate((("compliant", 22), ("incomplete", 23), ("compliant", 24), ("dangerous", 25))):
        visited(ask(email=f"o{number}@example.org"), found, day=day)
    year = Period.year(2027)
    assert [compute(name, year).value for name in ("sanitation-checks", "sanitation-compliance", "sanitation-dangers")] == [
        4,
        75,
        1,
    ]


def test_a_house_on_the_sewer_has_nothing_to_be_checked():
    with pytest.raises(NotEligible):
        ask(on_sewer="yes")
