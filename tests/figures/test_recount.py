"""Any number recounts from its trail: figures of every kind drawn at random over a rehearsed winter of a small town."""

import json
from datetime import date, timedelta
from io import StringIO
from random import Random

import pytest
from django.core.management import call_command

from oppidum.cases.models import Live
from oppidum.core import clock
from oppidum.core.sql import rows
from oppidum.figures.catalogue import all_figures, get_figure
from oppidum.figures.computing import Period, change, compute, compute_all, count_trail, share, trail
from oppidum.figures.declaration import MONTH, Change, Count, Counted, Quantile, Share, Spread, Stock
from oppidum.figures.models import Snapshot
from oppidum.figures.snapshots import DayNotOver, all_stocks, snap, snap_missing
from oppidum.figures.standing import tally_at_ends
from oppidum.figures.trails import open_terms, open_trail, reckon
from tests.figures.rehearsed import YEAR

CLOSED, RUNNING = Period.year(YEAR), Period.year(YEAR + 1)


def recounted(figure, period, part=None):
    """A figure from its trails alone."""
    match figure:
        case Share(part=top, whole=whole, per=per):
            return share(recounted(get_figure(top), period), recounted(get_figure(whole), period), per)
        case Spread(of=of, over=over):
            return len({record[over] for record in trail(of, period, limit=0)} - {None, ""})
        case Change(of=of):
            return change(recounted(get_figure(of), period), None)
    return reckon(figure, trail(figure.name, period, part=part, limit=0))


def test_the_winter_has_something_of_every_kind(after_winter):
    values = compute_all(CLOSED)
    for kind in (Count, Stock, Quantile, Share):
        assert sum(bool(one.value) for one in values.values() if isinstance(one.figure, kind)) >= 2, kind


@pytest.mark.parametrize("period", [CLOSED, RUNNING], ids=["closed", "running"])
def test_every_number_recounts_from_its_trail(after_winter, period):
    for name, value in compute_all(period).items():
        if not isinstance(value.figure, Change):
            assert recounted(value.figure, period) == value.value, name


@pytest.mark.parametrize("seed", range(3))
def test_parts_drawn_at_random_recount_from_their_trails(after_winter, seed):
    rng, values = Random(seed), compute_all(CLOSED)
    parts = [
        (value.figure, split, key, number)
        for value in values.values()
        for split, counts in value.splits.items()
        for key, number in counts.items()
    ]
    for figure, split, key, number in rng.sample(parts, 60):
        assert reckon(figure, trail(figure.name, CLOSED, part={split: key}, limit=0)) == number, (figure.name, split, key)


def test_one_figure_and_all_figures_agree(after_winter):
    together = compute_all(CLOSED)
    for name in Random(2).sample(list(together), 12):
        alone = compute(name, CLOSED)
        assert (alone.value, alone.splits, alone.months) == (together[name].value, together[name].splits, together[name].months)


def test_the_communes_sum_to_the_whole(after_winter):
    for name, value in compute_all(CLOSED).items():
        if "commune" in value.splits and isinstance(value.figure, Count | Stock) and not getattr(value.figure, "adds", ""):
            assert sum(value.splits["commune"].values()) == value.value, name


def test_teams_are_named_by_their_codes(after_winter):
    teams = compute("reports-filed", CLOSED).splits["team"]
    assert sum(teams.values()) == compute("reports-filed", CLOSED).value and "roads" in teams


def test_pages_of_a_stock_follow_each_other_and_withheld_records_stand_last(after_winter):
    opened = open_trail("reports-open", YEAR)
    whole = [one.case for one in opened.read(internal=True)]
    assert len(whole) == opened.total == compute("reports-open", CLOSED).value > 3
    assert whole == [one.case for start in range(0, opened.total, 2) for one in opened.read(offset=start, limit=2, internal=True)]
    seen = [one.is_withheld for one in opened.read()]
    assert len(seen) == opened.total and seen == sorted(seen)


