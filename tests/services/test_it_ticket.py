"""The digital service desk: priority, service levels in working hours, teams, major incidents, communes with an agreement, what is counted."""

from datetime import date, datetime

import pytest
from django.urls import reverse

from oppidum.cases import outbox
from oppidum.cases.acting import act_on
from oppidum.cases.declaration import get_service
from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.models import Case, Draft, Entry, Mail, Party
from oppidum.cases.preparing import prepare
from oppidum.cases.reading import read_standings
from oppidum.cases.rules.clocks import ends_of
from oppidum.cases.rules.errors import NotEligible, NotNow
from oppidum.cases.rules.standing import RESIDENT, Actor
from oppidum.cases.sweeping import sweep
from oppidum.core import clock
from oppidum.figures.computing import Period, compute
from oppidum.people.models import Directorate, Officer, Reach, Role, Team
from oppidum.services.support.it_desk.levels import IMPACTS, LEVEL, MATRIX, TARGETS, URGENCIES
from oppidum.services.support.it_ticket import ItTicket
from tests.territory.town import IN_AUBANE

AGENT = Actor("officer", 1, "Ana", frozenset({"act", "note"}))
HEAD = Actor("officer", 2, "Max", frozenset({"act", "assign"}))
AUBANE = {"kind": "commune", "name": "Aubane", "number": "73282932000074"}


def at(day, hour, minute=0):
    return datetime(2027, 3, day, hour, minute, tzinfo=clock.PARIS)


def ask(**changed):
    raw = {
        "side": "metropolis",
        "contact": {"name": "Zoé Roux", "email": "zoe@example.org"},
        "kind": "incident",
        "about": "printer",
        "subject": "Imprimante muette",
        "story": "Rien ne sort depuis ce matin.",
        "impact": "team",
        "urgency": "high",
    } | changed
    return file_case(prepare_case(ItTicket, raw, channel="portal"))


def do(filed, action, actor=AGENT, **raw):
    return act_on(filed.case_id, prepare(ItTicket, action, raw, actor))


def solve(filed, action="solve", **more):
    return do(filed, action, what_was_done="Bourrage retiré.", cause="hardware", **more)


def standing(filed):
    return read_standings([filed.case_id])[filed.case_id]


def end(filed, name="resolution"):
    return ends_of(ItTicket, standing(filed))[name].at.astimezone(clock.PARIS)


def work():
    while outbox.deliver():
        pass


def test_priority_grows_with_impact_and_with_urgency_and_so_does_haste():
    assert {impact: set(row) for impact, row in MATRIX.items()} == {impact: set(URGENCIES) for impact in IMPACTS}
    levels = [[LEVEL.value({"impact": impact, "urgency": urgency}) for urgency in URGENCIES] for impact in IMPACTS]
    assert levels[0] == ["p3", "p4", "p4"] and levels[-1] == ["p1", "p1", "p2"]
    assert all(row == sorted(row) for row in levels) and all(
        list(col) == sorted(col, reverse=True) for col in zip(*levels, strict=True)
    )
    assert all(part == tuple(sorted(part)) for part in zip(*TARGETS.values(), strict=True))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "answered", "solved"),
    [
        ({}, at(1, 14), at(2, 12)),  # P2: two hours, ten hours
        ({"impact": "all"}, at(1, 13), at(1, 16)),  # P1
        ({"impact": "one", "urgency": "low"}, at(2, 12), at(8, 12)),  # P4
        ({"impact": "one", "kind": "request"}, at(1, 17), at(8, 12)),  # P3, a request: fifty hours of work, a week
    ],
)
def test_the_levels_count_working_hours_from_the_filing(moved, people, changed, answered, solved):
    with moved(2027, 3, 1, 12):
        filed = ask(**changed)
        assert (end(filed, "response"), end(filed)) == (answered, solved)


@pytest.mark.django_db
def test_time_stands_still_while_the_user_is_asked_and_a_new_weight_gives_another_level(moved, people):
    with moved(2027, 3, 1, 12):
        filed = ask()
        do(filed, "ask_user", message="Quel étage ?")
        assert "resolution" not in ends_of(ItTicket, standing(filed))
    with moved(2027, 3, 3, 9):
        do(filed, "answer_us", RESIDENT, message="Le deuxième.")
        assert end(filed) == at(3, 19, 0).replace(day=4, hour=9)  # ten hours, of which none had passed
        do(filed, "assess", impact="all", urgency="high", assessed_because="Tout le bâtiment.")
        assert standing(filed).facts["level"] == "p1" and end(filed) == at(3, 13)


