"""A closed year is read, not counted again; when a correction changes it, old and new are both kept and shown."""

import json
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from oppidum.cases.acting import act_on
from oppidum.cases.models import Live
from oppidum.cases.rules.standing import Actor, Command
from oppidum.core import clock
from oppidum.figures import overview
from oppidum.figures.catalogue import all_figures
from oppidum.figures.computations import history, recompute, recompute_closed, recompute_running
from oppidum.figures.computing import Period, compute_all
from oppidum.figures.models import Computation
from oppidum.figures.overview import glance, value_of
from oppidum.figures.remembering import forget
from oppidum.figures.snapshots import snap
from tests.figures.rehearsed import UNTIL, YEAR

LATER = UNTIL + timedelta(days=1)


@pytest.fixture
def kept(after_winter):
    """Both years computed and kept."""
    recompute(YEAR)
    recompute(YEAR + 1)


def finish_in_december():
    """A team enters in February what it did on 20 December."""
    one = (
        Live.objects.filter(service="report", is_open=True, case__filed_at__lt=datetime(2027, 12, 15, tzinfo=UTC))
        .order_by("case_id")
        .first()
    )
    done_at = clock.midnight(date(2027, 12, 20))
    act_on(
        one.case_id, Command("finish", Actor("officer", 1, "Ana", frozenset({"act"})), {"what_was_done": "Fait"}, valid_at=done_at)
    )


def test_what_is_kept_is_what_is_counted(kept):
    for year in (YEAR, YEAR + 1):
        counted = compute_all(Period.year(year))
        for name, one in glance(year).items():
            assert (one.value, {m: v for m, v in one.months.items() if v}) == (
                counted[name].value,
                {m: v for m, v in counted[name].months.items() if v},
            ), name
            assert value_of(name, year).splits == counted[name].splits


def test_a_closed_year_is_a_handful_of_indexed_reads(kept, django_assert_max_num_queries):
    glance(YEAR + 1), forget()
    with django_assert_max_num_queries(5):
        glance(YEAR)
    with django_assert_max_num_queries(1):
        value_of("reports-filed", YEAR)


def test_without_a_kept_computation_a_page_counts_by_itself(after_winter):
    assert glance(YEAR)["reports-filed"].value == compute_all(Period.year(YEAR), ["reports-filed"])["reports-filed"].value > 50


def test_a_correction_keeps_the_old_value_beside_the_new_one(kept):
    old = value_of("reports-done", YEAR).value
    with clock.at(LATER):
        finish_in_december()
        done = recompute(YEAR, "Entered late by the roads team")
        assert "reports-done" in done.changed and "calls" not in done.changed
        assert value_of("reports-done", YEAR).value == old + 1
        now, before = history("reports-done", YEAR)
    assert (now.value, now.why, now.is_current) == (old + 1, "Entered late by the roads team", True)
    assert (before.value, before.is_current, before.computed_at) == (old, False, UNTIL)


def test_the_page_of_a_corrected_figure_shows_what_it_was(kept, client):
    with clock.at(LATER):
        finish_in_december()
        recompute(YEAR, "Saisie tardive")
        page = client.get(f"/figures/reports-done/?year={YEAR}&lang=fr").content.decode()
        assert "Valeurs antérieures" in page and "Saisie tardive" in page
        assert "Valeurs antérieures" not in client.get(f"/figures/calls/?year={YEAR}&lang=fr").content.decode()


def test_what_is_the_same_is_only_checked(kept):
    with clock.at(LATER):
        done = recompute(YEAR)
        assert (done.new, done.changed, done.same) == (0, [], len(all_figures()))
    assert Computation.objects.filter(year=YEAR).count() == len(all_figures())
    assert set(Computation.objects.filter(year=YEAR).values_list("checked_at", flat=True)) == {LATER}


def test_the_running_year_is_rewritten_in_place_and_counted_again_when_it_is_old(kept):
    shown = glance(YEAR + 1)["reports-done"].value
    with clock.at(LATER):
        finish_this_year()
        assert glance(YEAR + 1)["reports-done"].value == shown + 1, "a day old: not fresh"
        recompute_running()
        assert glance(YEAR + 1)["reports-done"].value == shown + 1
    assert Computation.objects.filter(year=YEAR + 1).count() == len(all_figures())


def finish_this_year():
    one = Live.objects.filter(service="report", is_open=True).order_by("case_id").first()
    act_on(one.case_id, Command("finish", Actor("officer", 1, "Ana", frozenset({"act"})), {"what_was_done": "Fait"}))


def test_the_running_year_keeps_its_comparison(kept, monkeypatch):
    monkeypatch.setattr(overview, "is_recorded", lambda period: True)
    Computation.objects.filter(figure="calls", year=YEAR + 1).update(before=7)
    forget()
    assert glance(YEAR + 1)["calls"].before == 7


def test_a_stock_of_a_closed_year_is_what_was_known_that_night(kept):
    snap(date(2027, 12, 31), date(2027, 12, 31))
    standing = value_of("reports-open", YEAR).value
    with clock.at(LATER):
        finish_in_december()
        assert "reports-open" not in recompute(YEAR).changed
    assert value_of("reports-open", YEAR).value == standing


def test_the_night_recounts_every_closed_year(after_winter):
    assert recompute_closed() == len(all_figures())
    with clock.at(LATER):
        assert recompute_closed() == 0
        finish_in_december()
        assert recompute_closed() > 0


def test_the_commands_tell_what_changed(kept):
    with clock.at(LATER):
        finish_in_december()
        out = StringIO()
        call_command("figures", "recompute", str(YEAR), "--why", "late", "--json", stdout=out)
    [done] = [one for one in json.loads(out.getvalue())["changed"] if one["figure"] == "reports-done"]
    assert done["new"] == done["old"] + 1
    out = StringIO()
    call_command("figures", "snapshot", "2027-12-31", "--since", "2027-12-30", stdout=out)
    assert int(out.getvalue().split()[0]) > 10
