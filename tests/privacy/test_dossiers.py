"""The dossier gives a person everything of theirs and nothing of anybody else."""

import json

import pytest

from oppidum.cases.models import Message
from oppidum.cases.persons.rooms import Sought, find_person
from oppidum.cases.rules.standing import RESIDENT
from oppidum.privacy.dossiers import make_dossier
from oppidum.privacy.papers import dossier_pdf, dossier_words
from oppidum.privacy.redacting import Redaction

ZOE = Sought(emails=("zoe@example.org",), phones=("+33491000000",), name="Zoé Martin")


@pytest.fixture
def dossier(file_permit, take, settled, town):
    """`dossier(sought)` after Zoé's permit, which Max follows by what he wrote."""
    case_id = file_permit()
    take(case_id, "write", RESIDENT, message="Joignez aussi Max Blanc, max@example.org ou 06 12 34 56 78")
    settled()
    Message.objects.create(case_id=case_id, seq=1, kind="note", text="Max Blanc a appelé du 06 12 34 56 78 pour Zoé Martin")
    from oppidum.cases.models import Party
    from oppidum.core import clock

    Party.objects.create(case_id=case_id, role="follower", name="Max Blanc", email="max@example.org", joined_at=clock.now())

    def make(sought):
        traces = find_person(sought)
        return make_dossier(sought, traces, sorted({t.case_id for t in traces if t.case_id}))

    return make


def test_it_says_what_the_law_asks_for_and_holds_every_answer(dossier):
    case = dossier(ZOE)["cases"][0]
    assert case["purpose"] == "Let no unworthy dwelling" and "6(1)(c)" in case["basis"] and "CCH" in case["basis"]
    assert case["recipients"] == ["the housing team"] and case["role"] == "author"
    assert {a["name"] for a in case["answers"]} == {"landlord", "born_on", "siret", "income", "kind", "remarks"}
    assert {a["name"]: a["shown"] for a in case["answers"]}["kind"] == "A flat"


def test_it_is_plain_json(dossier):
    assert json.loads(json.dumps(dossier(ZOE)))["format"] == "oppidum-dossier/1"


def test_others_are_taken_out_but_for_what_the_person_wrote(dossier):
    records = dossier(ZOE)["cases"][0]["records"]
    parties = [r["person"]["name"] for r in records if r["kind"] == "party"]
    assert parties == ["Zoé Martin"]
    note, wrote = (next(r["text"] for r in records if r.get("role") == role) for role in ("note", "from_resident"))
    assert "Max" not in note and "06 12" not in note and "Zoé Martin" in note
    assert "max@example.org" in wrote


def test_a_follower_gets_their_own_line_and_nothing_of_the_author(dossier):
    case = dossier(Sought(emails=("max@example.org",), name="Max Blanc"))["cases"][0]
    said = json.dumps(case, ensure_ascii=False)
    assert case["role"] == "named" and case["answers"] == []
    assert "zoe@" not in said and "Zoé" not in said and "12 rue" not in said
    assert [r["person"]["email"] for r in case["records"] if r["kind"] == "party"] == ["max@example.org"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Zoé au +33491000000", "Zoé au +33491000000"),
        ("Zoé au 04 91 00 00 00", "Zoé au 04 91 00 00 00"),
        ("Lucie au 04 91 00 00 01", "Lucie au [hidden]"),
        ("MAX BLANC a écrit", "[another person] a écrit"),
    ],
)
def test_text_is_redacted_word_by_word(text, left, settings):
    from django.utils.translation import override

    records = [{"person": {"name": "Max Blanc", "email": "", "phone": ""}}, {"person": {"name": "Zoé Martin"}}]
    with override("en"):
        assert Redaction.of(ZOE, records).text(text) == left


def test_the_dossier_is_a_pdf_in_words(dossier):
    found = dossier(ZOE)
    words = dossier_words(found)
    assert words["cases"][0]["title"] == "Permit to let"
    assert ("Legal basis", found["cases"][0]["basis"]) in words["cases"][0]["facts"]
    assert any("CNIL" in line for line in words["rights"])
    assert dossier_pdf(found).startswith(b"%PDF")
