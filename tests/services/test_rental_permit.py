"""The rental permit: its regulation as sentences, its letters on paper, its figures counted."""

import io
from datetime import date

import pytest

from oppidum.cases.acting import act_on
from oppidum.cases.declaration import get_service
from oppidum.cases.files import attachments
from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.models import Mail
from oppidum.cases.preparing import actor_of, prepare
from oppidum.cases.reading import read_standings
from oppidum.cases.rules.errors import NotEligible
from oppidum.cases.rules.standing import RESIDENT
from oppidum.cases.sweeping import sweep
from oppidum.cases.withholding import withhold_messages
from oppidum.core import clock
from oppidum.core.errors import InvalidForm
from oppidum.figures.computing import Period, compute
from oppidum.people import remits
from oppidum.people.models import Remit
from oppidum.publishing.models import Paper
from oppidum.rehearsal.letters import make_rehearsed_letters
from oppidum.territory import locate
from oppidum.territory.models import Stamp, Zone
from tests.publishing.conftest import letterhead as _letterhead  # noqa: F401
from tests.services.doing import papers, words
from tests.territory.town import IN_AUBANE, IN_BELLEFONT, square

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
letterhead = _letterhead
FEBRUARY, MARCH = (2027, 1, 31, 10), (2027, 3, 1, 9)
WORKS = [{"what": "Refaire le tableau électrique", "by": "2027-05-01"}, {"what": "Poser un garde-corps", "by": "2027-04-15"}]


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def area(people):
    """Aubane is an area of the rental permit, and the roads team has the permits."""
    Zone.objects.create(
        layer="rental-permit", code="aubane", name="Centre ancien d'Aubane", commune_id="13901", outline=square(5.0, 43.3)
    )
    Remit.objects.create(service="rental-permit", team=people.roads, category="*")
    Stamp.touch()
    locate.forget()
    remits.forget()
    return people


def answers(**changes):
    lon, lat = changes.pop("at", IN_AUBANE)
    service = get_service("rental-permit")
    paper = attachments.save_upload(io.BytesIO(PDF), "dpe.pdf", service.form["diagnostics"], clock.now())
    return {
        "dwelling": {"lon": lon, "lat": lat, "address": "12 rue des Oliviers, 13910 Aubane"},
        "dwelling_kind": "flat",
        "surface": "42",
        "rooms": "2",
        "furnished": "no",
        "letting": "first",
        "exempt": "none",
        "landlord": {"kind": "person", "name": "Jeanne Martin"},
        "landlord_address": {"text": "3 cours Mirabeau, 13100 Aix-en-Provence"},
        "contact": {"email": "jeanne@example.org"},
        "diagnostics": [paper.token],
        "statement": {"agreed": "yes", "name": "Jeanne Martin"},
    } | changes


def file(**changes):
    return file_case(prepare_case(get_service("rental-permit"), answers(**changes), channel="portal")).case_id


def take(case_id, action, by, **raw):
    service = get_service("rental-permit")
    actor = by if by is RESIDENT else actor_of(by)
    return act_on(case_id, prepare(service, action, raw, actor))


def test_it_is_asked_for_inside_an_area_alone(area):
    assert prepare_case(get_service("rental-permit"), answers(), channel="portal").commune == "13901"
    with pytest.raises(InvalidForm) as wrong:
        prepare_case(get_service("rental-permit"), answers(at=IN_BELLEFONT), channel="portal")
    assert [fault.field for fault in wrong.value.errors] == ["dwelling"] or "dwelling" in str(wrong.value.errors[0].field)


@pytest.mark.parametrize(("question", "given"), [("letting", "renewal"), ("exempt", "social"), ("exempt", "state")])
def test_who_needs_none_is_told_at_once(area, question, given):
    with pytest.raises(NotEligible):
        prepare_case(get_service("rental-permit"), answers(**{question: given}), channel="portal")


