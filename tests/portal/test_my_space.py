"""My space: what I wrote and was told, what I was sent and booked, what I prefer; nothing of anybody else, whoever they are."""

import html
import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from icalendar import Calendar

from oppidum.bookings.models import Booking, Resource, Slot
from oppidum.cases import outbox
from oppidum.cases.acting import act_on
from oppidum.cases.declaration import PDF, Files
from oppidum.cases.files.attachments import save_upload
from oppidum.cases.links import make_link
from oppidum.cases.models import Attachment, Case, Mail, Party
from oppidum.cases.rules.standing import RESIDENT, Actor, Command, Contact
from oppidum.core import clock, rates
from oppidum.people.models import Identity, Resident
from oppidum.publishing.models import Paper
from tests.browser import check_page
from tests.desk.conftest import report

ANA = Actor("officer", 1, "Ana", frozenset({"act", "assign"}))
PAGES = ("/my-reports/", "/my/messages/", "/my/documents/", "/my/appointments/", "/my/appointments.ics", "/my/preferences/")
WHO = {"zoe": "zoe@example.org", "yann": "yann@example.org", "follower": "fan@example.org", "other case": "ZOE@example.com"}


@pytest.fixture(autouse=True)
def _fresh_rates(db):
    rates.forget()


def signed_in(email: str) -> Client:
    browser = Client()
    browser.get("/my/" + make_link(email).rsplit("/", 1)[1])
    return browser


def text(answer) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def a_life(name: str, email: str, day: int):
    """A case with a message, a letter, a file and an appointment, each bearing the person's name."""
    filed = report("noise.neighbours", f"Musique chez {name}", contact=Contact(name, email, "", "fr"))
    case = Case.objects.get(pk=filed.case_id)
    act_on(case.pk, Command("message", ANA, {"message": f"Bonjour {name}, nous passons."}))
    paper = {"seq": 1, "letter": "l", "kind": "letter", "template": "letter", "recipient": name, "fate": Paper.Fate.MAILED}
    Paper.objects.create(case=case, key=f"k{case.pk}", subject=f"Lettre à {name}", made_at=clock.now(), **paper)
    held = save_upload(BytesIO(b"%PDF-1.7\n1 0 obj\n"), f"papier de {name}.pdf", Files("x", accept=PDF), clock.now())
    Attachment.objects.filter(pk=held.pk).update(case=case, seq=1)
    resource, _made = Resource.objects.get_or_create(code=f"desk-{name}", kind="desk", name=f"Guichet de {name}", capacity=5)
    starts = clock.now() + timedelta(days=day)
    slot = Slot.objects.create(
        resource=resource, day=clock.local_day(starts), starts_at=starts, ends_at=starts + timedelta(hours=1), capacity=5
    )
    Booking.objects.create(
        key=f"b{case.pk}", kind="desk", resource=resource, slot=slot, day=slot.day, reference=case.code, taken_at=clock.now()
    )
    return case


@pytest.fixture
def lives(people):
    """Zoé and Yann have a case each; somebody follows both; a fourth has an address that looks like Zoé's."""
    cases = {"zoe": a_life("Zoé", WHO["zoe"], 3), "yann": a_life("Yann", WHO["yann"], 4)}
    for case in cases.values():
        act_on(case.pk, Command("follow", RESIDENT, contact=Contact("Fan", WHO["follower"], "", "fr")))
    return cases


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("page", PAGES)
def test_nothing_of_another_person_shows(lives, who, page):
    answer = signed_in(WHO[who]).get(page)
    assert answer.status_code == 200
    shown = answer.content.decode()
    for name, case in lives.items():
        others = [case.code, case.code.replace("-", ""), {"zoe": "Zoé", "yann": "Yann"}[name]]
        if name != who:
            assert not [word for word in others if word in shown]


@pytest.mark.parametrize("page", [*PAGES, "/my/delete/"])
def test_who_proved_no_address_is_led_to_the_way_in(lives, page):
    answer = Client().post(page) if page == "/my/delete/" else Client().get(page)
    assert answer.status_code in (200, 302) and "Zoé" not in answer.content.decode()
    assert page == "/my-reports/" or answer["Location"] == "/my-reports/"


