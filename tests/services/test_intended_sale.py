"""The notice of intended sale: two months to buy, what suspends them, what each silence means, letters on paper, figures counted."""

import io
from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import override

from oppidum.cases.acting import act_on
from oppidum.cases.declaration import get_service, list_unverified
from oppidum.cases.explaining import list_clocks, rests_on_unverified
from oppidum.cases.files import attachments
from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.models import Entry
from oppidum.cases.preparing import actor_of, prepare
from oppidum.cases.rules.errors import NotNow
from oppidum.cases.rules.standing import RESIDENT, Actor, Command
from oppidum.cases.sweeping import sweep
from oppidum.cases.verifying import verify
from oppidum.core import clock
from oppidum.figures.computing import Period, compute
from oppidum.people import remits
from oppidum.people.models import Remit
from oppidum.publishing.datasets.publishing import publish
from oppidum.publishing.preemptions_export import acquisitions
from tests.publishing.conftest import letterhead as _letterhead  # noqa: F401
from tests.services.doing import papers, standing, words
from tests.territory.town import IN_AUBANE

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
letterhead = _letterhead
MARCH = (2027, 3, 1, 9)
GROUNDS = "Quarante logements sociaux sont prévus sur l'îlot, dont cette parcelle est l'accès."


@pytest.fixture
def land(people, settings, tmp_path):
    """The roads team has the notices too; a notary files one."""
    settings.MEDIA_ROOT = tmp_path
    Remit.objects.create(service="intended-sale", team=people.roads, category="*")
    remits.forget()
    return people


def answers(**changes):
    lon, lat = IN_AUBANE
    service = get_service("intended-sale")
    paper = attachments.save_upload(io.BytesIO(PDF), "cerfa.pdf", service.form["cerfa"], clock.now())
    return {
        "property": {"lon": lon, "lat": lat, "address": "12 rue des Oliviers, 13910 Aubane"},
        "kind": "building",
        "parcels": [{"section": "AB", "number": "112", "area_m2": "430"}],
        "built_m2": "380",
        "occupied": "vacant",
        "sale_form": "sale",
        "price": "150000,50",
        "seller": {"kind": "person", "name": "Jeanne Martin"},
        "seller_address": {"text": "3 cours Mirabeau, 13100 Aix-en-Provence"},
        "notary": {"kind": "company", "name": "Étude Roux", "number": "55208131766522"},
        "notary_address": {"text": "1 place de la Mairie, 13910 Aubane"},
        "contact": {"email": "etude@example.org"},
        "cerfa": [paper.token],
        "statement": {"agreed": "yes", "name": "Étude Roux"},
    } | changes


def file(**changes):
    return file_case(prepare_case(get_service("intended-sale"), answers(**changes), channel="portal")).case_id


def take(case_id, action, by, **raw):
    actor = by if by is RESIDENT else actor_of(by)
    return act_on(case_id, prepare(get_service("intended-sale"), action, raw, actor))


def states(case_id):
    case = standing(case_id)
    return {line.name: line for line in list_clocks(get_service("intended-sale"), case, clock.today())}


def test_two_months_of_silence_waive_at_the_first_instant_of_the_next_day(land, moved):
    with moved(2026, 12, 31, 9):
        case_id = file()
        assert standing(case_id).due_on == date(2027, 2, 28)
    with moved(2027, 2, 17, 23):
        assert sweep() == 0
    with moved(2027, 2, 18, 1):  # ten days are left: who leads the team is told, once
        assert (sweep(), sweep()) == (1, 0)
        assert Entry.objects.filter(case_id=case_id).latest("seq").action == "escalate"
    with moved(2027, 2, 28, 23):
        assert sweep() == 0 and standing(case_id).is_open
    with moved(2027, 3, 3, 4):
        assert sweep() == 1 and sweep() == 0
    case, entry = standing(case_id), Entry.objects.get(case_id=case_id, action="waived_by_silence")
    assert (case.step, case.is_open) == ("waived", False)
    assert entry.valid_at.astimezone(clock.PARIS).isoformat() == "2027-03-01T00:00:00+01:00"
    assert entry.data["clock"] == "preemption" and entry.data["means"] == "waiver"


