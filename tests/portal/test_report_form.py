"""The form over HTTP, as a browser without JavaScript uses it."""

import html

import pytest

from oppidum.cases.models import Case, Entry, Party, Photo
from oppidum.services.living_environment.report import Report
from tests.portal.pictures import HEIC, SCRIPT, SVG, bomb, jpeg, upload
from tests.territory.town import FAR_AWAY, IN_AUBANE, IN_DORGUES


def text(response) -> str:
    return html.unescape(response.content.decode()).replace("\u00a0", " ")


def test_the_whole_way_files_one_report_with_its_photo_and_contact(walk, people):
    walk.to_details(photos=upload(jpeg(at=IN_AUBANE)))
    walk.send("details", shown=["where", "accident"], where="road", accident="no", words="Un trou")
    walk.send("contact", email="Zoe@Example.org", name="Zoé", phone="06 12 34 56 78", language="en", notify="on")
    answer = walk.send("check")
    assert (answer.status_code, answer["Location"]) == (302, walk.address("sent"))
    case = Case.objects.select_related("live").get()
    assert (case.channel, case.commune_id, case.words, case.answers) == (
        "portal",
        "13901",
        "Un trou",
        {"where": "road", "accident": False},
    )
    assert case.live.team_id == people.roads.pk
    party = Party.objects.get()
    assert (party.email, party.phone, party.language, party.notify) == ("zoe@example.org", "+33612345678", "en", True)
    assert Photo.objects.get().case_id == case.pk
    sent = text(walk.get("sent"))
    assert case.code in sent and "Voirie" in sent and f"/follow/{case.code}" in sent


def test_a_form_sent_again_shows_the_same_confirmation_and_files_nothing(walk):
    code = walk.to_sent()
    assert walk.send("check")["Location"] == walk.address("sent")
    assert walk.get("check")["Location"] == walk.address("sent")
    assert walk.code() == code and Entry.objects.filter(case_id=Case.objects.get().pk).count() == 2


def test_two_taps_at_once_file_once(walk, monkeypatch):
    """As if the second tap, or a restarted server, had not seen that the first was through."""
    from oppidum.web.portal import report_check

    walk.to_check()
    with monkeypatch.context() as forgetful:
        forgetful.setattr(report_check, "mark_sent", lambda *known, **more: None)
        walk.send("check")
    walk.send("check")
    assert Case.objects.get().code == walk.code()


def test_two_forms_in_two_tabs_do_not_mix(walk, walk_again):
    other = walk_again()
    walk.to_details("roads.pothole")
    other.to_details("noise.business")
    assert "Nid-de-poule" in text(walk.get("details")) and "Nid-de-poule" not in text(other.get("details"))
    walk.send("details", shown=["where", "accident"], where="road", words="premier")
    other.send("details", words="second")
    assert "premier" in text(walk.get("details")) and "second" in text(other.get("details"))


def test_the_message_choice_is_kept(walk):
    walk.to_sent(email="zoe@example.org")
    assert Party.objects.get().notify is False


def test_without_a_name_nobody_is_kept(walk):
    walk.to_sent()
    assert not Party.objects.exists()


def test_nothing_personal_stays_in_the_session_once_sent(walk, client):
    walk.to_sent(email="zoe@example.org")
    assert "zoe@" not in str(dict(client.session)) and "Un trou" not in str(dict(client.session))


@pytest.mark.parametrize("step", ["where", "details", "nearby", "contact", "check"])
def test_a_page_further_on_leads_to_the_first_that_is_owed(walk, step):
    walk.send("photo")
    assert walk.get(step)["Location"].endswith("/what/")


def test_a_change_from_the_summary_returns_to_it(walk):
    walk.to_check()
    assert "back=check" in text(walk.get("check"))
    answer = walk.send("details", shown=["where", "accident"], where="pavement", accident="no", words="Ici", back="check")
    assert answer["Location"] == walk.address("check")
    assert "Sur le trottoir" in text(walk.get("check"))