def test_a_month_of_silence_authorises(area, moved):
    with moved(*FEBRUARY):
        case_id = file()
    with moved(2027, 2, 28, 23):
        sweep()
        assert read_standings([case_id])[case_id].step == "filed"
    with moved(*MARCH):
        sweep()
        standing = read_standings([case_id])[case_id]
    assert standing.step == "authorised"


def test_the_month_begins_when_the_papers_are_there(area, moved):
    with moved(*FEBRUARY):
        case_id = file()
    with moved(2027, 2, 10, 9):
        take(case_id, "ask_papers", area.ana, papers=["energy", "lead"], papers_by="2027-03-10")
    with moved(*MARCH):
        sweep()
        assert read_standings([case_id])[case_id].step == "incomplete"
    with moved(2027, 3, 5, 9):
        take(case_id, "papers_in", RESIDENT)
        assert read_standings([case_id])[case_id].due_on == date(2027, 4, 5)
    with moved(2027, 4, 6, 9):
        sweep()
        assert read_standings([case_id])[case_id].step == "authorised"


def test_an_answer_in_time_stops_the_month(area, moved):
    with moved(*FEBRUARY):
        case_id = file()
        take(case_id, "complete", area.ana)
        take(case_id, "unfavourable", area.ana, defects=["electricity", "fall"], works=WORKS)
    with moved(*MARCH):
        sweep()
        assert read_standings([case_id])[case_id].step == "refused"


def test_an_authorisation_lapses_after_two_years_without_a_letting(area, moved):
    with moved(2027, 2, 1, 9):
        case_id = file()
        take(case_id, "complete", area.ana)
        take(case_id, "favourable", area.ana)
    with moved(2029, 2, 1, 9):
        sweep()
        assert read_standings([case_id])[case_id].step == "authorised"
    with moved(2029, 2, 2, 9):
        sweep()
        assert read_standings([case_id])[case_id].step == "lapsed"


def test_works_are_followed_until_they_are_made_good(area, moved):
    with moved(2027, 2, 1, 9):
        case_id = file()
        take(case_id, "complete", area.ana)
        take(case_id, "conditional", area.ana, defects=["damp"], works=WORKS, works_by="2027-05-01")
        assert read_standings([case_id])[case_id].step == "works"
    with moved(2027, 4, 20, 9):
        take(case_id, "more_time", area.ana, works_by="2027-06-01")
        take(case_id, "made_good", area.ana)
        assert read_standings([case_id])[case_id].step == "authorised"


def test_the_receipt_says_when_silence_authorises_and_who_handles_it(area, letterhead, moved):
    with moved(*FEBRUARY):
        (paper,) = papers(file(), "acknowledgement")
    said = words(paper)
    assert "reçue le 31 janvier 2027" in said and "le 28 février 2027, votre demande est acceptée" in said
    assert "art. L232-3" in said and "Voirie" in said and paper.fate == "mailed"
    assert Mail.objects.filter(case_id=paper.case_id, body__contains="/follow/").exists()


def test_a_rehearsed_letter_is_made_and_told_to_nobody(area, letterhead, moved):
    with moved(*FEBRUARY):
        case_id = file()
        withhold_messages()
        assert make_rehearsed_letters() == 1 and make_rehearsed_letters() == 0
    assert Paper.objects.get(case_id=case_id).sha256 and not Mail.objects.filter(case_id=case_id).exists()


def test_missing_papers_are_listed_with_their_texts_and_what_they_do_to_the_month(area, letterhead, moved):
    with moved(*FEBRUARY):
        case_id = file()
        take(case_id, "ask_papers", area.ana, papers=["energy", "lead"], papers_by="2027-03-10")
        (paper,) = papers(case_id, "papers")
    said = words(paper)
    assert "DPE" in said and "plomb" in said and "art. 3-3" in said and "10 mars 2027" in said and "L114-5" in said