def test_mine_shows_with_what_was_written_sent_and_booked(lives):
    zoe, code = signed_in(WHO["zoe"]), lives["zoe"].code
    assert "Bonjour Zoé, nous passons." in text(zoe.get("/my/messages/"))
    documents = zoe.get("/my/documents/")
    assert "Lettre à Zoé" in text(documents) and "papier de Zoé.pdf" in text(documents)
    assert f"/follow/{code}/letters/" in documents.content.decode() and f"/follow/{code}/files/" in documents.content.decode()
    assert "Guichet de Zoé" in text(zoe.get("/my/appointments/"))


def test_an_internal_note_is_nobodys_to_read_here(lives):
    act_on(lives["zoe"].pk, Command("note", Actor("officer", 1, "Ana", frozenset({"act", "note"})), {"note": "Personne pénible"}))
    assert "pénible" not in text(signed_in(WHO["zoe"]).get("/my/messages/"))


def test_appointments_are_a_calendar_that_programs_read(lives):
    answer = signed_in(WHO["zoe"]).get("/my/appointments.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["LOCATION"] == "Guichet de Zoé" and f"/follow/{lives['zoe'].code}" in event["URL"]
    assert event.end - event.start == timedelta(hours=1) and event["UID"].startswith("booking-")


def test_preferences_hold_for_requests_so_far_and_can_be_read_again(lives):
    zoe = signed_in(WHO["zoe"])
    zoe.post("/my/preferences/", {"language": "en", "way-step": "none", "way-reminder": "sms", "way-decision": "none"})
    assert Party.objects.get(case=lives["zoe"], role=Party.AUTHOR).language == "en"
    assert Resident.objects.get(email=WHO["zoe"]).ways == {"step": "none", "reminder": "sms"}  # a decision is owed
    assert Party.objects.get(case=lives["yann"], role=Party.AUTHOR).language == "fr"
    shown = zoe.get("/my/preferences/").content.decode()
    assert re.search(r'name="way-step".*?<option value="none" selected>', shown, re.DOTALL)
    assert zoe.post("/my/preferences/", {"language": "xx"}).status_code == 422


def test_who_wants_no_steps_reads_decisions_all_the_same(lives):
    signed_in(WHO["zoe"]).post("/my/preferences/", {"language": "fr", "way-step": "none"})
    outbox.deliver()
    Mail.objects.all().delete()
    act_on(lives["zoe"].pk, Command("plan", ANA, {"day": "2027-03-12"}))
    outbox.deliver()
    assert not Mail.objects.filter(to=WHO["zoe"]).exists() and Mail.objects.filter(to=WHO["follower"]).exists()
    act_on(lives["zoe"].pk, Command("finish", ANA, {"what_was_done": "Parlé au voisin"}))
    outbox.deliver()
    assert Mail.objects.filter(to=WHO["zoe"]).count() == 1


def test_a_deleted_account_leaves_no_trace_but_the_requests(lives):
    zoe = signed_in(WHO["zoe"])
    zoe.post("/my/preferences/", {"language": "fr", "way-step": "mail"})
    Identity.objects.create(resident=Resident.objects.get(), provider="p", subject="s", created_at=clock.now())
    assert "Votre compte est supprimé" in text(zoe.post("/my/delete/"))
    assert not Resident.objects.exists() and not Identity.objects.exists() and Case.objects.count() == 2
    assert zoe.get("/my/messages/").status_code == 302


@pytest.mark.browser
def test_my_space_can_be_looked_at(open_page, lives):
    page = open_page("/my/" + make_link(WHO["zoe"]).rsplit("/", 1)[1], width=360)
    for tab in ("Messages", "Documents", "Rendez-vous", "Préférences"):
        page.click(f".mine-nav a:has-text('{tab}')")
        check_page(page, widths=(360, 1440), schemes=("light",))