def test_another_category_asks_its_own_questions_before_the_summary(walk):
    walk.to_check()
    assert walk.send("what", category="cleanliness.litter_bin", back="check")["Location"] == walk.address("details")


def test_a_question_that_depends_on_an_answer_comes_once_it_is_due(walk):
    walk.to_details("cleanliness.litter_bin")
    answer = walk.send("details", shown=["state"], state="full", words="")
    assert answer["Location"] == f"{walk.address('details')}?more=1#id_often"
    page = text(walk.get("details"))
    assert 'data-when="state"' in page and "disabled" not in page
    assert walk.send("details", shown=["state", "often"], state="full", often="yes")["Location"] == walk.address("nearby")


def test_an_answer_no_longer_asked_for_is_dropped(walk):
    walk.to_details("cleanliness.litter_bin")
    walk.send("details", shown=["state", "often"], state="broken", often="yes")
    walk.send("contact")
    walk.send("check")
    assert Case.objects.get().answers == {"state": "broken"}


def test_all_faults_of_the_details_are_listed_and_what_was_typed_is_there(walk):
    walk.to_details("collection.missed")
    asked = list(Report.categories["collection.missed"].questions)
    answer = walk.send("details", shown=asked, day="31/02/2026", words="Bonjour " * 12_000)
    page = text(answer)
    assert answer.status_code == 422
    assert 'href="#id_day"' in page and 'href="#id_words"' in page and "95999 caractères" in page.replace("\u202f", "")
    assert page.count("Bonjour Bonjour") > 0


def test_an_unknown_category_is_refused_and_the_page_shown_again(walk):
    walk.send("photo")
    answer = walk.send("what", category="roads.moon")
    assert answer.status_code == 422 and "n'existe pas" in text(answer)


def test_a_choice_that_was_not_offered_is_refused(walk):
    walk.to_details()
    answer = walk.send("details", shown=["where"], where="the moon")
    assert answer.status_code == 422 and 'href="#id_where"' in text(answer)


@pytest.mark.parametrize(("lon", "lat"), [("nan", "43.35"), ("inf", "1"), ("abc", "def"), ("999", "43"), ("", "")])
def test_a_place_that_is_no_place_asks_for_one(walk, lon, lat):
    walk.send("photo")
    walk.send("what", category="roads.pothole")
    answer = walk.send("where", place="", lon=lon, lat=lat)
    assert answer.status_code == 422 and 'href="#id_place"' in text(answer)


def test_outside_the_territory_the_neighbours_town_hall_is_named_and_the_rest_kept(walk):
    walk.send("photo")
    walk.send("what", category="roads.pothole")
    answer = walk.send("where", place="Chez moi", lon=IN_DORGUES[0], lat=IN_DORGUES[1])
    page = text(answer)
    assert answer.status_code == 422 and "Dorgues" in page and "04 42 00 00 99" in page and "Chez moi" in page
    assert walk.get("where").status_code == 200
    far = text(walk.send("where", place="Paris", lon=FAR_AWAY[0], lat=FAR_AWAY[1]))
    assert "hors du territoire" in far


def test_an_address_without_a_point_leads_to_a_choice_of_places(walk):
    walk.send("photo")
    walk.send("what", category="roads.pothole")
    page = text(walk.send("where", place="12 av jean jaures"))
    assert "12 Avenue Jean Jaurès, 13920 Bellefont" in page
    answer = walk.send("where", place="12 av jean jaures", place_choice="5.150000,43.350000")
    assert answer["Location"] == walk.address("details")
    walk.send("details", shown=["where", "accident"], where="road")
    assert "12 Avenue Jean Jaurès, 13920 Bellefont" in text(walk.get("check")) or walk.send("contact")


def test_a_place_that_was_not_offered_is_refused(walk):
    walk.send("photo")
    walk.send("what", category="roads.pothole")
    answer = walk.send("where", place="12 av jean jaures", place_choice="5.210000,43.310000")
    assert answer.status_code == 422


