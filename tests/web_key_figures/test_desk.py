"""Declared figures at the desk: progress, lists, entering, the second person, and what a mistake costs (nothing)."""

from django.core.files.uploadedfile import SimpleUploadedFile

from oppidum.cases.models import Attachment
from oppidum.figures.models import Entry
from tests.web_key_figures.conftest import meant

DESK = "/desk/figures/"
BINS = "/desk/figures/2026/bins-emptied/"
RIGHT = {"value": "460", "unit": "count", "period": "2026", "precision": "exact", "note": "comptés"}


def current(name: str, year: int = 2026) -> Entry:
    return Entry.objects.get(figure__name=name, year=year, is_current=True)


def test_the_progress_of_each_directorate_leads_to_its_list(house, sign_in):
    page = sign_in(house.dora).get(f"{DESK}?year=2026").content.decode()
    assert "Votre direction" in page and "Cadre de vie" in page and "Mobilité" in page
    assert "Demander les chiffres" not in page
    listed = sign_in(house.dora).get(f"{DESK}list/?year=2026&directorate=mobility").content.decode()
    assert "Bus en circulation" in listed and "Bacs vidés" not in listed


def test_a_role_without_the_right_sees_nothing(house, sign_in):
    for address in (DESK, f"{DESK}list/", BINS):
        assert sign_in(house.ana).get(address).status_code == 403


def test_an_officer_enters_a_value_and_a_second_person_validates_it(house, sign_in):
    assert sign_in(house.dora).post(BINS, RIGHT).status_code == 302
    assert current("bins-emptied").state == "entered"
    page = sign_in(house.dora).get(BINS).content.decode()
    assert "Vous avez saisi cette valeur" in page and "Valider cette valeur" not in page
    sign_in(house.dora).post(f"{BINS}validate/")
    assert current("bins-emptied").state == "entered"
    assert "Valider cette valeur" in sign_in(house.emile).get(BINS).content.decode()
    sign_in(house.emile).post(f"{BINS}validate/")
    assert current("bins-emptied").state == "validated"


def test_a_mistake_keeps_what_was_typed_and_the_file_too(house, sign_in):
    paper = SimpleUploadedFile("bacs.pdf", b"%PDF-1.7 bacs")
    page = sign_in(house.dora).post(BINS, RIGHT | {"value": "beaucoup", "file": paper})
    text = page.content.decode()
    assert page.status_code == 422
    assert 'value="beaucoup"' in text and "comptés" in text and "bacs.pdf" in text
    token = Attachment.objects.get().token
    assert f'value="{token}"' in text
    sign_in(house.dora).post(BINS, RIGHT | {"evidence": token, "is_evidence_public": "on"})
    assert current("bins-emptied").evidence.name == "bacs.pdf"


def test_a_program_in_disguise_is_no_evidence(house, sign_in):
    page = sign_in(house.dora).post(BINS, RIGHT | {"file": SimpleUploadedFile("bacs.pdf", b"MZ\x90\x00 program")})
    assert page.status_code == 422
    assert not Attachment.objects.exists()


def test_an_odd_value_asks_to_look_twice_before_it_is_kept(house, sign_in):
    page = sign_in(house.dora).post(BINS, RIGHT | {"value": "4500"})
    assert page.status_code == 422
    assert "est-ce la bonne unité" in page.content.decode()
    assert current("bins-emptied").state == "requested"
    sign_in(house.dora).post(BINS, RIGHT | {"value": "4500", "confirmed": "on"})
    assert current("bins-emptied").value == 4500


def test_another_directorates_figure_has_no_form_and_no_way_around(house, sign_in):
    address = "/desk/figures/2026/buses-running/"
    assert "Saisir la valeur" not in sign_in(house.dora).get(address).content.decode()
    assert sign_in(house.dora).post(address, RIGHT | {"confirmed": "on"}).status_code == 422
    assert current("buses-running").state == "requested"


def test_many_are_validated_at_once_those_of_others_alone(house, sign_in):
    sign_in(house.dora).post(BINS, RIGHT)
    listed = sign_in(house.emile).get(f"{DESK}list/?year=2026&view=entered").content.decode()
    assert listed.count('type="checkbox"') == 2
    back = f"{DESK}list/?year=2026&view=entered"
    done = sign_in(house.emile).post(
        f"{DESK}validate/", {"year": "2026", "name": ["bins-emptied", "waste-collected"], "back": back}
    )
    assert done["Location"] == back
    assert {current("bins-emptied").state, current("waste-collected").state} == {"validated"}
    away = sign_in(house.emile).post(f"{DESK}validate/", {"year": "2026", "name": [], "back": "https://evil.example/"})
    assert away["Location"].startswith(DESK)


def test_the_owner_asks_locks_and_opens_again(house, sign_in):
    owner = sign_in(house.rita)
    assert "Demander les chiffres" in owner.get(f"{DESK}?year=2026").content.decode()
    owner.post(f"{DESK}lock/", {"year": "2026"})
    assert current("waste-collected").state == "entered"
    owner.post(f"{DESK}2026/waste-collected/send-back/", {"reason": "Pesez encore"})
    assert "Pesez encore" in owner.get(f"{DESK}2026/waste-collected/").content.decode()
    owner.post(f"{DESK}lock/", {"year": "2025"})
    assert current("tram-budget", 2025).state == "locked"
    assert "verrouillée" in owner.get(f"{DESK}2025/tram-budget/").content.decode()
    owner.post(f"{DESK}2025/tram-budget/reopen/", {"reason": "centimes"})
    assert current("tram-budget", 2025).state == "validated"
    owner.post(f"{DESK}reopen/", {"year": "2025", "reason": ""})
    assert current("buses-running", 2025).state == "locked"
    owner.post(f"{DESK}reopen/", {"year": "2025", "reason": "recompte"})
    assert current("buses-running", 2025).state == "validated"
    for address in ("lock/", "reopen/", "request/"):
        assert sign_in(house.dora).post(f"{DESK}{address}", {"year": "2025", "reason": "x"}).status_code == 403


def test_odd_addresses_are_not_found_and_break_nothing(house, sign_in):
    officer = sign_in(house.rita)
    for address in ("?year=soon", "?year=0", "list/?year=99999", "2026/no-such-figure/", "1066/waste-collected/",
                    "2026/waste-collected/evidence/1/"):  # fmt: skip
        assert officer.get(DESK + address).status_code == 404, address
    for address in ("list/?page=9999", "list/?view=odd&words=%00%25_", "list/?directorate='; drop table"):
        assert officer.get(DESK + address).status_code == 200, address
    assert officer.post(f"{DESK}request/", {"year": "2026", "due_on": "soon"}).status_code == 302


def test_evidence_that_is_not_public_is_for_officers(house, sign_in, client):
    from io import BytesIO

    from oppidum.figures.declared.entering import enter, keep_evidence
    from oppidum.figures.declared.validating import validate

    paper = keep_evidence(BytesIO(b"%PDF-1.7 bacs"), "bacs.pdf")
    value = meant(460)
    for public in (False, True):
        entry = enter(
            "bins-emptied", 2026, type(value)(**{**value.__dict__, "evidence": paper, "is_evidence_public": public}), house.dora
        )
        validate(["bins-emptied"], 2026, house.emile)
        client.logout()
        assert client.get("/figures/bins-emptied/evidence/2026/").status_code == (200 if public else 404)
        assert sign_in(house.dora).get(f"{BINS}evidence/{entry.pk}/").status_code == 200