def test_a_share_opens_to_both_counts_and_a_change_to_both_years(after_winter):
    (top, _, opened), (whole, _, all_of_them) = open_terms("calls-with-report-share", YEAR)
    assert compute("calls-with-report-share", CLOSED).value == share(opened.total, all_of_them.total)
    assert (top, whole) == ("calls-with-report", "calls")
    years = [(year, one.total) for _, year, one in open_terms("calls-change", YEAR + 1)]
    assert [year for year, _ in years] == [YEAR + 1, YEAR]


def test_the_command_tells_a_rank_with_the_days_of_each_record(after_winter):
    out = StringIO()
    call_command("trail", "reports-days-p90", "--year", str(YEAR), "--json", stdout=out)
    told = json.loads(out.getvalue())
    assert told["value"] == told["recounted"] and {"days", "code"} <= set(told["records"][0])
    assert told["kind"] == "quantile" and told["counted"] == len(told["records"])


# --- Stocks


def test_a_stock_from_the_journal_is_what_stands_now(after_winter):
    """At this evening: what the engine keeps in `cases_live`, service by service."""
    stocks = all_stocks()
    derived = tally_at_ends(stocks, Period(clock.today(), clock.today()))
    for stock in stocks:
        given = stock.where.params
        assert derived[stock.name].total == Live.objects.filter(service=given["service"], step__in=given["steps"]).count(), (
            stock.name
        )


def test_nobody_leaves_a_step_before_the_day_of_coming(after_winter):
    """Else a stock counts a case out that its trail never had in."""
    early = rows("""select c.service, j.case_id, j.action from cases_journal j join cases_case c on c.id = j.case_id
        join lateral (select came.valid_at from cases_journal came where came.case_id = j.case_id and came.seq < j.seq
            and came.to_step is distinct from came.from_step order by came.seq desc limit 1) came on true
        where j.to_step <> j.from_step
            and (j.valid_at at time zone 'Europe/Paris')::date < (came.valid_at at time zone 'Europe/Paris')::date""")
    assert early == []


def test_snapshots_of_all_days_are_the_stock_at_each_of_them(after_winter):
    assert snap_missing() == Snapshot.objects.count() > 90 * len(all_stocks())
    assert snap_missing() == 0
    for day in (date(2027, 11, 30), date(2027, 12, 31), date(2028, 2, 9)):
        derived = tally_at_ends(all_stocks(), Period(day, day), run=_without_snapshots)
        for one in Snapshot.objects.filter(day=day):
            assert one.value == derived[one.figure].total
            assert one.parts == {s: parts for s, parts in derived[one.figure].parts.items() if s != MONTH}


def _without_snapshots(sql, params):
    return rows(sql, params)


def test_a_day_that_is_not_over_has_no_snapshot(after_winter):
    with pytest.raises(DayNotOver):
        snap(clock.today(), clock.today())


def test_the_past_stays_what_it_was(after_winter):
    """An entry that is written in February about December changes what happened, not what was known to stand."""
    from oppidum.cases.acting import act_on
    from oppidum.cases.rules.standing import Actor, Command

    snap(date(2027, 12, 31), date(2027, 12, 31))
    before = compute("reports-open", CLOSED).value
    open_one = Live.objects.filter(service="report", is_open=True, case__filed_at__year=2027).order_by("case_id").first()
    done_at = clock.midnight(date(2027, 12, 30))
    with clock.at(clock.now() + timedelta(hours=1)):
        act_on(
            open_one.case_id,
            Command("finish", Actor("officer", 1, "Ana", frozenset({"act"})), {"what_was_done": "Fait"}, valid_at=done_at),
        )
    assert compute("reports-open", CLOSED).value == before == count_trail("reports-open", CLOSED)
    assert len(trail("reports-open", CLOSED, limit=0)) == before


def test_every_figure_is_split_by_months(after_winter):
    assert all(MONTH in figure.splits for figure in all_figures().values() if isinstance(figure, Counted))