def test_a_street_that_nobody_knows_asks_for_its_commune_and_a_pin_instead_of_guessing(walk):
    walk.send("photo")
    walk.send("what", category="roads.pothole")
    page = text(walk.send("where", place="12 rue des Inconnus, Bellefont"))
    assert "Nous ne connaissons pas « 12 rue des Inconnus, Bellefont »" in page and 'data-map="pick"' in page
    assert '<option value="13902" selected' in page
    unanswered = walk.send("where", place="12 rue des Inconnus", place_choice="commune", commune="")
    assert unanswered.status_code == 422 and "Choisissez la commune" in text(unanswered)
    pinned = {"commune": "13902", "lon": IN_AUBANE[0], "lat": IN_AUBANE[1]}
    assert walk.send("where", place="12 rue des Inconnus", place_choice="commune", **pinned)["Location"] == walk.address("details")
    walk.send("details", shown=["where", "accident"], where="road")
    walk.send("contact")
    walk.send("check")
    case = Case.objects.get()
    assert (case.commune_id, case.address) == ("13901", "12 rue des Inconnus, Aubane")


@pytest.mark.parametrize("typed", ["Dorgues", "12 rue de la République, Dorgues", "3 place Haute 13990 Dorgues"])
def test_an_address_in_a_neighbouring_commune_is_told_its_town_hall(walk, typed):
    walk.send("photo")
    walk.send("what", category="roads.pothole")
    answer = walk.send("where", place=typed)
    assert answer.status_code == 422 and "04 42 00 00 99" in text(answer)


def test_an_address_that_nobody_knows_is_filed_with_its_commune(walk):
    walk.send("photo")
    walk.send("what", category="roads.pothole")
    page = text(walk.send("where", place="Lotissement des Zygènes", place_choice="none"))
    assert "Dans quelle commune" in page and "Bellefont" in page and "Dorgues" not in page
    answer = walk.send("where", place="Lotissement des Zygènes", commune="13902", spot="au bout")
    assert answer["Location"] == walk.address("details")
    walk.send("details", shown=["where", "accident"], where="road")
    walk.send("contact")
    walk.send("check")
    case = Case.objects.get()
    assert (case.commune_id, case.address) == ("13902", "Lotissement des Zygènes, Bellefont (au bout)")


def test_a_communes_name_alone_is_too_little(walk):
    walk.send("photo")
    walk.send("what", category="roads.pothole")
    answer = walk.send("where", place="Bellefont")
    assert answer.status_code == 422 and "Dites où, à Bellefont" in text(answer)
    assert walk.send("where", place="Bellefont", spot="devant la poste")["Location"] == walk.address("details")


def test_a_new_address_beats_the_point_of_the_old_one(walk):
    walk.to_details()
    page = text(walk.send("where", place="cours mirabeau", lon=IN_AUBANE[0], lat=IN_AUBANE[1]))
    assert "Cours Mirabeau, 13930 Castelmer" in page


def test_the_place_of_the_photo_is_offered(walk):
    walk.send("photo", photos=upload(jpeg(at=IN_AUBANE)))
    walk.send("what", category="roads.pothole")
    assert "Rue de la République, Aubane" in text(walk.get("where"))
    assert walk.send("where", use_photo="1")["Location"] == walk.address("details")


def test_a_photo_from_elsewhere_offers_no_place(walk):
    walk.send("photo", photos=upload(jpeg(at=FAR_AWAY)))
    walk.send("what", category="roads.pothole")
    assert "use_photo" not in text(walk.get("where"))


def test_one_bad_photo_among_good_ones_is_named_and_the_others_are_kept(walk):
    answer = walk.send("photo", photos=[upload(jpeg(), "bon.jpg"), upload(SCRIPT, "virus.jpg")])
    assert answer.status_code == 422 and "virus.jpg" in text(answer)
    assert Photo.objects.count() == 1 and "Photo 1 de votre signalement" in text(walk.get("photo"))


def test_four_photos_and_not_five(walk):
    walk.send("photo", photos=[upload(jpeg((90 + n, 60))) for n in range(3)])
    answer = walk.send("photo", photos=[upload(jpeg((40 + n, 60))) for n in range(2)])
    assert answer.status_code == 422 and Photo.objects.count() == 4
    assert 'type="file"' not in text(walk.get("photo"))


