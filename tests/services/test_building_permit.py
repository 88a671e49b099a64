"""Building rights: the code de l'urbanisme as sentences, the orders on paper, the figures counted."""

import io
from datetime import date

import pytest

from oppidum.cases import outbox
from oppidum.cases.acting import act_on
from oppidum.cases.declaration import get_service
from oppidum.cases.explaining import list_clocks
from oppidum.cases.files import attachments
from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.models import Effect
from oppidum.cases.preparing import actor_of, prepare
from oppidum.cases.reading import read_journals
from oppidum.cases.rules.errors import NotEligible, NotNow
from oppidum.cases.rules.standing import RESIDENT, Actor, Command
from oppidum.cases.sweeping import sweep
from oppidum.cases.verifying import verify
from oppidum.communes.models import Look
from oppidum.core import clock
from oppidum.figures.computing import Period, compute
from oppidum.people import remits
from oppidum.people.models import Remit
from oppidum.publishing.keeping import path_of
from oppidum.publishing.models import Paper, SignatureDelegation, TownHall
from oppidum.publishing.papers import make_papers
from oppidum.publishing.printing import order_run, work
from oppidum.publishing.signing import NoSignatory
from oppidum.territory.models import Commune
from tests.publishing.conftest import letterhead as _letterhead  # noqa: F401
from tests.publishing.conftest import text_of
from tests.services.doing import standing
from tests.territory.town import IN_AUBANE, IN_BELLEFONT

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
letterhead = _letterhead
MARCH = (2027, 3, 1, 9)
ABF = Actor("third:heritage")
REASONS = "La hauteur dépasse neuf mètres à l'égout du toit (article UB 10)."
# Code de l'urbanisme, art. R423-23, R410-9, R410-10: filed on 1 March 2027.
DELAYS = {
    "certificate": date(2027, 4, 1),
    "certificate_project": date(2027, 5, 1),
    "declaration": date(2027, 4, 1),
    "house_permit": date(2027, 5, 1),
    "building_permit": date(2027, 6, 1),
    "development_permit": date(2027, 6, 1),
    "demolition_permit": date(2027, 5, 1),
}


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def office(people):
    Remit.objects.create(service="building-permit", team=people.roads, category="*")
    remits.forget()
    return people


def file(kind="house_permit", **changes):
    service = get_service("building-permit")
    lon, lat = IN_AUBANE
    paper = attachments.save_upload(io.BytesIO(PDF), "plans.pdf", service.form["plans"], clock.now()).token
    answers = {
        "kind": kind, "quality": "owner", "land": {"lon": lon, "lat": lat, "address": "4 chemin des Pins, 13910 Aubane"},
        "parcels": [{"section": "AB", "number": "12", "area_m2": "640"}], "works": ["new"], "description": "Une maison de plain-pied.",
        "floor_before": "0", "floor_created": "118", "dwellings": "1", "use": "dwelling", "public_building": "no", "by_architect": "no",
        "applicant": {"kind": "person", "name": "Jeanne Martin"}, "applicant_address": {"text": "3 cours Mirabeau, 13100 Aix-en-Provence"},
        "contact": {"email": "jeanne@example.org"}, "cerfa": [paper], "plans": [paper], "statement": {"agreed": "yes", "name": "Jeanne Martin"},
    } | changes  # fmt: skip
    return file_case(prepare_case(service, answers, channel="portal")).case_id


def take(case_id, action, by, **raw):
    return act_on(
        case_id,
        prepare(get_service("building-permit"), action, raw, by if isinstance(by, Actor) or by is RESIDENT else actor_of(by)),
    )


def ends(case_id):
    """The last day of each clock that runs, by name."""
    case = standing(case_id)
    lines = list_clocks(get_service("building-permit"), case, clock.today())
    return {line.name: line.state.ends_on for line in lines if line.state.is_counting}


def heritage_says(case_id, answer):
    act_on(case_id, Command("opinion", ABF, {"opinion": "heritage", "answer": answer}))


