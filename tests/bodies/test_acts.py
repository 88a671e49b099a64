"""From the vote to the act: numbers without gaps, cases that go on in one batch, the prefect, the page."""

from datetime import date
from xml.etree import ElementTree

import pytest
from django.db import transaction

from oppidum.bodies import voting
from oppidum.bodies.acting import conclude, leave_out, sign
from oppidum.bodies.agenda import gather
from oppidum.bodies.attending import There, close_sitting, open_sitting, record_attendance, step_out
from oppidum.bodies.convening import convene, plan_sitting
from oppidum.bodies.errors import CasesMoved
from oppidum.bodies.models import Act, Sitting, Transmission
from oppidum.bodies.queueing import mark_notified, mark_received, mark_refused, mark_sent, reference_of
from oppidum.bodies.waiting import list_waiting
from oppidum.cases.acting import act, act_on
from oppidum.cases.declaration.checks import check_service
from oppidum.cases.filing import file_case, prepare_case
from oppidum.cases.reading import read_journals, read_standings
from oppidum.cases.rules.standing import RESIDENT, Actor, Command
from oppidum.core.errors import Invalid
from oppidum.publishing.actes import Outbox, read_receipt
from oppidum.publishing.record_paper import minutes_pdf
from oppidum.publishing.sending_out import send_out
from tests.bodies.conftest import NAMES, SITTING_AT
from tests.bodies.petitions import Petition
from tests.cases.small_services import declare

OFFICER = Actor("officer", 1, "Ana", frozenset({"act"}))


@pytest.fixture
def petition(monkeypatch, council, moved):
    """File a petition and bring it to where it waits for the council, or by another action."""
    assert check_service(Petition) == []
    declare(monkeypatch, Petition)

    def make(title, action="present", **answers):
        with moved(2027, 4, 1, 9):
            filed = file_case(prepare_case(Petition, {"title": title, **answers}, channel="portal"))
            act_on(filed.case_id, Command(action, OFFICER))
        return filed

    return make


@pytest.fixture
def secretary(people):
    """An officer who sees every case and holds sittings."""
    from oppidum.people.models import Officer, Role

    role = Role.objects.create(code="assembly-office", name="Assemblées", reach="all", rights=["act", "sittings"])
    return Officer.objects.create_user("sasha", role=role)


@pytest.fixture
def voted(council, petition, secretary, moved):
    """A sitting on petitions with these titles, gathered and open; closed by the test."""

    def make(*titles):
        filed = [petition(title) for title in titles]
        with moved(2027, 5, 3, 9):
            sitting = plan_sitting(council.body, SITTING_AT)
            gather(sitting, secretary)
            sitting.items.update(note="Note", decision="Article unique.")
            convene(sitting)
        with moved(2027, 5, 20, 18):
            record_attendance(sitting, [There(getattr(council, name).pk, "present") for name in NAMES])
            open_sitting(sitting, council.alma, council.bruno)
        return sitting, filed

    return make


def step_of(filed):
    return read_standings([filed.case_id])[filed.case_id].step


def test_one_click_gathers_the_cases_that_wait_for_the_body_from_every_service_once(council, petition, secretary, moved):
    petition("Un banc", why="Pour les anciens", name="Zoé")
    petition("Un arbre")
    with moved(2027, 5, 3, 9):
        sitting = plan_sitting(council.body, SITTING_AT)
        first, again = gather(sitting, secretary), gather(sitting, secretary)
    assert [item.title for item in first] == ["Un banc", "Un arbre"] and again == []
    assert "Pour les anciens" in first[0].note and "Zoé" not in first[0].note
    assert (first[0].if_carried, first[0].if_rejected, first[0].if_adjourned) == ("grant", "refuse", "")


def test_nobody_gathers_cases_that_he_may_not_see(council, petition, people, moved):
    petition("Un banc")
    assert list_waiting(council.body, people.ana) == []


def test_the_votes_become_acts_in_the_order_of_business_and_the_cases_go_on_together(council, voted, moved):
    sitting, (bench, tree, dog) = voted("Un banc", "Un arbre", "Un chien")
    items = list(sitting.items.all())
    voting.record_vote(items[0], {})
    voting.record_vote(items[1], {getattr(council, name).pk: "against" for name in NAMES[:5]})
    voting.record_vote(items[2], {})
    close_sitting(sitting)
    with moved(2027, 5, 21, 9):
        acts = conclude(sitting)
    assert [one.code for one in acts] == ["DEL-2027-0001", "DEL-2027-0002"]
    assert [step_of(one) for one in (bench, tree, dog)] == ["granted", "refused", "granted"]
    last = read_journals([bench.case_id])[bench.case_id][-1]
    assert last.actor.kind == "body:council" and last.actor.name == "Conseil"
    assert last.data["act"] == "DEL-2027-0001" and last.data["votes_for"] == 7
    assert (acts[0].signed_by, acts[0].quality) == ("Alma Castelmer", "Présidente")


