"""What the tally hears beside acts: corrections that move the past, places, money, sittings, datasets, partners; and nothing that was undone."""

from datetime import datetime

import pytest

from oppidum.bodies import acting, attending, voting
from oppidum.cases.corrections import correcting
from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.models import Case, Live
from oppidum.cases.rules.standing import RESIDENT
from oppidum.core import clock
from oppidum.core.watching import all_or_nothing, tell, watching
from oppidum.payments import correcting as accounts
from oppidum.payments.models import Charge
from oppidum.payments.paying import take_at_counter
from oppidum.publishing.datasets.publishing import publish
from oppidum.publishing.datasets.using import count_uses
from oppidum.rehearsal.replay.proof import prove
from oppidum.rehearsal.replay.saying import say
from oppidum.rehearsal.replay.tally import Tally
from oppidum.services.planning_housing.intended_sale import IntendedSale
from tests.bodies.conftest import convened, council, sitting_with  # noqa: F401 -- fixtures
from tests.datasets.conftest import TREES, declared, media  # noqa: F401 -- fixtures
from tests.interfaces.partner_fixtures import deliver as deliver_to_partners
from tests.interfaces.partner_fixtures import leak  # noqa: F401 -- fixture
from tests.services.doing import deliver
from tests.services.test_composter import do, new, stock, wednesday
from tests.services.test_crematorium_ceremony import aix, cremated  # noqa: F401 -- fixture
from tests.services.test_intended_sale import answers, land  # noqa: F401 -- fixture
from tests.territory.town import IN_BELLEFONT


@pytest.fixture
def tally():
    with Tally(2027).watch() as one:
        yield one


@pytest.fixture
def march():
    with clock.at(datetime(2027, 3, 1, 9, tzinfo=clock.PARIS)):
        yield


def proven(tally):
    assert [str(difference) for difference in prove(tally)] == []
    return say(tally)


def test_a_corrected_notice_counts_where_the_property_lies_and_for_the_price_that_was_meant(tally, land, march):  # noqa: F811
    first, _second = (file_case(prepare_case(IntendedSale, answers(), channel="portal")) for _ in range(2))
    elsewhere = {"lon": IN_BELLEFONT[0], "lat": IN_BELLEFONT[1], "address": "Bellefont"}
    changed = {"price": "90000", "property": elsewhere}
    correcting.correct(Case.objects.get(pk=first.case_id), land.ana, changed, "mistyped", "Vous nous l'avez dit.", 2)
    said = proven(tally)
    assert said["intended-sales-value"].total == 240_001 and said["intended-sales-pending"].parts["commune"] == {
        "13901": 1,
        "13902": 1,
    }


def test_a_reservation_counts_for_the_model_that_it_was_corrected_to(tally, people, march):
    stock(people.cleanliness)
    filed = file_case(new(10, garden="yes"))
    correcting.correct(Case.objects.get(pk=filed.case_id), people.ana, {"model": "worms"}, "mistyped", "Vous nous l'avez dit.", 2)
    said = proven(tally)
    assert (said["composters-reserved"].total, said["worm-composters-reserved"].total) == (0, 1)


def test_a_cremation_counts_where_its_case_says_and_elsewhere_once_that_was_corrected(tally, aix):  # noqa: F811
    filed = cremated()
    with clock.at(datetime(2027, 3, 5, 9, tzinfo=clock.PARIS)):
        said = proven(tally)
        assert (said["cremations-aix"].total, said["cremations-aubagne"].total) == (1, 0)
        seen = Live.objects.get(case_id=filed.case_id).version
        moved = {"crematorium": "crematorium-aubagne"}
        correcting.correct(Case.objects.get(pk=filed.case_id), aix.ana, moved, "mistyped", "Vous nous l'avez dit.", seen)
        said = proven(tally)
        assert (said["cremations-aix"].total, said["cremations-aubagne"].total) == (0, 1)


def test_places_given_back_do_not_count_and_bills_reductions_and_payments_do(tally, people, march):
    stock(people.cleanliness)
    kept, moved, cancelled = (file_case(new(10, number=n)) for n in (1, 2, 3))
    do(cancelled, "cancel", RESIDENT)
    do(moved, "move", RESIDENT, distribution=wednesday(17))
    deliver()
    charge = Charge.objects.get(case=kept.case_id)
    accounts.waive(charge.pk, 100, "Geste", "once")
    take_at_counter(charge.pk, charge.total_cents - 100, "card", people.ana, "once")
    said = proven(tally)
    assert said["places-booked"].total == 2 and said["fees-paid"].total == round((charge.total_cents - 100) / 100)


def test_what_a_body_decides_counts_and_a_conclusion_that_was_undone_does_not(tally, council, sitting_with, moved, monkeypatch):  # noqa: F811
    sitting = sitting_with("Plan vélo", "Voie verte")
    with moved(2027, 5, 20, 19):
        for item in sitting.items.all():
            voting.record_vote(item, {})
        attending.close_sitting(sitting)
        with monkeypatch.context() as broken:
            broken.setattr(acting, "_act_on_cases", lambda *given: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                acting.conclude(sitting)
        acting.conclude(sitting)
    said = proven(tally)
    assert (said["deliberations"].total, said["council-meetings"].total) == (2, 1)


def test_datasets_and_their_downloads_count(tally, db, declared, media, march):  # noqa: F811
    publish(declared(TREES).name)
    count_uses({("trees", "csv"): 3, ("trees", "parquet"): 1})
    said = proven(tally)
    assert (said["datasets-new"].total, said["datasets-downloads"].parts["format"]) == (1, {"csv": 3, "parquet": 1})


def test_messages_to_partners_count(tally, march, leak):  # noqa: F811
    leak.file(meter="M-1")
    deliver_to_partners()
    assert proven(tally)["partner-messages"].parts["partner"] == {"operator": 1}


def test_nobody_hears_of_what_was_undone(db):
    heard = []
    with watching("door", heard.extend), all_or_nothing():
        tell("door", [1])
        with pytest.raises(ZeroDivisionError), all_or_nothing():
            tell("door", [2])
            raise ZeroDivisionError
        with all_or_nothing():
            tell("door", [3])
        assert heard == []
    assert heard == [1, 3]