@pytest.mark.django_db
def test_who_is_late_is_told_before_and_says_why_after(moved, people):
    with moved(2027, 3, 1, 12):
        filed = ask()
    with moved(2027, 3, 1, 13, 30):
        sweep()
        told = Entry.objects.filter(case_id=filed.case_id, action="escalate").values_list("data__escalation", "valid_at")
        assert [(key, when.astimezone(clock.PARIS)) for key, when in told] == [("response-1 working hour:team:it-desk", at(1, 13))]
    with moved(2027, 3, 2, 12, 30):
        sweep()
        actions = Entry.objects.filter(case_id=filed.case_id).order_by("seq").values_list("action", flat=True)
        assert [one for one in actions if one.endswith("_late") or one == "escalate"] == [
            "escalate", "response_late", "escalate", "resolution_late",
        ]  # fmt: skip
        with pytest.raises(NotNow):
            solve(filed)
        assert solve(filed, "solve_late", late_because="parts").step == "solved"


@pytest.mark.django_db
def test_who_solves_in_time_is_late_no_more_and_a_ticket_opened_again_has_its_time_anew(moved, people):
    with moved(2027, 3, 1, 12):
        filed = ask()
        solve(filed)
    with moved(2027, 3, 10, 9):
        assert sweep() == 0
        assert do(filed, "object", RESIDENT, message="Toujours rien.").step == "in_work"
        assert end(filed) == at(10, 19).replace(day=11, hour=9)
        solve(filed)
        do(filed, "rate", RESIDENT, satisfaction=4)
        with pytest.raises(NotNow):
            do(filed, "rate", RESIDENT, satisfaction=1)
    with moved(2027, 3, 22, 9):
        sweep()
        assert standing(filed).step == "closed"
        with pytest.raises(NotNow):
            do(filed, "object", RESIDENT, message="Encore.")


@pytest.mark.django_db
def test_each_matter_goes_to_its_team_with_its_priority(people):
    office = Directorate.objects.first()
    for code in ("it-desk", "it-security", "it-systems", "it-applications"):
        Team.objects.create(code=code, name=code, directorate=office)
    teams = dict(Team.objects.values_list("code", "pk"))
    seen = {}
    for about in ("printer", "security", "network", "application"):
        filed = ask(about=about, impact="one", urgency="low")
        work()
        seen[about] = standing(filed).team_id, standing(filed).facts.get("priority")
    assert seen == {
        "printer": (teams["it-desk"], "low"),
        "security": (teams["it-security"], "urgent"),
        "network": (teams["it-systems"], "low"),
        "application": (teams["it-applications"], "low"),
    }


@pytest.mark.django_db
def test_who_reported_a_major_incident_hears_of_it_once_when_it_is_over(people):
    major, other = ask(impact="all"), ask(contact={"name": "Léo", "email": "leo@example.org"})
    do(major, "declare_major", HEAD)
    assert do(other, "join", original=major.code).step == "joined"
    work()
    assert set(Party.objects.filter(case=major.case_id).values_list("email", flat=True)) == {"zoe@example.org", "leo@example.org"}
    Mail.objects.all().delete()
    solve(major)
    work()
    assert {(mail.to, mail.case_id) for mail in Mail.objects.all()} == {
        ("zoe@example.org", major.case_id),
        ("leo@example.org", major.case_id),
    }


@pytest.mark.django_db
def test_a_request_can_be_refused_and_an_incident_cannot(people):
    with pytest.raises(NotNow):
        do(ask(), "refuse", reason="budget", message="Pas cette année.")
    assert do(ask(kind="request"), "refuse", reason="budget", message="Pas cette année.").step == "refused"