def test_a_case_that_moved_on_holds_the_whole_conclusion_and_no_number_is_lost(council, voted, moved):
    sitting, (bench, tree) = voted("Un banc", "Un arbre")
    for item in sitting.items.all():
        voting.record_vote(item, {})
    close_sitting(sitting)
    act([(tree.case_id, Command("withdraw", RESIDENT))])
    with moved(2027, 5, 21, 9), pytest.raises(CasesMoved, match="Un arbre"):
        conclude(sitting)
    assert step_of(bench) == "waiting" and not Act.objects.exists()
    leave_out(sitting.items.get(case=tree.case_id))
    with moved(2027, 5, 21, 10):
        assert [one.number for one in conclude(sitting)] == [1]
    assert step_of(bench) == "granted" and step_of(tree) == "withdrawn"


def test_an_adjourned_case_waits_for_the_next_agenda(council, voted, secretary, moved):
    sitting, (bench,) = voted("Un banc")
    voting.adjourn(sitting.items.get())
    close_sitting(sitting)
    with moved(2027, 5, 21, 9):
        assert conclude(sitting) == []
        assert [one.case.pk for one in list_waiting(council.body, secretary)] == [bench.case_id]


def test_numbers_run_on_from_sitting_to_sitting_and_start_anew_each_year(council, sitting_with, moved):
    for _n in range(2):
        sitting = sitting_with("A", "B")
        for item in sitting.items.filter(kind="vote"):
            voting.record_vote(item, {})
        close_sitting(sitting)
        with moved(2027, 5, 21, 9):
            conclude(sitting)
        Sitting.objects.filter(pk=sitting.pk).update(minutes_settled_on=date(2027, 5, 21))
    assert list(Act.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4]


def test_a_conclusion_undone_gives_its_numbers_back(council, sitting_with, moved):
    sitting = sitting_with("A")
    voting.record_vote(sitting.items.get(), {})
    close_sitting(sitting)
    with moved(2027, 5, 21, 9):
        with pytest.raises(RuntimeError), transaction.atomic():
            conclude(sitting)
            raise RuntimeError("the machine stops")
        assert [one.number for one in conclude(sitting)] == [1]


def test_the_president_signs_by_delegation_in_the_series_that_the_action_names(council, petition, secretary, moved):
    petition("Un banc", "to_president")
    petition("Un arbre", "to_president")
    with moved(2027, 4, 2, 9):
        waiting = list_waiting(council.authority, secretary)
        acts = sign(council.authority, [(one, "sign_it") for one in waiting])
    assert [one.code for one in acts] == ["ARR-2027-0001", "ARR-2027-0002"] and acts[0].body == council.authority


def test_a_committee_gives_the_opinion_that_a_case_asked_for(council, petition, secretary, moved):
    from oppidum.bodies.models import Body, Member

    committee = Body.objects.create(code="committee", name="Commission", kind="committee", needs_quorum=False, own_clear_days=3)
    seat = Member.objects.create(body=committee, councillor=council.elsa.councillor, role="president", since=date(2026, 4, 1))
    bench = petition("Un banc", "ask_committee")
    with moved(2027, 4, 2, 9):
        sitting = plan_sitting(committee, SITTING_AT.replace(month=4, day=12))
        (item,) = gather(sitting, secretary)
        convene(sitting)
    with moved(2027, 4, 12, 18):
        record_attendance(sitting, [There(seat.pk, "present")])
        open_sitting(sitting, seat, seat)
        voting.record_vote(item, {}, debate="Utile.")
        close_sitting(sitting)
        assert conclude(sitting) == []
    assert read_standings([bench.case_id])[bench.case_id].facts["opinion:committee"] == "favourable"


@pytest.fixture
def act_made(council, voted, moved):
    """An act of the council on a petition, signed on 21 May 2027."""
    sitting, (bench,) = voted("Un banc")
    item = sitting.items.get()
    step_out(item, [council.gilda.pk])
    voting.record_vote(item, {}, debate="Le rapporteur présente.")
    close_sitting(sitting)
    with moved(2027, 5, 21, 9):
        (made,) = conclude(sitting)
    return made, bench


def test_an_act_binds_once_online_and_sent_and_its_case_learns_it(act_made, moved, tmp_path):
    made, bench = act_made
    with moved(2027, 5, 22, 9):
        send_out(Outbox(tmp_path))
    made.refresh_from_db()
    assert (made.sent_on, made.published_on, made.enforceable_on) == (date(2027, 5, 22),) * 3
    assert step_of(bench) == "binding"
    assert send_out(Outbox(tmp_path)) == 0