def test_after_a_waiver_the_sale_is_free_for_three_years(land, moved):
    with moved(*MARCH):
        case_id = file()
        take(case_id, "waive", land.ana)
        assert states(case_id)["validity"].state.ends_on == date(2030, 3, 1)
        silent = file()
    with moved(2027, 6, 1, 9):
        sweep()
        # Waived at the end of 1 May, so from that day.
        assert states(silent)["validity"].state.ends_on == date(2030, 5, 1)
    with moved(2031, 1, 1, 9):
        assert sweep() == 0 and standing(case_id).step == "waived"


def test_documents_suspend_the_time_from_their_receipt_by_the_owner(land, moved):
    with moved(*MARCH):
        case_id = file()
    with moved(2027, 3, 10, 9):
        take(case_id, "ask_documents", land.ana, documents=["diagnostics", "servitudes"])
        assert standing(case_id).due_on == date(2027, 5, 1)  # sent, not received yet
    with moved(2027, 3, 16, 9):
        take(case_id, "documents_request_received", land.ana, received_day="2027-03-12")
        assert standing(case_id).due_on is None and states(case_id)["preemption"].state.left == 50
    with moved(2027, 5, 20, 9):
        assert sweep() == 0
        take(case_id, "documents_in", RESIDENT, received_day="2027-05-20")
        assert standing(case_id).due_on == date(2027, 7, 9)


def test_documents_are_asked_for_once(land, moved):
    with moved(*MARCH):
        case_id = file()
        take(case_id, "ask_documents", land.ana, documents=["area"])
        with pytest.raises(NotNow):
            take(case_id, "ask_documents", land.ana, documents=["pollution"])


def test_a_suspension_at_the_end_leaves_one_month(land, moved):
    with moved(*MARCH):
        case_id = file()
    with moved(2027, 4, 28, 9):
        take(case_id, "ask_documents", land.ana, documents=["area"])
        take(case_id, "documents_request_received", land.ana, received_day="2027-04-28")
    with moved(2027, 5, 31, 9):
        take(case_id, "documents_in", RESIDENT, received_day="2027-05-31")
        assert standing(case_id).due_on == date(2027, 6, 30)


def test_a_silence_is_taken_back_when_the_proof_of_receipt_comes_after_the_end(land, moved):
    with moved(*MARCH):
        in_time, too_late = file(), file()
        for case_id in (in_time, too_late):
            take(case_id, "ask_documents", land.ana, documents=["area"])
    with moved(2027, 5, 3, 9):
        assert sweep() == 2 and standing(in_time).step == "waived"
        take(in_time, "late_receipt", land.ana, received_day="2027-04-30")
        take(too_late, "late_receipt", land.ana, received_day="2027-05-02")
        assert sweep() == 1  # received after the end: it had run out all the same
        assert (standing(in_time).step, standing(too_late).step) == ("examined", "waived")
        assert "validity" not in {name for name, line in states(in_time).items() if line.state.is_counting}
    with moved(2027, 5, 31, 9):
        take(in_time, "documents_in", RESIDENT, received_day="2027-05-31")
        assert standing(in_time).due_on == date(2027, 6, 30)
    with moved(2027, 7, 1, 9):
        assert sweep() == 1 and states(in_time)["validity"].state.ends_on == date(2030, 6, 30)
    assert [differences for _, differences in verify()] == [[]]


def test_a_visit_is_refused_by_eight_days_of_silence_and_the_time_runs_again(land, moved):
    with moved(2027, 5, 15, 9):
        case_id = file()
    with moved(2027, 6, 19, 9):
        take(case_id, "ask_visit", land.ana)
        take(case_id, "visit_request_received", land.ana, received_day="2027-06-19")
        assert standing(case_id).due_on is None
    with moved(2027, 6, 28, 1):
        assert sweep() == 1
    # Refused at the end of the 27th, running again from the 28th: 26 days were left.
    assert standing(case_id).due_on == date(2027, 7, 27)
    assert Entry.objects.get(case_id=case_id, action="no_visit_answer").to_step == "examined"


