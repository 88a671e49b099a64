"""The form of every service in chromium on a phone: found by its name, filled in page by page, saved and taken up again by its link, sent
once, followed by its code; what was stored is what was typed. axe looks at every page on the way."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils.translation import override

from oppidum.bookings.calendars import make_slots
from oppidum.bookings.models import Opening, Resource, Site
from oppidum.cases.acting import act_on
from oppidum.cases.declaration import catalogue
from oppidum.cases.files.attachments import save_upload
from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.models import Case, Draft, Mail
from oppidum.cases.preparing import prepare
from oppidum.cases.rules.standing import Actor
from oppidum.cases.sweeping import sweep
from oppidum.core import clock
from oppidum.territory import locate
from oppidum.territory.models import Stamp, Zone
from oppidum.web.portal.offered import is_askable
from oppidum.web.portal.season import find_season
from tests.browser import SCHEMES, WIDTHS, check_page
from tests.portal.resident import AtTheForm, Street, draw_answers, same_answers
from tests.portal.what_is_typed import told
from tests.territory.town import IN_AUBANE, IN_BELLEFONT, square

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740, "locale": "fr-FR"}
IN_THE_AREA = ("rental-permit", "rental-permit:aubane")
STREETS = {
    "": Street("rue de la rep", "Rue de la République", *IN_AUBANE, "13901", IN_THE_AREA),
    "home": Street("avenue jean", "Avenue Jean Jaurès", *IN_BELLEFONT, "13902"),
}
ASKABLE = [code for code, service in catalogue().items() if is_askable(service)]


@pytest.fixture
def ready(people, client, settings, tmp_path):
    """What the forms need of the town: an area of the rental permit, a truck with times, berths for boats that pass."""
    settings.MEDIA_ROOT = tmp_path / "media"
    Zone.objects.create(
        layer="rental-permit", code="aubane", name="Centre ancien d'Aubane", commune_id="13901", outline=square(5.0, 43.3)
    )
    Stamp.touch()
    locate.forget()
    truck = Resource.objects.create(
        code="truck", kind="bulky-truck", name="Aubane", serves=["13901"], capacity=5, unit="m3", team=people.cleanliness
    )
    Opening.objects.bulk_create(Opening(resource=truck, weekday=day, starts="08:00", ends="12:00") for day in range(1, 6))
    make_slots(clock.today(), clock.today() + timedelta(days=30), [truck])
    yard = Site.objects.create(code="yard", name="Déchèterie d'Aubane")
    worms = Resource.objects.create(code="worms", kind="composter", model="worms", name="Worms", site=yard, capacity=4)
    Opening.objects.create(resource=worms, weekday=6, starts="09:00", ends="12:00")
    make_slots(clock.today(), clock.today() + timedelta(days=30), [worms])
    pool = Site.objects.create(code="pool-gardanne", name="Piscine de Gardanne")
    lanes = Resource.objects.create(
        code="lanes", kind="facility", model="lane", name="Lignes", site=pool, capacity=4, unit="lignes"
    )
    Opening.objects.create(resource=lanes, weekday=6, starts="09:00", ends="12:00", minutes=60)
    lessons = Resource.objects.create(code="lessons", kind="course", model="swim-child", name="Leçons", site=pool, capacity=12)
    Opening.objects.create(resource=lessons, weekday=3, starts="14:00", ends="14:45")
    crematorium = Site.objects.create(code="crematorium-aix", name="Crématorium d'Aix")
    room = Resource.objects.create(code="room", kind="cremation", model="room", name="Salle", site=crematorium)
    Opening.objects.bulk_create(
        Opening(resource=room, weekday=day, starts="09:00", ends="12:00", minutes=60) for day in range(1, 7)
    )
    make_slots(clock.today(), clock.today() + timedelta(days=30), [lanes, lessons, room])
    harbour = Site.objects.create(code="cassis", name="Cassis")
    limits = {"length_m": 12, "beam_m": 4, "draught_m": 2}
    for number in (1, 2):
        Resource.objects.create(
            code=f"v{number}", kind="visitor-berth", name=f"V{number}", by="nights", site=harbour, limits=limits
        )


NEEDS = {
    "marina-occupancy": {
        "harbour": "cassis",
        "where": "Quai des Baux",
        "surface_m2": 40,
        "use": "shop",
        "years_wanted": 5,
        "is_short": "no",
        "project": "Une librairie de mer",
        "applicant": {"kind": "person", "name": "Ada"},
        "contact": {"email": "ada@example.org"},
    },
    "inquiry-register": {
        "title": "Concertation sur le tramway",
        "kind": "consultation",
        "subject": "Où passe la ligne ?",
        "holder": "Direction des mobilités",
        "order": "Délibération 2027-1",
    },
    "participatory-call": {
        "title": "Budget participatif",
        "subject": "De l’ombre et de l’eau",
        "budget": "100 000",
        "least_age": 16,
        "order": "Délibération 2027-8",
    },
    "innovation-call": {
        "title": "Compter les vélos la nuit",
        "theme": "mobility",
        "need": "Les caméras ne voient rien sans lumière.",
        "ground": "Piste du bord de mer",
        "owner": {"kind": "commune", "name": "Aubane", "number": "73282932000074"},
        "contact": {"name": "Ada", "email": "ada@example.org"},
    },
}


def open_call(code):
    """A call of that service, open for a month; its code."""
    service = catalogue()[code]
    if code == "inquiry-register":
        return open_register(service)
    filed = file_case(prepare_case(service, NEEDS[code], channel="portal"))
    if code == "participatory-call":
        opened = {"proposals_until": (clock.today() + timedelta(days=30)).isoformat()}
        act_on(filed.case_id, prepare(service, "open_call", opened, Actor("officer", 1, "Mia", frozenset({"act"}))))
        return filed.code
    said = {"criteria": [{"criterion": name, "weight": 50} for name in ("Projet", "Prix")], "published_at": "Site internet"}
    said["closes_on"] = (clock.today() + timedelta(days=30)).isoformat()
    act_on(filed.case_id, prepare(service, "publish", said, Actor("officer", 1, "Mia", frozenset({"act"}))))
    return filed.code


def open_register(service):
    """A register that was announced three days ago and opened yesterday, by the clock."""
    with clock.at(clock.now() - timedelta(days=3)):
        filed = file_case(prepare_case(service, NEEDS[service.code], channel="desk"))
        days = {"opens_on": clock.today() + timedelta(days=2), "closes_on": clock.today() + timedelta(days=33)}
        plan = service.flow.actions["announce"].demands["documents"]
        paper = save_upload(BytesIO(b"%PDF-1.4\n%%EOF\n"), "dossier.pdf", plan, clock.now())
        said = {name: day.isoformat() for name, day in days.items()} | {"documents": [paper.token]}
        act_on(filed.case_id, prepare(service, "announce", said, Actor("officer", 1, "Mia", frozenset({"act"}))))
    sweep()
    return filed.code


def look(page, name, widths=(360,), schemes=("light",)):
    check_page(page, ignore=lambda text: "status of 422" in text, widths=widths, schemes=schemes)


def look_everywhere(page, name):
    look(page, name, WIDTHS, SCHEMES)


def looks_only_at(*names):
    return lambda page, name: look(page, name) if name in names or not name.endswith("-empty") else None


def find_by_name(page, service):
    """From the catalogue, as somebody who knows roughly how it is called."""
    with override("fr"):
        name = str(service.name)
    page.fill("#id_q", name)
    page.locator("#suggestions .pick", has_text=name).first.click()
    page.wait_for_url(f"**/services/{service.code}/")


def save_and_take_up_again(page):
    """The link is asked for on the first page; the mail's address opens the form where it was left."""
    page.locator(".keep-for-later summary").click()
    page.fill("#id_keep_email", "zoe@example.org")
    page.locator("button[name=keep]").click()
    page.wait_for_selector("h1:has-text('conserv')")
    link = Mail.objects.latest("pk").body
    token = Draft.objects.latest("pk").token
    assert f"/ask/{token}/" in link
    page.goto(f"{page.url.split('/services/')[0]}/services/{Draft.objects.latest('pk').service}/ask/{token}/")