def words(case_id, letter):
    """The newest paper of that letter, as text."""
    while outbox.deliver():
        pass
    assert not list(Effect.objects.exclude(error="").values_list("kind", "error"))
    paper = Paper.objects.filter(case_id=case_id, letter=letter).latest("pk")
    if not paper.file:
        order_run("Courriers", None)
        work()
        paper.refresh_from_db()
    return text_of(path_of(paper.file).read_bytes())


@pytest.mark.parametrize(("kind", "last"), DELAYS.items())
def test_each_kind_has_its_own_time_and_silence_at_its_end_grants(office, moved, kind, last):
    with moved(*MARCH):
        case_id = file(kind)
        assert ends(case_id) == {"decision": last, "first_month": date(2027, 4, 1)}
    with moved(last.year, last.month, last.day, 23):
        sweep()
        assert standing(case_id).step in ("filed", "review")
    with moved(2027, 6, 2, 9):
        while sweep():
            pass
        assert standing(case_id).step == "granted"


def test_above_150_m2_an_architect_draws_the_project(office):
    with pytest.raises(NotEligible):
        file(floor_before="60", floor_created="91")
    assert file(floor_before="60", floor_created="90") and file(floor_before="60", floor_created="91", by_architect="yes")


def test_the_time_begins_when_the_pieces_are_here(office, moved):
    with moved(*MARCH):
        case_id = file()
    with moved(2027, 3, 20, 9):
        take(case_id, "ask_pieces", office.ana, pieces=["layout", "fronts"])
        take(case_id, "pieces_told", office.ana, pieces_told="2027-03-20")
        assert standing(case_id).step == "incomplete" and ends(case_id) == {
            "first_month": date(2027, 4, 1),
            "pieces": date(2027, 6, 20),
        }
    with moved(2027, 5, 31, 9):
        sweep()
        paper = attachments.save_upload(io.BytesIO(PDF), "p.pdf", get_service("building-permit").form["plans"], clock.now()).token
        take(case_id, "send_pieces", RESIDENT, pieces_sent=[paper])
        assert ends(case_id) == {"decision": date(2027, 7, 31)} and standing(case_id).step == "review"


def test_pieces_that_do_not_come_within_three_months_refuse_the_request(office, moved):
    with moved(*MARCH):
        case_id = file()
        take(case_id, "ask_pieces", office.ana, pieces=["layout"])
        take(case_id, "pieces_told", office.ana, pieces_told="2027-03-01")
    with moved(2027, 3, 30, 9):  # a second request within the month takes the place of the first
        take(case_id, "ask_pieces", office.ana, pieces=["layout", "section"])
        take(case_id, "pieces_told", office.ana, pieces_told="2027-03-30")
    with moved(2027, 6, 30, 23):
        sweep()
        assert standing(case_id).step == "incomplete"
    with moved(2027, 7, 1, 9):
        assert sweep() == 1 and standing(case_id).step == "refused"
    assert [differences for _, differences in verify()] == [[]]


def test_what_is_told_after_the_first_month_changes_nothing(office, moved):
    with moved(*MARCH):
        case_id = file()
        take(case_id, "ask_pieces", office.ana, pieces=["layout"])
        take(case_id, "longer", office.ana, extension="heritage")
    with moved(2027, 4, 5, 9):
        sweep()
        for act in ("pieces_told", "longer_told"):
            with pytest.raises(NotNow):
                take(case_id, act, office.ana, **{act: "2027-04-02"})
        take(case_id, "told_late", office.ana)
        assert standing(case_id).step == "review" and ends(case_id) == {"decision": date(2027, 5, 1)}
        take(case_id, "longer_told", office.ana, longer_told="2027-04-01")  # received in time, entered later
        assert ends(case_id) == {"decision": date(2027, 6, 1)}


