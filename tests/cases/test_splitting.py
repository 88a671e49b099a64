"""A case that holds two matters becomes two: both from the first day, tied both ways, told once, and never half done."""

import pytest

from oppidum.cases import outbox
from oppidum.cases.acting import act_on
from oppidum.cases.corrections.splitting import Part, split
from oppidum.cases.declaration import Clock, Files, Flow, Form, Items, Number, Page, Service, Statement, Text, end, months, step
from oppidum.cases.declaration.flow import Action
from oppidum.cases.filing import file_case, prepare_case
from oppidum.cases.models import Attachment, Case, Entry, Link, Mail, Party, Photo
from oppidum.cases.rules.errors import NotNow, Stale
from oppidum.cases.rules.standing import Command, Contact
from oppidum.cases.sweeping import sweep
from oppidum.cases.verifying import verify
from oppidum.core import clock
from oppidum.core.errors import InvalidForm, NotAllowed
from tests.cases.small_services import declare
from tests.desk.conftest import ANA, report
from tests.territory.town import IN_BELLEFONT

close = Action("close", "Close", by="act")
refuse = Action("tacit", "Refused by silence", by="system")
ZOE = Contact("Zoé Mercadier", "zoe@example.org", "+33612345678", "fr")


class Works(Service):
    """Works on two streets in one request."""

    code = "works"
    name = "Works"
    owner = "living-environment-water"
    retention = "P2Y"
    promise = 10
    form = Form(
        Page(
            "works",
            "The works",
            what=Text("What for?", required=True),
            sites=Items(
                "Streets", fields={"street": Text("Street", required=True), "days": Number("Days", required=True)}, required=True
            ),
            plans=Files("Plans"),
            signed=Statement("All this is true", required=True),
        )
    )
    clocks = (
        Clock(
            "decision",
            "Decision",
            lasts=months(2),
            silence="tacit",
            means="refusal",
            stopped_by="close",
            source="CRPA, art. L231-4",
        ),
    )
    flow = Flow(
        step("filed", close >> "closed", refuse >> "refused", label="Filed"),
        end("closed", label="Closed"),
        end("refused", label="Refused"),
    )


RAW = {
    "what": "Raccordement",
    "sites": [{"street": "Rue A", "days": 2}, {"street": "Rue B", "days": 3}, {"street": "Rue C", "days": 5}],
    "signed": {"agreed": True, "name": "Zoé Mercadier"},
}


@pytest.fixture
def works(people, monkeypatch, moved):
    declare(monkeypatch, Works)
    with moved(2027, 3, 1, 9):
        paper = Attachment.objects.create(
            token="t" * 20,
            file="attachments/aa/x",
            name="plan.pdf",
            content_type="application/pdf",
            size=9,
            uploaded_at=clock.now(),
        )
        filed = file_case(prepare_case(Works, RAW | {"plans": [paper.token]}, channel="portal", contact=ZOE))
        Case.objects.get(pk=filed.case_id).live.__class__.objects.filter(pk=filed.case_id).update(team=people.roads)
    with moved(2027, 3, 10, 9):
        yield Case.objects.get(pk=filed.case_id)


@pytest.fixture
def pothole(people, moved):
    with moved(2027, 3, 1, 9):
        filed = report(contact=ZOE, words="Un trou, et un lampadaire éteint plus loin")
    with moved(2027, 3, 10, 9):
        yield Case.objects.get(pk=filed.case_id)


LAMP = {"category": "cleanliness.litter", "words": "Des papiers plus loin"}


def category_of(people):
    from oppidum.cases.declaration import get_service

    return next(
        c
        for c in get_service("report").categories.values()
        if c.group == "cleanliness" and not any(q.required for q in c.questions.values())
    )


def parted(case, officer, part, seen=2, key="k"):
    return split(case, officer, part, seen, key)


def second(filed):
    return Case.objects.select_related("live").get(pk=filed.case_id)


def litter(people, **more):
    return Part(
        raw={"category": category_of(people).code, "words": "Des papiers plus loin"}, message="Deux équipes s'en occupent.", **more
    )


def test_the_second_matter_goes_to_its_own_team_and_counts_from_the_first_day(pothole, people):
    before = Case.objects.select_related("live").get(pk=pothole.pk).live
    other, first = second(parted(pothole, people.ana, litter(people))), Case.objects.select_related("live").get(pk=pothole.pk)
    assert (other.live.team_id, other.filed_at, str(other.live.filed_on)) == (people.cleanliness.pk, pothole.filed_at, "2027-03-01")
    assert (first.live.due_on, first.live.step, first.live.filed_on) == (before.due_on, before.step, before.filed_on)
    assert other.live.clock_from == other.live.filed_on
    assert [d for _n, differences in verify() for d in differences] == []


def test_both_journals_say_it_and_both_are_tied(pothole, people):
    other = second(parted(pothole, people.ana, litter(people)))
    assert Entry.objects.get(case_id=pothole.pk, action="split").data["split"]["case"] == other.pk
    assert Entry.objects.get(case_id=other.pk, action="link").data == {"kind": "split", "case": pothole.pk, "service": "report"}
    assert Link.objects.get().kind == "split"