def test_an_accepted_visit_is_held_within_fifteen_days_or_the_time_runs_again(land, moved):
    with moved(*MARCH):
        held, never = file(), file()
        for case_id in (held, never):
            take(case_id, "ask_visit", land.ana)
            take(case_id, "visit_request_received", land.ana, received_day="2027-03-01")
    with moved(2027, 3, 5, 9):
        for case_id in (held, never):
            take(case_id, "visit_accepted", RESIDENT, received_day="2027-03-05")
        assert states(held)["visit"].state.ends_on == date(2027, 3, 20)
    with moved(2027, 3, 12, 9):
        take(held, "visited", land.ana, visited_on="2027-03-11", visit_report="Bâtiment vide, toiture à refaire.")
        assert standing(held).due_on == date(2027, 5, 11)
    with moved(2027, 3, 22, 9):
        assert sweep() == 1
        assert standing(never).due_on == date(2027, 5, 20)


def test_above_the_threshold_nothing_is_bought_before_the_tax_office_was_heard_or_silent_for_a_month(land, moved):
    with moved(*MARCH):
        heard, silent = file(price="412000"), file(price="412000")
        for case_id in (heard, silent):
            with pytest.raises(NotNow):
                take(case_id, "buy", land.ana, purpose="housing", grounds=GROUNDS)
            take(case_id, "ask_valuation", land.ana)
        act_on(heard, Command("opinion", Actor("third:tax-office"), {"opinion": "valuation", "answer": "given"}))
        assert take(heard, "buy", land.ana, purpose="housing", grounds=GROUNDS).step == "buying"
    with moved(2027, 4, 1, 9):
        assert sweep() == 0
    with moved(2027, 4, 2, 9):
        assert sweep() == 1
        assert take(silent, "offer", land.ana, purpose="housing", offered="380000", grounds=GROUNDS).step == "offered"


def test_an_offer_without_answer_gives_up_the_sale(land, moved):
    with moved(*MARCH):
        case_id = file()
        take(case_id, "offer", land.ana, purpose="housing", offered="130000", grounds=GROUNDS)
        assert standing(case_id).step == "offered" and "owner" not in states(case_id)
        take(case_id, "offer_received", land.ana, received_day="2027-03-01")
    with moved(2027, 5, 2, 9):
        assert sweep() == 1 and standing(case_id).step == "given_up"


def test_a_price_in_dispute_goes_to_the_judge_within_fifteen_days_or_is_waived(land, moved):
    with moved(*MARCH):
        seized, forgotten = file(), file()
        for case_id in (seized, forgotten):
            take(case_id, "offer", land.ana, purpose="housing", offered="130000", grounds=GROUNDS)
            take(case_id, "offer_received", land.ana, received_day="2027-03-01")
    with moved(2027, 4, 1, 9):
        for case_id in (seized, forgotten):
            take(case_id, "keep_price", RESIDENT, received_day="2027-04-01")
        take(seized, "seize_judge", land.ana, seized_day="2027-04-01")
        assert standing(seized).due_on == date(2027, 7, 1)  # the deposit
    with moved(2027, 4, 17, 9):
        assert sweep() == 1
        assert (standing(seized).step, standing(forgotten).step) == ("before_judge", "waived")
    with moved(2027, 6, 1, 9):
        take(seized, "deposit", land.ana)
    with moved(2028, 1, 10, 9):
        assert sweep() == 0
        take(seized, "price_set", land.ana, judged="140000", final_day="2028-01-05")
        assert states(seized)["payment"].state.ends_on == date(2028, 5, 5)


def test_a_price_not_paid_within_four_months_frees_the_owner(land, moved):
    with moved(*MARCH):
        paid, late = file(), file()
        for case_id in (paid, late):
            take(case_id, "buy", land.ana, purpose="housing", grounds=GROUNDS)
        assert {name: line.state.ends_on for name, line in states(paid).items() if line.state.is_counting} == {
            "deed": date(2027, 6, 1),
            "payment": date(2027, 7, 1),
        }
    with moved(2027, 6, 20, 9):
        take(paid, "deed_signed", land.ana, deed_day="2027-05-30")
        take(paid, "pay", land.ana, paid_day="2027-06-18", paid="150000,50")
        take(paid, "record_use", land.ana, real_use="Logements sociaux, livrés en 2029")
    with moved(2027, 7, 2, 9):
        assert sweep() == 1
        assert (standing(paid).step, standing(late).step) == ("acquired", "free")
    assert [differences for _, differences in verify()] == [[]]