@pytest.mark.parametrize(
    ("kind", "act", "extension", "last"),
    [
        ("declaration", "longer", "heritage", date(2027, 5, 1)),
        ("house_permit", "much_longer", "commission", date(2027, 7, 1)),
        ("house_permit", "much_longer", "listed", date(2027, 8, 1)),
        ("building_permit", "much_longer", "public", date(2027, 8, 1)),
        ("demolition_permit", "much_longer", "listed", date(2027, 8, 1)),
    ],
)
def test_protected_sites_commissions_and_public_buildings_lengthen_the_examination(office, moved, kind, act, extension, last):
    with moved(*MARCH):
        case_id = file(kind)
        take(case_id, act, office.ana, extension=extension)
        assert ends(case_id)["decision"] == DELAYS[kind]
        take(case_id, "longer_told", office.ana, longer_told="2027-03-01")
        assert ends(case_id)["decision"] == last


def test_commissions_do_not_lengthen_a_declaration_and_nothing_lengthens_a_certificate(office):
    with pytest.raises(NotNow):
        take(file("declaration"), "much_longer", office.ana, extension="commission")
    with pytest.raises(NotNow):
        take(file("certificate"), "longer", office.ana, extension="heritage")


def test_silence_refuses_where_the_code_says_so(office, moved):
    with moved(*MARCH):
        listed, opposed, favourable, declared = file(), file(), file(), file("declaration")
        take(listed, "much_longer", office.ana, extension="listed", refuses="listed")
        for case_id in (opposed, favourable, declared):
            take(case_id, "consult_heritage", office.ana)
        heritage_says(opposed, "conditional")
        heritage_says(favourable, "favourable")
        heritage_says(declared, "unfavourable")
        assert [set(ends(one)) - {"first_month"} for one in (listed, opposed, favourable, declared)] == [
            {"refusal"}, {"refusal"}, {"decision"}, {"decision"}
        ]  # fmt: skip
    with moved(2027, 5, 2, 9):
        while sweep():
            pass
        assert [standing(one).step for one in (listed, opposed, favourable, declared)] == [
            "refused",
            "refused",
            "granted",
            "granted",
        ]


def test_the_heritage_architect_has_two_months_on_a_permit_and_one_on_a_declaration(office, moved):
    with moved(*MARCH):
        permit, declaration = file("building_permit"), file("declaration")
        for case_id in (permit, declaration):
            take(case_id, "consult_heritage", office.ana)
        assert standing(permit).facts["asked:heritage"] == "2027-05-01"
        assert standing(declaration).facts["asked:heritage"] == "2027-04-01"


def test_the_prefect_of_the_region_seized_against_the_architect_takes_two_months_more(office, moved):
    with moved(*MARCH):
        case_id = file()
        take(case_id, "whole", office.ana)
        take(case_id, "consult_heritage", office.ana)
        with pytest.raises(NotNow):
            take(case_id, "prefect_told", office.ana, received_day="2027-03-01")
        heritage_says(case_id, "unfavourable")
    with moved(2027, 4, 20, 9):
        take(case_id, "prefect_told", office.ana, received_day="2027-04-20")
        assert ends(case_id)["refusal"] == date(2027, 7, 1)


def test_after_a_public_inquiry_two_months_run_from_its_report_and_silence_refuses(office, moved):
    with moved(*MARCH):
        case_id = file("building_permit")
        take(case_id, "inquiry", office.ana)
        take(case_id, "inquiry_told", office.ana, inquiry_told="2027-03-01")
        assert standing(case_id).step == "inquiry" and set(ends(case_id)) == {"first_month"}
    with moved(2027, 9, 10, 9):
        sweep()
        take(case_id, "inquiry_report", office.ana, received_day="2027-09-08")
        assert ends(case_id) == {"refusal": date(2027, 11, 8)}


def granted(office, **changes):
    case_id = file(**changes)
    take(case_id, "whole", office.ana)
    take(case_id, "grant", office.ana)
    return case_id


def test_a_permit_lives_three_years_and_two_more_on_request_where_silence_grants(office, moved):
    with moved(*MARCH):
        case_id = granted(office)
        assert ends(case_id) == {"life": date(2030, 3, 1), "taking_back": date(2027, 6, 1)}
    with moved(2029, 12, 20, 9):
        sweep()
        take(case_id, "ask_longer_life", RESIDENT)
        assert ends(case_id)["longer_life"] == date(2030, 2, 20)
    with moved(2030, 2, 21, 9):
        assert sweep() == 1 and ends(case_id) == {"life": date(2031, 3, 1)}
        take(case_id, "ask_longer_life_again", RESIDENT)
        take(case_id, "longer_life", office.ana)
        with pytest.raises(NotNow):
            take(case_id, "ask_longer_life_again", RESIDENT)
    with moved(2032, 3, 2, 9):
        assert sweep() == 1 and standing(case_id).step == "lapsed"