def test_the_author_is_author_of_both_and_reads_both_codes_in_one_mail(pothole, people):
    outbox.deliver()
    told_before = Mail.objects.count()
    other = second(parted(pothole, people.ana, litter(people)))
    outbox.deliver()
    assert {p.case_id for p in Party.objects.filter(email=ZOE.email, role="author")} == {pothole.pk, other.pk}
    (mail,) = list(Mail.objects.order_by("pk"))[told_before:]
    assert pothole.code in mail.body and other.code in mail.body and "Deux équipes" in mail.body


def test_the_pictures_that_were_picked_go_and_the_others_stay(pothole, people):
    for token in ("one", "two"):
        Photo.objects.create(token=token, case=pothole, seq=1, file="x", thumbnail="x", width=1, height=1, uploaded_at=clock.now())
    other = second(parted(pothole, people.ana, litter(people, photos=("two", "nobodys"))))
    assert [p.token for p in pothole.photos.all()] == ["one"] and [(p.token, p.seq) for p in other.photos.all()] == [("two", 1)]


def test_a_second_matter_may_lie_elsewhere(pothole, people):
    lies = {"lon": IN_BELLEFONT[0], "lat": IN_BELLEFONT[1], "commune": "13902", "address": "Place du Marché"}
    other = second(parted(pothole, people.ana, litter(people, place=lies)))
    assert (other.commune_id, other.address) == ("13902", "Place du Marché")


def test_what_was_hidden_from_the_public_stays_hidden(pothole, people):
    act_on(pothole.pk, Command("hide", ANA))
    assert not second(parted(pothole, people.ana, litter(people), seen=3)).live.is_public


def test_lines_that_go_leave_the_first_case_and_its_journal_says_which(works, people):
    other = second(parted(works, people.dora, Part(lines={"sites": frozenset({1, 2})})))
    first = Case.objects.get(pk=works.pk)
    assert [row["street"] for row in first.answers["sites"]] == ["Rue A"]
    assert [row["street"] for row in other.answers["sites"]] == ["Rue B", "Rue C"]
    assert other.answers["what"] == "Raccordement" and other.answers["signed"] == first.answers["signed"]
    assert Entry.objects.get(case_id=works.pk, action="split").data["correction"]["fields"] == ["sites"]


def test_a_case_can_be_split_again_into_more(works, people):
    parted(works, people.dora, Part(lines={"sites": frozenset({2})}))
    parted(works, people.dora, Part(lines={"sites": frozenset({1})}), seen=3, key="k2")
    assert Case.objects.count() == 3 and [row["street"] for row in Case.objects.get(pk=works.pk).answers["sites"]] == ["Rue A"]


def test_not_every_line_can_go(works, people):
    with pytest.raises(InvalidForm):
        parted(works, people.dora, Part(lines={"sites": frozenset({0, 1, 2})}))
    assert Case.objects.count() == 1


def test_papers_are_copied_so_that_neither_case_lacks_them(works, people):
    other = second(parted(works, people.dora, Part(files=frozenset({"t" * 20}))))
    (copy,) = Attachment.objects.filter(case=other)
    assert copy.token != "t" * 20 and copy.file == "attachments/aa/x" and other.answers["plans"][0]["token"] == copy.token
    assert Attachment.objects.filter(case=works).count() == 1


def test_silence_falls_for_both_at_the_instant_that_the_first_filing_set(works, people, moved):
    other = second(parted(works, people.dora, Part(raw={"what": "Autre chose"})))
    with moved(2027, 5, 3, 9):
        sweep()
    instants = Entry.objects.filter(action="tacit").values_list("case_id", "valid_at")
    assert {case for case, _at in instants} == {works.pk, other.pk} and len({at for _case, at in instants}) == 1


def test_a_form_sent_twice_splits_once(pothole, people):
    once, again = parted(pothole, people.ana, litter(people)), parted(pothole, people.ana, litter(people))
    assert (once.code, once.is_new, again.is_new) == (again.code, True, False) and Case.objects.count() == 2


def test_the_second_officer_is_told_and_no_case_is_left_behind(pothole, people):
    act_on(pothole.pk, Command("start", ANA))
    with pytest.raises(Stale):
        parted(pothole, people.dora, litter(people))
    assert Case.objects.count() == 1


def test_what_is_closed_or_not_allowed_is_not_split(pothole, people, monkeypatch):
    with pytest.raises(NotAllowed):
        parted(pothole, people.cleo, litter(people))
    from oppidum.services.living_environment.report import Report

    monkeypatch.setattr(Report, "splits", False)
    with pytest.raises(NotNow):
        parted(pothole, people.ana, litter(people))
    monkeypatch.setattr(Report, "splits", True)
    act_on(pothole.pk, Command("finish", ANA, {"what_was_done": "Rebouché"}))
    with pytest.raises(NotNow):
        parted(pothole, people.ana, litter(people), seen=3)
    assert Case.objects.count() == 1


def test_merging_takes_it_back(pothole, people):
    other = second(parted(pothole, people.ana, litter(people)))
    act_on(other.pk, Command("mark_duplicate", ANA, {"original": pothole.code}, other=pothole.pk))
    assert second(type("F", (), {"case_id": other.pk})).live.step == "duplicate"