def test_a_refusal_gives_reasons_remedies_and_goes_to_those_who_pay_aids(area, letterhead, moved):
    with moved(*FEBRUARY):
        case_id = file()
        take(case_id, "complete", area.ana)
        take(case_id, "unfavourable", area.ana, defects=["electricity", "fall"], works=WORKS)
        made = papers(case_id, "unfavourable")
        assert [p.rank for p in made] == [0, 1, 2, 3, 4] and {p.fate for p in made} == {"waiting"}
        said = words(made[0])
    for part in (
        "ARRÊTÉ N° 2027-1",
        "Vu le code de la construction",
        "Considérant",
        "installation électrique",
        "est refusée",
        "Refaire le tableau électrique",
        "1er mai 2027",
        "Tribunal administratif de Marseille",
        "recours gracieux",
        "Zoé Roux",
        "15 000",
        "Copie à",
        "Caisse d’allocations familiales",
        "JEANNE MARTIN".title(),
        "13100 AIX-EN-PROVENCE",
    ):
        assert part in said, part


def test_who_agreed_gets_the_refusal_electronically_and_opening_it_is_the_proof(area, letterhead, moved):
    with moved(*FEBRUARY):
        case_id = file(electronic_letters="yes")
        take(case_id, "complete", area.ana)
        take(case_id, "unfavourable", area.ana, defects=["damp"], works=WORKS)
        made = papers(case_id, "unfavourable")
    assert [p.fate for p in made] == ["mailed", "waiting", "waiting", "waiting", "waiting"]


def test_orders_are_numbered_one_after_the_other(area, letterhead, moved):
    with moved(*FEBRUARY):
        for n in (1, 2):
            case_id = file()
            take(case_id, "complete", area.ana)
            take(case_id, "favourable", area.ana)
            (paper,) = papers(case_id, "favourable")
            assert paper.number == f"2027-{n}" and f"N° 2027-{n}" in words(paper)


def test_a_certificate_is_issued_of_what_silence_authorised_and_of_nothing_else(area, letterhead, moved):
    with moved(*FEBRUARY):
        case_id = file()
    with moved(*MARCH):
        sweep()
        take(case_id, "attest", RESIDENT)
        (paper,) = papers(case_id, "attestation")
    said = words(paper)
    assert "ATTESTATION" in said and "Jeanne Martin" in said and "42 m²" in said and "L635-4" in said


def test_the_new_owner_gets_the_receipt_of_the_transfer(area, letterhead, moved):
    with moved(*FEBRUARY):
        case_id = file()
        take(case_id, "complete", area.ana)
        take(case_id, "favourable", area.ana)
        take(
            case_id,
            "transfer",
            RESIDENT,
            new_owner={"kind": "person", "name": "Paul Blanc"},
            new_owner_address={"text": "1 rue Neuve, 13006 Marseille"},
        )
        (paper,) = papers(case_id, "transfer")
    assert paper.recipient == "Paul Blanc" and paper.postcode == "13006" and "Paul Blanc" in words(paper)


def test_days_to_an_opinion_are_a_mean(area, moved):
    assert compute("rental-permit-days", Period.year(2027)).value is None
    for filed, decided in (((2027, 2, 1, 9), (2027, 2, 11, 9)), ((2027, 2, 1, 9), (2027, 2, 21, 23))):
        with moved(*filed):
            case_id = file()
            take(case_id, "complete", area.ana)
        with moved(*decided):
            take(case_id, "favourable", area.ana)
    assert compute("rental-permit-days", Period.year(2027)).value == 15


def test_opinions_are_counted_by_what_they_say(area, moved):
    with moved(*FEBRUARY):
        for decision in ("favourable", "favourable", "conditional", "unfavourable"):
            case_id = file()
            take(case_id, "complete", area.ana)
            more = {"defects": ["damp"], "works": WORKS} if decision != "favourable" else {}
            take(case_id, decision, area.ana, **more, **({"works_by": "2027-05-01"} if decision == "conditional" else {}))
    counted = {
        name: compute(name, Period.year(2027)).value
        for name in ("rental-permit-opinions", "rental-permit-favourable", "rental-permit-favourable-share")
    }
    assert counted == {"rental-permit-opinions": 4, "rental-permit-favourable": 2, "rental-permit-favourable-share": 50}