def test_a_decision_is_withdrawn_within_three_months_and_not_later(office, moved):
    with moved(*MARCH):
        in_time, too_late = granted(office), granted(office)
        for case_id in (in_time, too_late):
            take(case_id, "announce", office.ana, reasons=REASONS, remarks_by="2027-03-20")
    with moved(2027, 6, 1, 9):
        assert take(in_time, "take_back", office.ana, reasons=REASONS).step == "taken_back"
    with moved(2027, 6, 2, 9):
        sweep()
        with pytest.raises(NotNow):
            take(too_late, "take_back", office.ana, reasons=REASONS)


@pytest.mark.parametrize(("public", "last"), [("no", date(2028, 6, 10)), ("yes", date(2028, 8, 10))])
def test_the_conformity_is_contested_within_three_months_or_five_where_the_works_are_inspected(office, moved, public, last):
    with moved(*MARCH):
        case_id = granted(office, kind="building_permit", by_architect="yes", public_building=public)
        take(case_id, "display", RESIDENT, displayed_on="2027-03-01")
        assert ends(case_id)["appeal"] == date(2027, 5, 3)  # a clear delay; 2 May 2027 is a Sunday
        take(case_id, "commence", RESIDENT, commenced_on="2027-03-01")
    with moved(2028, 3, 10, 9):
        sweep()
        take(case_id, "complete", RESIDENT, completed_on="2028-03-05")
        assert ends(case_id)["conformity"] == last
    with moved(2028, 9, 1, 9):
        assert sweep() == 1 and standing(case_id).step == "conform"
        assert take(case_id, "attest_conformity", RESIDENT).step == "conform"
    assert [differences for _, differences in verify()] == [[]]


def test_the_receipt_tells_the_date_and_that_the_first_month_may_change_it(office, letterhead, moved):
    with moved(*MARCH):
        told = words(file(), "acknowledgement")
    assert "samedi 1er mai 2027" in told.replace("\u00a0", " ").lower() or "1er mai 2027" in told.replace("\u00a0", " ")
    assert "R423-3" in told and "attestation" in told


def test_a_refusal_tells_its_reasons_and_that_an_appeal_no_longer_prolongs(office, mayor, moved):
    with moved(*MARCH):
        case_id = file()
        take(case_id, "whole", office.ana)
        take(case_id, "refuse", office.ana, reasons=REASONS)
        told = " ".join(words(case_id, "refusal").split())
    assert "UB 10" in told and "Dans un délai d’un mois" in told.replace("\u00a0", " ") and "ne prolonge pas" in told


@pytest.fixture
def mayor(letterhead, people):
    """Aubane's mayor, Rémi Blanc; its land lies under another court than the seat."""
    commune = Commune.objects.get(pk="13901")
    Commune.objects.filter(pk="13901").update(hall_address="1 rue du Four, 13910 Aubane")
    Look.objects.create(commune=commune, colour="#8a4b12", changed_at=clock.now())
    return TownHall.objects.create(
        commune=commune, mayor="Rémi Blanc", quality="Le maire", court="Tribunal administratif de Toulon"
    )


def refused(office):
    case_id = file()
    take(case_id, "whole", office.ana)
    take(case_id, "refuse", office.ana, reasons=REASONS)
    return case_id


def test_the_mayor_decides_on_the_paper_of_the_town_hall_and_the_metropolis_examines(office, mayor, moved):
    with moved(*MARCH):
        case_id = refused(office)
        told = words(case_id, "refusal")
    assert (
        "Mairie d’Aubane" in told
        and "au nom de la commune d’Aubane" in told
        and "Rémi Blanc" in told
        and "Le maire" in told
        and "Aubane, le 1er mars 2027" in told
    )
    assert "en écrivant à : Mairie d’Aubane" in told and "Toulon" in told
    assert "Zoé Roux" not in told and "L422-3" not in told and "Instruction : Voirie, Métropole de Castelmer" in told
    assert Paper.objects.get(case_id=case_id, letter="refusal").signed_by == "Rémi Blanc"