def test_what_leaves_for_the_prefect_is_a_message_and_a_file_named_by_the_protocol(act_made, moved, tmp_path):
    with moved(2027, 5, 22, 9):
        send_out(Outbox(tmp_path))
    name = "013-200099999-20270520-DEL_2027_0001-DE-1-1"
    assert (tmp_path / f"out/{name}_1.pdf").read_bytes().startswith(b"%PDF")
    root = ElementTree.fromstring((tmp_path / f"out/{name}_0.xml").read_bytes())
    told = {key.rpartition("}")[2]: value for key, value in root.attrib.items()}
    assert told == {"Date": "2027-05-20", "NumeroInterne": "DEL_2027_0001", "CodeNatureActe": "1"}


def test_the_receipt_proves_the_sending_and_is_read_once(act_made, moved, tmp_path):
    made, _bench = act_made
    with moved(2027, 5, 22, 9):
        send_out(Outbox(tmp_path))
    reference = Transmission.objects.get().reference
    (tmp_path / "received").mkdir()
    receipt = f"""<a:ARActe xmlns:a="http://www.interieur.gouv.fr/ACTES#v1.1-20040216" a:DateReception="2027-05-22" a:IDActe="{reference}"/>"""
    (tmp_path / f"received/{reference}-1-2_0.xml").write_text(receipt)
    (tmp_path / "received/013-unknown-1-2_0.xml").write_text(receipt)
    assert Outbox(tmp_path).take_receipts() == 1
    assert Outbox(tmp_path).take_receipts() == 0
    made.refresh_from_db()
    assert made.receipt == reference and made.received_at and made.transmissions.get().state == "received"


def test_a_refused_sending_is_sent_again(act_made, moved):
    from oppidum.bodies.queueing import send_again

    one = Transmission.objects.get()
    mark_sent([one])
    mark_refused(one.reference, "Classification inconnue")
    one.refresh_from_db()
    send_again(one)
    one.refresh_from_db()
    assert one.state == "queued"


def test_a_receipt_of_something_else_is_no_receipt():
    with pytest.raises(Invalid):
        read_receipt("anything.xml", b"<x/>")
    with pytest.raises(Invalid):
        read_receipt("a-1-2_0.xml", b"not xml")


def test_an_individual_act_is_notified_not_published(act_made, moved, tmp_path):
    made, _bench = act_made
    Act.objects.filter(pk=made.pk).update(is_individual=True)
    with moved(2027, 5, 22, 9):
        send_out(Outbox(tmp_path))
    made.refresh_from_db()
    assert made.published_on is None and made.enforceable_on is None and made.send_by == date(2027, 6, 5)
    with moved(2027, 5, 25, 9):
        mark_notified(made, date(2027, 5, 25))
    made.refresh_from_db()
    assert made.enforceable_on == date(2027, 5, 25)


def test_the_next_sitting_settles_the_minutes_of_the_last(act_made, council, moved):
    made, _bench = act_made
    with moved(2027, 5, 24, 9):
        following = plan_sitting(council.body, SITTING_AT.replace(month=6))
        (item,) = following.items.all()
        assert item.minutes_of == made.item.sitting
        convene(following)
    with moved(2027, 6, 20, 18):
        record_attendance(following, [There(getattr(council, name).pk, "present") for name in NAMES])
        open_sitting(following, council.alma, council.bruno)
        voting.record_vote(item, {})
        close_sitting(following)
        assert conclude(following) == []
    sitting = Sitting.objects.get(pk=made.item.sitting_id)
    assert sitting.minutes_settled_on == date(2027, 6, 20)


def test_the_minutes_are_a_paper_with_all_that_the_law_asks(act_made, moved):
    from oppidum.bodies.minutes import minutes_of
    from oppidum.publishing.record_paper import minutes_data

    made, _bench = act_made
    told = minutes_data(minutes_of(made.item.sitting))
    words = str(told)
    for expected in (
        "Alma Castelmer",
        "Quorum",
        "atteint",
        "Un banc",
        "DEL-2027-0001",
        "Gilda Castelmer",
        "Le rapporteur présente",
    ):
        assert expected in words
    assert minutes_pdf(made.item.sitting).startswith(b"%PDF")


def test_a_reference_names_department_authority_day_number_and_nature(act_made):
    assert reference_of(act_made[0], "013", "200099999") == "013-200099999-20270520-DEL_2027_0001-DE"


def test_the_same_receipt_twice_changes_nothing(act_made, moved):
    from oppidum.core import clock

    one = Transmission.objects.get()
    with moved(2027, 5, 22, 9):
        first = mark_received(one.reference, "A1", clock.now())
        second = mark_received(one.reference, "A2", clock.now())
    assert first.receipt == second.receipt == "A1" and first.sent_on == date(2027, 5, 22)
    with pytest.raises(Invalid):
        mark_received("013-unknown", "A3", clock.now())
