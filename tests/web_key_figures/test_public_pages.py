"""Key figures as everybody reads them: what was validated, its history, and nothing that waits."""

import csv
from io import StringIO

from django.utils.html import strip_tags

from oppidum.figures.declared.entering import enter
from oppidum.figures.declared.validating import validate
from oppidum.figures.qr import figure_link, figure_qr_svg
from tests.web_key_figures.conftest import meant

PAGE = "/figures/waste-collected/"


def words(client, address: str) -> str:
    return " ".join(strip_tags(client.get(address).content.decode()).replace("\u202f", " ").replace("\u00a0", " ").split())


def test_a_declared_figure_tells_value_period_owner_and_who_validated(house, client):
    told = words(client, f"{PAGE}?year=2025")
    assert "12 000 t" in told and "Cadre de vie · Déchets" in told and "Rita" in told and "ligne 12 du texte" in told
    assert "au 31 décembre 2025" in words(client, "/figures/buses-running/?year=2025")
    assert "1,2 million d’euros" in words(client, "/figures/tram-budget/")


def test_what_waits_for_its_second_person_is_for_officers_alone(house, client, sign_in):
    assert "12 500" not in words(client, f"{PAGE}?year=2026")
    assert "12 500" in words(sign_in(house.dora), f"{PAGE}?year=2026")
    client.logout()
    validate(["waste-collected"], 2026, house.emile)
    told = words(client, f"{PAGE}?year=2026")
    assert "12 500 t" in told and "2025 : 12 000 t (+4,2 %)" in told


def test_a_corrected_value_leaves_the_earlier_one_on_the_page(house, client):
    validate(["waste-collected"], 2026, house.emile)
    enter("waste-collected", 2026, meant(12600), house.dora, "pesée oubliée")
    assert "12 500 t" in words(client, f"{PAGE}?year=2026")
    validate(["waste-collected"], 2026, house.emile)
    told = words(client, f"{PAGE}?year=2026")
    assert "12 600 t" in told and "Ce qui était publié avant" in told and "12 500" in told


def test_the_index_leads_from_directorates_to_figures_and_words_find_them(house, client):
    assert "3 chiffres publiés sur 3" in words(client, "/figures/key/?year=2025")
    listed = words(client, "/figures/key/?year=2025&directorate=living-environment-water")
    assert "environ 450" in listed and "au moins 80" in listed and "Déchets verts" in listed
    for asked in ("dechets colectes", "waste", "bacs vides"):
        assert "1 chiffre" in words(client, f"/figures/key/?year=2025&words={asked}") or "t 2025" in words(
            client, f"/figures/key/?year=2025&words={asked}"
        )
    assert "aucun chiffre pour ces mots" in words(client, "/figures/key/?year=2025&words=zzzzqq")
    assert client.get("/figures/key/?year=%00").status_code == 400
    assert client.get("/figures/key/?words=%00%27").status_code == 200


def test_who_names_no_year_gets_the_newest_that_was_mostly_told(house, client):
    assert "Chiffres clés 2025" in words(client, "/figures/key/")


def test_all_key_figures_of_a_year_are_one_file(house, client):
    answer = client.get("/figures/key.csv?year=2025", headers={"Accept-Language": "fr"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = {row["Nom"]: row for row in csv.DictReader(StringIO(text), delimiter=";")}
    assert rows["waste-collected"]["Valeur"] == "12000" and rows["waste-collected"]["Unité"] == "tonnes"
    assert rows["bins-emptied"]["Précision"] == "about"
    assert "reports-filed" in rows


def test_a_qr_code_holds_the_short_address(house, client, settings):
    settings.PUBLIC_URL = "https://castelmer.example"
    assert figure_link("waste-collected", 2025) == "https://castelmer.example/figures/waste-collected/?year=2025"
    assert figure_qr_svg("waste-collected", 2025).startswith("<svg")
    answer = client.get(f"{PAGE}qr.svg?year=2025")
    assert answer["Content-Type"] == "image/svg+xml" and b"<path" in answer.content


def test_the_trail_and_the_file_of_a_declared_figure_lead_to_its_years(house, client):
    assert client.get(f"{PAGE}trail/?year=2025")["Location"] == f"{PAGE}?year=2025"
    text = b"".join(client.get(f"{PAGE}figure.csv").streaming_content).decode("utf-8-sig")
    assert text.splitlines() == ["Année;tonnes", "2025;12000"]


def test_odd_addresses_say_what_to_do(house, client):
    assert client.get(f"{PAGE}?year=soon").status_code == 400
    assert client.get("/figures/no-such-figure/").status_code == 404
    assert client.get("/figures/no-such-figure/qr.svg").status_code == 404
    assert "Aucune valeur n'a été publiée" in words(client, f"{PAGE}?year=1999").replace("’", "'").replace("&#x27;", "'")