def ask_for(page, service, look=lambda page, name: None, javascript=True, seed=1):
    """Everything between the catalogue and the code."""
    said = told(service.code)
    if service.contest:
        said |= {service.contest.question: open_call(service.contest.service)}
        page.reload()
    walk = AtTheForm(page, service, draw_answers(service, STREETS, said, seed), STREETS, look, javascript)
    walk.begin()
    first, *others = walk.pages
    walk.fill(first)
    if javascript:
        save_and_take_up_again(page)
    else:
        walk.go_on()
    for one in others:
        if one in walk.pages:
            walk.fill(one)
            walk.go_on()
    return walk, walk.send()


@pytest.mark.parametrize("code", ASKABLE)
def test_a_resident_asks_for_it_on_a_phone_and_what_is_stored_is_what_was_typed(open_page, ready, code):
    service = catalogue()[code]
    if not find_season(service, clock.now()).is_open:
        pytest.skip("it can't be asked for at this time of the year")
    page = open_page("/services/", **PHONE)
    find_by_name(page, service)
    walk, shown = ask_for(page, service, looks_only_at("check", "sent"))
    case = Case.objects.get(service=code)
    assert shown == case.code
    assert same_answers(service, case.answers, walk.answers) == []
    page.locator(".actions a", has_text="Suivre").click()
    page.wait_for_url(f"**/follow/{case.code}")
    look(page, "follow")
    page.go_back()
    assert Case.objects.filter(service=code).count() == 1


def test_the_longest_form_is_filled_in_without_javascript(open_page, ready):
    page = open_page("/services/association-grant/", **PHONE, javascript=False)
    service = catalogue()["association-grant"]
    walk, shown = ask_for(page, service, javascript=False)
    assert shown == Case.objects.get(service="association-grant").code
    assert same_answers(service, Case.objects.get(code=shown).answers, walk.answers) == []


def test_what_a_quick_reader_answers_twice_is_drawn_as_answered_last(open_page, ready):
    page = open_page("/services/rights-request/", **PHONE)
    page.locator(".start-form .button-big").click()
    page.check("input[name=right][value=access]")
    page.locator(".thumb-bar .button-big").click()
    page.wait_for_selector("input[name=for_whom]")
    page.route(
        "**/look",
        lambda route: (page.wait_for_timeout(400) if "other" in (route.request.post_data or "") else None, route.continue_()),
    )
    page.check("input[name=for_whom][value=other]")
    page.check("input[name=for_whom][value=me]")
    page.wait_for_timeout(1200)
    assert not page.locator("[data-question=mandate]").count()


@pytest.mark.slow
@pytest.mark.parametrize("code", ASKABLE)
def test_each_page_of_each_form_holds_in_all_widths_by_day_and_by_night(open_page, ready, code):
    service = catalogue()[code]
    if not find_season(service, clock.now()).is_open:
        pytest.skip("it can't be asked for at this time of the year")
    ask_for(open_page(f"/services/{code}/", **PHONE), service, look_everywhere, seed=2)