def test_a_photo_can_be_taken_back(walk):
    walk.send("photo", photos=upload(jpeg()))
    walk.send("photo", remove=Photo.objects.get().token)
    assert "Photo 1 de" not in text(walk.get("photo"))


def test_a_wrong_contact_lists_its_faults_and_keeps_what_was_typed(walk):
    walk.to_check()
    answer = walk.send("contact", email="zoe@", phone="0612", name="Zoé")
    page = text(answer)
    assert answer.status_code == 422 and 'href="#id_email"' in page and 'href="#id_phone"' in page and 'value="zoe@"' in page


def test_the_preview_hides_what_leads_to_a_person(walk):
    walk.to_check(words="Appelez le 06 12 34 56 78, voiture AB-123-CD")
    page = text(walk.get("check")).split('id="preview-title"')[1]
    assert "06 12" not in page and "AB-123-CD" not in page and "masqué" in page


def test_a_program_that_fills_the_trap_files_nothing(walk):
    walk.to_check()
    assert walk.send("check", website="http://spam.example").status_code == 422
    assert not Case.objects.exists()


def test_a_session_that_ended_gives_back_what_was_just_written(walk, client):
    walk.to_details()
    client.cookies.clear()
    answer = walk.send("details", words="Un long texte", shown=["where", "accident"], where="road")
    assert answer["Location"] == f"{walk.address('what')}?lost=1"
    assert "fermé entre-temps" in text(client.get(answer["Location"]))
    walk.send("what", category="roads.pothole")
    walk.send("where", place="", lon=IN_AUBANE[0], lat=IN_AUBANE[1])
    assert "Un long texte" in text(walk.get("details"))


def test_a_form_that_is_gone_says_so(walk, client):
    client.cookies.clear()
    for step in ("photo", "check", "sent"):
        assert walk.get(step).status_code == 410
    assert client.get("/report/nonsense/photo/").status_code == 404
    assert walk.get("nowhere").status_code == 404


def test_a_begun_report_is_offered_again(walk, client):
    walk.to_details()
    page = text(client.get("/report/"))
    assert "Vous avez commencé un signalement" in page and walk.address("check") in page


def test_the_thirty_first_report_of_the_hour_waits_and_is_kept(walk, monkeypatch):
    from oppidum.web.portal import report_sending

    monkeypatch.setattr(report_sending, "FILINGS_AN_HOUR", 1)
    walk.to_sent()
    other = type(walk)(walk.client)
    other.to_check()
    answer = other.send("check")
    assert answer.status_code == 429 and answer["Retry-After"] == "3600" and "gardé" in text(answer)
    assert other.get("check").status_code == 200 and Case.objects.count() == 1


def test_too_large_a_request_is_told_before_it_is_read(walk, client):
    answer = client.generic("POST", walk.address("photo"), b"x", CONTENT_LENGTH=str(300 * 2**20))
    assert answer.status_code == 413 and "64 Mo" in text(answer)


def test_text_beyond_the_form_s_limit_is_told_as_too_large(walk):
    walk.to_details()
    assert walk.send("details", words="x" * (3 * 2**20)).status_code == 413


@pytest.mark.parametrize(
    ("data", "status", "said"),
    [
        (SVG, 422, "n'est pas une photo"),
        (SCRIPT, 422, "n'est pas une photo"),
        (HEIC, 422, "HEIC"),
        (b"", 422, "vide"),
        (jpeg()[:3000], 422, "abîmée"),
        (bomb(), 413, "trop de pixels"),
        (jpeg() + b"\0" * 20_000_000, 413, "trop lourde"),
    ],
)
def test_a_file_that_is_no_photo_of_ours_is_told_with_its_status_and_nothing_is_kept(walk, data, status, said):
    answer = walk.send("photo", photos=upload(data, "vacances.jpg"))
    assert answer.status_code == status and said in text(answer) and "vacances.jpg" in text(answer)
    assert not Photo.objects.exists() and walk.get("photo").status_code == 200
