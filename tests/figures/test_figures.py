"""Figures and their trails: a number opens to exactly the records that it counts."""

import json
import random
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from oppidum.cases.acting import act_on
from oppidum.cases.filing import NewCase, file_cases
from oppidum.cases.models import Call
from oppidum.cases.rules.standing import Actor, Command
from oppidum.core import clock
from oppidum.core.errors import NotFound
from oppidum.figures.catalogue import all_figures
from oppidum.figures.computing import Period, compute, count_trail, trail
from oppidum.figures.declaration import Count, Counted
from oppidum.web.figures.reading import is_additive

ANA = Actor("officer", 1, "Ana", frozenset({"act", "assign"}))
YEAR = Period.year(2027)


def new(commune="13901", category="roads.pothole", channel="portal"):
    return NewCase(service="report", category=category, lon=5.05, lat=43.35, commune=commune, channel=channel)


@pytest.fixture
def a_year(people, moved):
    """Six reports and four calls around the turn of 2026 to 2027."""
    with moved(2026, 12, 31, 23):
        file_cases([new()])
    with moved(2027, 1, 1, 0):
        filed = file_cases([new(), new("13903", channel="phone"), new("13903", "cleanliness.litter_bin")])
        Call.objects.create(received_at=clock.now(), officer=people.cleo, outcome="report", case_id=filed[1].case_id)
        Call.objects.create(received_at=clock.now(), officer=people.cleo, outcome="nothing")
    with moved(2027, 6, 1, 9):
        file_cases([new(), new()])
        act_on(filed[0].case_id, Command("finish", ANA, {"what_was_done": "Comblé"}))
        Call.objects.create(received_at=clock.now(), officer=people.cleo, outcome="information", commune_id="13901")
    with moved(2028, 1, 1, 0):
        Call.objects.create(received_at=clock.now(), officer=people.cleo, outcome="nothing")


def test_reports_are_counted_in_the_authoritys_own_year(a_year):
    filed = compute("reports-filed", YEAR)
    assert filed.value == 5
    assert filed.splits["month"] == {"2027-01": 3, "2027-06": 2}
    assert filed.splits["commune"] == {"13901": 3, "13903": 2}
    assert filed.splits["channel"] == {"portal": 4, "phone": 1}


def test_every_split_sums_to_the_whole(a_year):
    for figure in all_figures().values():
        value = compute(figure.name, YEAR)
        for split, parts in value.splits.items():
            if is_additive(figure, split):
                assert sum(parts.values()) == value.value, (figure.name, split)


def test_each_number_recounts_from_its_trail(a_year):
    """Every figure, and every part of it, drawn in a random order."""
    drawn = [f for f in all_figures().values() if isinstance(f, Count)]
    random.Random(4).shuffle(drawn)
    for figure in drawn:
        value = compute(figure.name, YEAR)
        assert len(trail(figure.name, YEAR, limit=0)) == value.value == count_trail(figure.name, YEAR)
        for split, parts in value.splits.items():
            for key, count in parts.items():
                assert len(trail(figure.name, YEAR, part={split: key}, limit=0)) == count


def test_a_share_follows_from_its_counts(a_year):
    assert compute("calls-with-report-share", YEAR).value == 33.3
    assert compute("calls-with-report-share", Period.year(1999)).value is None


def test_a_report_solved_in_the_year_opens_to_its_code(a_year):
    [record] = trail("reports-done", YEAR)
    assert record["action"] == "finish" and len(record["code"]) == 11


def test_no_trail_has_a_personal_column():
    allowed = (
        "code at category commune channel action call outcome act body sitting kind fate fee letter service partner dataset format "
        "site flow quantity file"  # a weighing: the name of the file it came with is the authority's own
    )
    assert all(set(f.counts.record) <= set(allowed.split()) for f in all_figures().values() if isinstance(f, Counted))


def test_unknown_figures_and_splits_are_named(a_year):
    with pytest.raises(NotFound):
        compute("moon-phases", YEAR)
    with pytest.raises(CommandError, match="has no split 'planet'"):
        call_command("trail", "calls", "--year", "2027", "--part", "planet=mars")
    with pytest.raises(CommandError, match="reports-filed"):
        call_command("trail", "moon-phases", "--year", "2027")


def test_the_commands_answer_in_json(a_year):
    out = StringIO()
    call_command("figures", "show", "2027", "--json", stdout=out)
    shown = {f["name"]: f for f in json.loads(out.getvalue())["figures"]}
    assert shown["calls"]["value"] == 3
    out = StringIO()
    call_command("trail", "calls", "--year", "2027", "--json", stdout=out)
    opened = json.loads(out.getvalue())
    assert (opened["counted"], len(opened["records"])) == (3, 3)


def test_what_is_not_known_and_what_is_blank_are_one_part(a_year, people):
    """A call about a case that has no category, and one about nothing."""
    filed = file_cases([NewCase(service="rights-request", channel="email", filed_at=clock.now())])
    with clock.at(YEAR.instants()["period_from"]):
        Call.objects.create(received_at=clock.now(), officer=people.cleo, outcome="follow_up", case_id=filed[0].case_id)
    unknown = compute("calls", YEAR).splits["category"][""]
    assert unknown == 3 == len(trail("calls", YEAR, part={"category": ""}, limit=0))