def test_the_case_page_tells_each_date_in_sentences(land, moved):
    with moved(*MARCH):
        case_id = file()
        take(case_id, "ask_documents", land.ana, documents=["area"])
        take(case_id, "documents_request_received", land.ana, received_day="2027-03-01")
        with override("fr"):
            line = states(case_id)["preemption"]
    assert line.sentences[1] == "Il est suspendu depuis le lundi 1er mars 2027\u00a0; il en restera 61 jours quand il reprendra."
    assert line.source == "Code de l'urbanisme, art. L213-2 et R213-7" and line.is_verified


def test_officers_see_which_value_nobody_has_verified(land):
    service = get_service("intended-sale")
    assert [line.name for line in list_unverified(service, date(2027, 3, 1))] == ["valuation_above"]
    with override("en"):
        assert rests_on_unverified(service, date(2027, 3, 1)) == [
            "Price from which the tax office is asked (Arrêté du 5 décembre 2016)"
        ]


def test_the_acknowledgement_goes_to_the_notary_with_the_day_of_the_waiver(land, letterhead, moved):
    with moved(*MARCH):
        (paper,) = papers(file(), "acknowledgement")
    said = words(paper)
    assert "Étude Roux" in said and "150 000,50 €" in said and "1er mai 2027" in said and "L213-2" in said


def test_the_request_for_documents_lists_them_and_says_what_it_does_to_the_time(land, letterhead, moved):
    with moved(*MARCH):
        case_id = file()
        take(case_id, "ask_documents", land.ana, documents=["diagnostics", "pollution"])
        (paper, *_copies) = papers(case_id, "documents")
    said = words(paper)
    assert "Jeanne Martin" in said and "L271-4" in said and "L125-7" in said and "suspendu à compter du jour" in said


def test_a_purchase_gives_its_reasons_and_remedies_and_goes_to_notary_and_tax_office(land, letterhead, moved):
    with moved(*MARCH):
        case_id = file()
        take(case_id, "buy", land.ana, purpose="housing", grounds=GROUNDS)
        paper = papers(case_id, "purchase")[0]
    said = words(paper)
    for part in (
        "acquiert le bien",
        "150 000,50 €",
        "Quarante logements sociaux",
        "L210-1",
        "ribunal administratif",
        "dans les quatre mois",
    ):
        assert part in said, part
    assert Entry.objects.get(case_id=case_id, action="buy").data["number"] == 1


def test_the_public_register_lists_what_was_acquired_and_its_real_use_and_names_nobody(land, moved, client):
    with moved(*MARCH):
        bought, never = file(), file()
        for case_id in (bought, never):
            take(case_id, "buy", land.ana, purpose="housing", grounds=GROUNDS)
    with moved(2027, 6, 20, 9):
        take(bought, "pay", land.ana, paid_day="2027-06-18", paid="150000,50")
        take(bought, "record_use", land.ana, real_use="Bureaux")
        take(bought, "record_use", land.ana, real_use="Logements sociaux, livrés en 2029")
        run = publish("preemptions")
    assert (run.outcome, run.version.rows) == ("published", 1), run.faults
    with override("fr"):
        header, *rows = acquisitions(2027)
    assert rows == [
        [
            "13901",
            "AB 112",
            "430",
            "Un immeuble entier",
            "politique locale de l'habitat, dont le logement social",
            "150000.50",
            "150000.50",
            "2027-06-18",
            "Logements sociaux, livrés en 2029",
        ]
    ]
    assert len(header) == 9 and list(acquisitions(2028)) == [header]
    with moved(2027, 7, 1, 9):
        body = b"".join(client.get(reverse("public_acts:preemptions-csv", args=[2027])).streaming_content).decode()
    assert "Logements sociaux" in body and "Martin" not in body and "Roux" not in body


def test_count_and_value_of_the_sales_by_commune_and_what_was_bought(land, moved):
    with moved(*MARCH):
        first = file()
        file(price="100000")
        take(first, "buy", land.ana, purpose="housing", grounds=GROUNDS)
    year = Period.year(2027)
    count, value = compute("intended-sales", year), compute("intended-sales-value", year)
    assert (count.value, value.value) == (2, 250_001)  # 150,000.50 and 100,000 euros
    assert value.splits["commune"] == {"13901": 250_001} and value.splits["month"] == {"2027-03": 250_001}
    assert compute("preemptions-share", year).value == 50.0