@pytest.mark.django_db
def test_a_commune_files_for_the_service_that_its_agreement_names_as_long_as_it_is_in_force(moved, people):
    agreement = get_service("it-agreement")
    raw = {"body": AUBANE, "shared": "gis", "users": 12, "until": "2027-06-30", "contact": {"email": "mairie@example.org"}}
    theirs = {
        "side": "commune",
        "body": AUBANE,
        "shared": "gis",
        "place": {"address": "Mairie", "lon": IN_AUBANE[0], "lat": IN_AUBANE[1], "commune": "13901"},
    }
    with moved(2027, 3, 1, 9):
        signed = file_case(prepare_case(agreement, raw, channel="desk"))
        with pytest.raises(NotEligible, match="convention en vigueur"):
            ask(**theirs)
        act_on(signed.case_id, prepare(agreement, "sign", {"signed_on": "2027-03-01"}, AGENT))
        assert ask(**theirs)
        for other in (
            {"shared": "mail"},
            {"body": AUBANE | {"name": "Bellefont", "number": "552081317"}},
            {"body": {"kind": "commune", "name": "Aubane"}},
        ):
            with pytest.raises(NotEligible):
                ask(**theirs | other)
    with moved(2027, 7, 2, 9):
        sweep()
        with pytest.raises(NotEligible):
            ask(**theirs)


@pytest.mark.django_db
def test_the_share_within_the_service_level_and_the_satisfaction_are_counted(moved, people):
    with moved(2027, 3, 1, 12):
        tickets = [ask() for _ in range(4)]
        for one, mark in zip(tickets[:3], (5, 4, 3), strict=True):
            solve(one)
            do(one, "rate", RESIDENT, satisfaction=mark)
    with moved(2027, 3, 3, 12):
        sweep()
        solve(tickets[3], "solve_late", late_because="load")
    period = Period(date(2027, 1, 1), date(2027, 12, 31))
    values = {figure.name: compute(figure.name, period).value for figure in ItTicket.figures if figure.name.startswith("it-")}
    assert (values["it-tickets"], values["it-tickets-solved"], values["it-tickets-in-time-share"]) == (4, 4, 75)
    assert (values["it-tickets-answered-late"], values["it-tickets-about-printer"], values["it-satisfaction"]) == (1, 4, 4)
    assert (values["it-tickets-hours-median"], values["it-tickets-days-p90"]) == (0, 2)


@pytest.mark.django_db
def test_a_commune_s_officer_files_from_its_own_space_and_is_told_why_not(client, town, people):
    elu = Role.objects.create(code="commune-councillor", name="Élu", rights=["ask"], reach=Reach.COMMUNES, of_communes=True)
    officer = Officer.objects.create_user("elu", "elu@example.org", "x", role=elu)
    officer.communes.set(["13901"])
    client.force_login(officer)
    begun = client.post(reverse("communes:request-new", args=["13901"]), {"service": "it-ticket"})
    draft = Draft.objects.get(service="it-ticket")
    assert begun["location"] == f"/services/it-ticket/ask/{draft.token}/who/" and draft.raw["side"] == "commune"
    said = {
        "body": AUBANE,
        "shared": "gis",
        "kind": "incident",
        "about": "network",
        "subject": "SIG",
        "story": "Coupé.",
        "impact": "one",
        "urgency": "low",
    }
    draft.raw |= said | {
        "contact": {"email": "elu@example.org"},
        "place": {"address": "Mairie", "lon": IN_AUBANE[0], "lat": IN_AUBANE[1], "commune": "13901"},
    }
    draft.pages = ["who", "what", "weight"]
    draft.save()
    check = f"/services/it-ticket/ask/{draft.token}/check/"
    refused = client.post(check)
    assert refused.status_code == 422 and "convention en vigueur" in refused.content.decode()
    agreement = get_service("it-agreement")
    raw = {"body": AUBANE, "shared": "gis", "users": 12, "until": "2099-06-30", "contact": {"email": "mairie@example.org"}}
    signed = file_case(prepare_case(agreement, raw, channel="desk"))
    act_on(signed.case_id, prepare(agreement, "sign", {"signed_on": clock.today().isoformat()}, AGENT))
    assert client.post(check).status_code == 303
    ticket = Case.objects.get(service="it-ticket")
    assert ticket.commune_id == "13901" and ticket in Case.objects.visible_to(officer)


@pytest.mark.django_db
def test_an_officer_of_the_metropolis_starts_on_the_service_s_page_and_a_resident_is_led_to_the_communes_space(client, people):
    page = client.get("/services/it-ticket/").content.decode()
    assert "/commune/" in page and "ask/" not in page.split("<main")[1].split("</main")[0]
    client.force_login(people.ana)
    assert 'class="start-form"' in client.get("/services/it-ticket/").content.decode()
