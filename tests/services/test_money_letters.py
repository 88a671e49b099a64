"""The papers of the two services that take money, as they are printed."""

from datetime import UTC, datetime

import pytest

from oppidum.cases import outbox
from oppidum.cases.acting import act_on
from oppidum.cases.filing import file_case
from oppidum.cases.models import Effect
from oppidum.cases.rules.standing import Command
from oppidum.core import clock
from oppidum.payments.models import Charge
from oppidum.payments.paying import take_at_counter
from oppidum.publishing.keeping import path_of
from oppidum.publishing.models import Paper
from tests.publishing.conftest import letterhead, text_of  # noqa: F401
from tests.services.test_school_transport import IN_TIME, ask
from tests.services.test_special_waste_fee import OFFICER, contract


@pytest.fixture(autouse=True)
def _papers_of_the_test(settings, tmp_path, letterhead):  # noqa: F811
    settings.MEDIA_ROOT = tmp_path


def printed(case_id: int, letter: str) -> str:
    outbox.deliver()
    outbox.deliver()
    assert list(Effect.objects.exclude(error="").values_list("kind", "error")) == []
    paper = Paper.objects.filter(case=case_id, letter=letter).order_by("pk").last()
    return text_of(path_of(paper.file).read_bytes())


def test_the_contract_names_the_bins_and_its_articles():
    case_id = contract()
    text = printed(case_id, "contract")
    for words in ("Boulangerie du Port", "1er janvier 2024", "660", "3 300", "Zoé Roux", "articles L2224-14"):
        assert words in text, text


def test_the_yearly_bill_shows_its_reckoning_and_how_to_contest_it():
    case_id = contract()
    act_on(case_id, Command("bill", OFFICER, {"year": 2025}))
    text = printed(case_id, "invoice")
    charge = Charge.objects.get(case=case_id)
    for words in (
        "171 600 litres × 39,80 € pour 1 000 litres = 6 829,68 €",
        "5 815,58 €",
        charge.reference,
        "Tribunal administratif",
    ):
        assert words in text, text


def test_the_school_bill_says_that_a_program_reckoned_it_and_the_card_its_number():
    with clock.at(IN_TIME):
        filed = file_case(ask())
        act_on(filed.case_id, Command("grant", OFFICER))
        bill = printed(filed.case_id, "bill")
        for words in ("Nour Blanc", "60 €", "1er juillet 2027", "traitement algorithmique"):
            assert words in bill, bill
        take_at_counter(Charge.objects.get(case=filed.case_id).pk, 6_000, "card", "k", None)
        card = printed(filed.case_id, "card")
    for words in ("Nour Blanc", "Collège des Pins", "5 juillet 2028"):
        assert words in card, card


def test_a_refusal_gives_its_reason_and_the_remedies():
    with clock.at(datetime(2027, 6, 1, tzinfo=UTC)):
        filed = file_case(ask())
        act_on(filed.case_id, Command("refuse", OFFICER, {"reason": "twice"}))
        text = printed(filed.case_id, "refusal")
    for words in ("L’enfant a déjà un pass", "L3111-7", "Tribunal administratif"):
        assert words in text, text