def test_where_the_commune_gave_its_power_the_president_signs_and_the_order_says_by_which_deliberation(office, mayor, moved):
    TownHall.objects.update(power="la délibération du 12 juin 2026")
    with moved(*MARCH):
        told = words(refused(office), "refusal")
    assert "Vu la délibération du 12 juin 2026" in told and "L422-3" in told
    assert "Zoé Roux" in told and "Rémi Blanc" not in told and "Toulon" in told  # the land's court, whoever decides


def test_whom_the_mayor_delegated_signs_for_the_mayor_of_that_commune_alone(office, mayor, moved):
    given = {
        "order_number": "AUB-3",
        "order_on": date(2026, 12, 1),
        "published_on": date(2026, 12, 2),
        "starts_on": date(2026, 12, 3),
    }
    SignatureDelegation.objects.create(**given, officer=office.bob, quality="L’adjointe", function="mayor", commune_id="13901")
    SignatureDelegation.objects.create(**given, officer=office.ana, quality="L’adjoint", function="mayor", commune_id="13902")
    with moved(*MARCH):
        told = words(refused(office), "refusal")
    assert "Pour le maire et par délégation," in told and str(office.bob) in told and "AUB-3" in told


def test_without_a_mayor_no_decision_leaves_in_the_communes_name(office, letterhead, moved):
    with moved(*MARCH):
        case_id = refused(office)
        effect = Effect.objects.filter(case_id=case_id, kind="letter").latest("seq")
        with pytest.raises(NoSignatory, match="le maire de la commune d'Aubane"):
            make_papers([effect])


def test_each_commune_numbers_its_own_decisions(office, moved):
    with moved(*MARCH):
        first, second = refused(office), refused(office)
        elsewhere = file(land={"lon": IN_BELLEFONT[0], "lat": IN_BELLEFONT[1], "address": "Bellefont"})
        take(elsewhere, "whole", office.ana)
        take(elsewhere, "refuse", office.ana, reasons=REASONS)
        journals = read_journals([first, second, elsewhere])
    assert [journals[one][-1].data["number"] for one in (first, second, elsewhere)] == [1, 2, 1]


def test_the_list_of_missing_pieces_is_the_mayors_registered_letter(office, mayor, moved):
    with moved(*MARCH):
        case_id = file()
        take(case_id, "ask_pieces", office.ana, pieces=["layout"])
        told = words(case_id, "pieces")
    assert "exhaustive" in told and "plan de masse" in told and "Adressez-les toutes à la mairie" in told and "trois mois" in told
    assert "rejet tacite" in told and "Rémi Blanc" in told and Paper.objects.get(letter="pieces").fate == "printed"


def test_the_certificate_of_a_tacit_permit_is_issued_on_request(office, mayor, moved):
    with moved(*MARCH):
        case_id = file("declaration")
    with moved(2027, 4, 2, 9):
        while sweep():
            pass
        take(case_id, "attest", RESIDENT)
        assert "R424-13" in words(case_id, "attestation")


def test_what_was_granted_is_counted_by_kind_with_its_dwellings(office, moved):
    with moved(*MARCH):
        granted(office)
        granted(office, kind="building_permit", by_architect="yes", dwellings="24", floor_created="1600")
        file("certificate")
        names = ("building-permits-filed", "building-permits-decided", "dwellings-authorised", "floor-area-authorised")
        values = {name: compute(name, Period.year(2027)) for name in names}
    assert {name: float(values[name].value) for name in names} == {
        "building-permits-filed": 3, "building-permits-decided": 2, "dwellings-authorised": 25, "floor-area-authorised": 1718
    }  # fmt: skip
    assert values["dwellings-authorised"].splits["kind"] == {"house_permit": 1, "building_permit": 24}
