"""What an officer may not see is on none of the faces: the desk, the export, the paper, the interface, the search."""

import io

import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from oppidum.cases.models import Case
from oppidum.people import remits
from oppidum.people.models import Officer, Remit, Role
from tests.people_of_town import PASSWORD

INCOME, LANDLORD, REMARK = "21", "Zoé Martin", "Lucie Blanc"


@pytest.fixture
def faces(file_permit, people):
    """`faces("act", "persons")`: all that an officer with those rights can get at, as text by face."""
    Remit.objects.create(team=people.roads, service="permit", category="*")
    remits.forget()
    file_permit()
    code = Case.objects.get().code

    def read(*rights):
        role = Role.objects.create(code="-".join(rights), name="x", reach="all", rights=list(rights))
        Officer.objects.create_user("-".join(rights), "x@castelmer.example", PASSWORD, role=role)
        desk = Client()
        assert desk.login(username="-".join(rights), password=PASSWORD)
        paper = desk.get(reverse("desk:case-pdf", args=[code])).content
        return {
            "page": desk.get(reverse("desk:case", args=[code])).content.decode(),
            "paper": "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper)).pages),
            "export": desk.get(reverse("desk:export")).getvalue().decode(),
            "api": desk.get("/api/cases").content.decode(),
            "search": str(desk.get("/api/cases", {"words": LANDLORD}).json()["total"]),
        }

    return read


def test_without_the_right_to_persons_no_face_names_anybody(faces):
    for face, said in faces("act").items():
        assert LANDLORD not in said and REMARK not in said and "73282932000074" not in said, face
    assert "A flat" in faces("act", "note")["page"]


def test_an_income_is_seen_by_its_own_right_alone(faces):
    seen = faces("act", "persons")
    assert LANDLORD in seen["page"] and LANDLORD in seen["paper"]
    assert not any("Your income?</dt><dd>" in said or "000\u202fEUR" in said or "21000" in said for said in seen.values())
    assert "EUR" in faces("act", "figures")["page"]


def test_a_search_finds_nobody_for_who_may_not_see_persons(faces):
    assert faces("act")["search"] == "0" and faces("act", "persons")["search"] == "1"
