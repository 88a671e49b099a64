"""The desk's pages of sittings and the public page of acts, as an officer and a visitor use them, without a script."""

from datetime import date

import pytest
from django.test import Client

from oppidum.bodies.models import Act, Item, Sitting
from oppidum.people.models import Officer, Role
from oppidum.publishing.actes import Outbox
from oppidum.publishing.sending_out import send_out
from tests.bodies.conftest import NAMES


@pytest.fixture
def sasha(people):
    role = Role.objects.create(code="assembly-office", name="Assemblées", reach="all", rights=["act", "assign", "sittings"])
    return Officer.objects.create_user("sasha", role=role)


@pytest.fixture
def desk(sasha):
    client = Client()
    client.force_login(sasha)
    return client


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def send(client, address, **raw):
    return client.post(address, raw, follow=True)


def test_only_who_holds_sittings_comes_in(people, sasha, council):
    client = Client()
    assert client.get("/desk/bodies/").status_code == 302
    client.force_login(people.ana)
    assert client.get("/desk/bodies/").status_code == 403
    assert "/desk/bodies/" not in page(client, "/desk/")


def test_a_whole_sitting_from_the_plan_to_the_acts_online(council, desk, moved, tmp_path):
    with moved(2027, 5, 3, 9):
        raw = {"body": "council", "day": "2027-05-20", "hour": "18:00"}
        assert "Séance prévue" in send(desk, "/desk/bodies/new/", **raw).content.decode()
        code = Sitting.objects.get().code
        sitting = f"/desk/bodies/{code}/"
        assert "Point 1 ajouté" in send(desk, f"{sitting}add/", title="Plan vélo", kind="vote").content.decode()
        assert "une note de synthèse" in page(desk, sitting)
        assert "Il manque à l&#x27;ordre du jour" in send(desk, f"{sitting}convene/").content.decode()
        item = Item.objects.get()
        written = {"title": "Plan vélo", "note": "Note.", "decision": "Article 1.", "needs_sending": "1", "matter": "8.7"}
        written["rapporteur"] = "Castelmer Bruno"
        send(desk, f"{sitting}items/{item.pk}/", **written)
        assert "Dernier jour pour les envoyer : vendredi 14 mai" in page(desk, f"{sitting}letter/").replace("\xa0", " ")
        assert "7 convocations partent" in send(desk, f"{sitting}convene/").content.decode()
    with moved(2027, 5, 20, 18):
        roll = {f"state-{getattr(council, name).pk}": "present" for name in NAMES[:5]}
        roll |= {f"state-{council.farid.pk}": "represented", f"holder-{council.farid.pk}": "Castelmer Elsa"}
        assert "5 présents sur 7" in send(desk, f"{sitting}attendance/", **roll).content.decode()
        send(desk, f"{sitting}open/", president="Castelmer Alma", secretary="Castelmer Bruno")
        assert "Enregistrer le vote" in page(desk, f"{sitting}now/")
        votes = {
            "do": "vote",
            "ballot": "hands",
            "g-0": "against",
            "g-0-name": "Droite de Castelmer",
            f"m-{council.elsa.pk}": "for",
        }
        assert "adopté" in send(desk, f"{sitting}now/1/vote/", **votes, debate="Débat.").content.decode()
        item.refresh_from_db()
        assert (item.votes_for, item.against, item.rapporteur, item.debate) == (5, 1, council.bruno, "Débat.")
        send(desk, f"{sitting}close/")
    with moved(2027, 5, 21, 9):
        assert "1 actes sont numérotés" in send(desk, f"{sitting}conclude/").content.decode()
        assert "DEL-2027-0001" in page(desk, f"{sitting}minutes/")
        assert desk.get(f"{sitting}minutes.pdf")["Content-Type"] == "application/pdf"
        send_out(Outbox(tmp_path))
        assert "reçu le" not in page(desk, "/desk/bodies/acts/?lacks=sent")
        send(desk, "/desk/bodies/acts/del-2027-0001/receipt/", number="A1", day="2027-05-21")
        assert "A1" in page(desk, "/desk/bodies/acts/DEL-2027-0001/")
    public = Client()
    assert "Plan vélo" in page(public, "/acts/?q=vélo&year=2027&body=council")
    act = page(public, "/acts/DEL-2027-0001/").replace("\xa0", " ")
    assert "vendredi 21 mai" in act and "Alma Castelmer, Présidente" in act
    assert public.get("/acts/DEL-2027-0001.pdf").content.startswith(b"%PDF")
    assert "pour : 5, contre : 1" in page(public, f"/acts/sittings/{code}/").replace("\xa0", " ")
    assert public.get(f"/acts/sittings/{code}.pdf").status_code == 404


def test_what_is_refused_says_why_and_goes_back_to_where_it_is_mended(council, convened, desk):
    sitting = convened("Plan vélo")
    answer = send(desk, f"/desk/bodies/{sitting.code}/add/", title="Cadeau")
    assert "ne peut plus être modifié" in answer.content.decode()
    roll = {f"state-{council.farid.pk}": "represented", f"holder-{council.farid.pk}": "Castelmer Farid"}
    answer = desk.post(f"/desk/bodies/{sitting.code}/attendance/", roll)
    assert answer.status_code == 422 and "son propre mandataire" in answer.content.decode()


def test_comings_and_goings_and_who_steps_out_are_told_on_the_screen_of_the_sitting(council, sitting_with, desk):
    sitting = sitting_with("Subvention", present=("alma", "bruno", "chloe", "driss", "elsa"))
    here = f"/desk/bodies/{sitting.code}/now/1/"
    send(desk, f"{here}room/", do="in", member="Castelmer Farid")
    send(desk, f"{here}room/", do="leaves", member="Castelmer Elsa", holder="Castelmer Farid")
    send(desk, f"{here}room/", do="out", member=str(council.driss.pk), reason="interest")
    told = page(desk, here)
    assert "4 présents, quorum 4, 5 voix" in told and "Driss Castelmer (intéressé" in told
    assert "Choisissez le membre" in send(desk, f"{here}room/", do="in", member="Personne").content.decode()


def test_a_secret_ballot_and_a_vote_called_again(council, sitting_with, desk):
    sitting = sitting_with("Plan vélo")
    vote = f"/desk/bodies/{sitting.code}/now/1/vote/"
    send(desk, vote, do="vote", ballot="secret", **{"for": "2", "against": "4", "abstained": "1"})
    assert sitting.items.get().outcome == "rejected"
    send(desk, vote, do="again")
    assert sitting.items.get().outcome == ""
    assert "en chiffres" in send(desk, vote, do="vote", ballot="secret", **{"for": "deux"}).content.decode()


def test_an_act_that_is_not_online_or_concerns_one_person_is_not_found(council, sitting_with, desk, moved):
    act = Act.objects.create(
        series="order",
        year=2027,
        number=1,
        code="ARR-2027-0001",
        body=council.authority,
        title="Nomination",
        is_individual=True,
        decided_on=date(2027, 5, 20),
        signed_on=date(2027, 5, 20),
        signed_by="Alma",
    )
    public = Client()
    assert public.get("/acts/ARR-2027-0001/").status_code == 404
    with moved(2027, 5, 25, 9):
        send(desk, "/desk/bodies/acts/ARR-2027-0001/notified/", day="2027-05-24")
    act.refresh_from_db()
    assert act.notified_on == date(2027, 5, 24)
    assert public.get("/acts/ARR-2027-0001/").status_code == 404


def test_pages_cost_the_same_queries_for_ten_items_as_for_one(council, sitting_with, desk, django_assert_max_num_queries):
    sitting = sitting_with(*[f"Point {n}" for n in range(10)])
    for name in ("", "now/1/", "minutes/", "attendance/"):
        with django_assert_max_num_queries(25):
            page(desk, f"/desk/bodies/{sitting.code}/{name}")


def test_a_sitting_at_the_wrong_day_is_refused_with_what_was_typed(council, desk, moved):
    with moved(2027, 5, 3, 9):
        raw = {"body": "council", "day": "2027-05-01", "hour": "18:00", "place": "Au théâtre"}
        answer = desk.post("/desk/bodies/new/", raw)
    assert answer.status_code == 422 and "Au théâtre" in answer.content.decode()


def test_an_officer_of_any_directorate_drafts_an_act(people, council):
    client = Client()
    client.force_login(people.ana)
    address = "/desk/bodies/draft/assembly-act/"
    assert "Arrêté du président" in page(client, address)
    asked = client.post(f"{address}look/", {"kind": "decision"}).content.decode()
    assert "Quelle délibération le délègue" in asked and "Qui décide" not in asked
    raw = {"kind": "deliberation", "body": "council", "title": "Plan vélo", "directorate": "Mobilité", "matter": "8.7"}
    raw |= {"is_individual": "no", "needs_sending": "yes", "note": "Note.", "decision": "Article 1."}
    wrong = client.post(address, raw | {"title": "", "shown": ["title", "kind"]})
    assert wrong.status_code == 422 and "Note." in wrong.content.decode()
    answer = client.post(address, raw)
    assert answer.status_code == 302 and answer.url.startswith("/desk/case/")
    assert client.get("/desk/bodies/draft/association-grant/").status_code == 404
