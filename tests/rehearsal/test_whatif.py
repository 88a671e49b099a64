"""What-if: a change beside the year without it, told no surer than the runs are."""

from dataclasses import replace
from datetime import date

import pytest

from oppidum.bookings.calendars import make_slots
from oppidum.bookings.models import Resource, Slot
from oppidum.cases.declaration import get_service
from oppidum.cases.declaration.rulebook import forget_rules
from oppidum.cases.declaration.tariff_file import forget as forget_tariffs
from oppidum.cases.declaration.tariff_file import with_own
from oppidum.operations.management.commands.demo import REHEARSED_CHANGE
from oppidum.people.models import Team
from oppidum.rehearsal.replay.declaring import changed_service, declare
from oppidum.rehearsal.replay.placing import place
from oppidum.rehearsal.replay.plan import BadPlan, Changes
from oppidum.rehearsal.whatif import living
from oppidum.rehearsal.whatif.comparing import ALL, compare
from oppidum.rehearsal.whatif.report import write_report
from oppidum.rehearsal.whatif.scenario import EXAMPLES, BadScenario, parse_scenario, read_scenario
from oppidum.rehearsal.whatif.statistics import paired, paired_quantile, quantile, t_975
from oppidum.rehearsal.whatif.words import sentence
from oppidum.territory.locate import find_zones
from tests.rehearsal.small_runs import small_run

CREWS = 'title = "Crews"\nquestion = "How long?"\n[changes.crews]\nillegal-dumping = 2\n'


@pytest.mark.parametrize("path", [*sorted(EXAMPLES.glob("*.toml")), REHEARSED_CHANGE], ids=lambda path: path.stem)
def test_each_example_can_be_lived(path):
    scenario = read_scenario(path)
    assert path.stem in (scenario.name, "demo") and {"fr", "en"} == scenario.title.keys() == scenario.question.keys()


def test_all_that_is_wrong_with_a_scenario_is_told_at_once_with_its_place():
    with pytest.raises(BadScenario) as wrong:
        parse_scenario(
            'title = "x"\nyear = "2023"\n[changes.crews]\nroads = "two"\n[changes.bookings.bulky-waste]\nweekdays = [9]\n'
            '[changes.parameters.rental-permit]\ndelay = "2 months"\n[changes.definitions.rental-permit]\nclocks = {opinion = "two moons"}\n'
            '[[changes.days]]\nkind = "snow"\nfirst = 2023-01-01\n[changes.zones]\nrental-permit = ["Aubagne"]\n'
        )
    told = "\n".join(wrong.value.faults)
    for place_of_fault in (
        "question:",
        "year:",
        "crews.roads:",
        "bookings.bulky-waste.weekdays:",
        "parameters.rental-permit.delay: no parameter of the metropolis (the law sets it",
        "definitions.rental-permit.clocks.opinion:",
        "days 1:",
        "zones.rental-permit:",
    ):
        assert place_of_fault in told, place_of_fault


@pytest.mark.parametrize("text", ["", "= nonsense", 'title = "x"\nquestion = "y"\n'])
def test_a_scenario_that_says_nothing_is_no_scenario(text):
    with pytest.raises(BadScenario):
        parse_scenario(text)


def test_what_a_question_supposes_stands_on_both_sides():
    base, changed = living.jobs_of(read_scenario(EXAMPLES / "rental-permit-in-two-communes.toml"))[:2]
    supposed = {"rental-permit": {"per_day": 14}}
    assert base.plan.changes == Changes(definitions=supposed)
    assert changed.plan.changes.definitions == supposed and changed.plan.changes.volumes == {"rental-permit": 2.0}
    assert (base.plan.seed, changed.plan.seed) == (1, 1)


def test_a_definition_is_changed_in_a_service_of_the_same_code_and_the_installations_stays():
    report, permit = get_service("report"), get_service("rental-permit")
    changes = Changes(
        definitions={
            "report": {"categories": {"dumping": 2}},
            "rental-permit": {"clocks": {"opinion": "2 months"}, "rules": {"validity": "12 months"}},
        }
    )
    changed = changed_service(report, changes)
    assert {one.promise for code, one in changed.categories.items() if one.group == "dumping"} == {2}
    assert (changed.code, changed.version()) != (report.code, report.version()) and changed.code == "report"
    longer = changed_service(permit, changes)
    assert str(longer.clocks[0].lasts) == "2 months" and str(longer.rules_on(date(2023, 5, 1))["validity"]) == "1 year"
    assert permit.clocks[0].lasts == "delay"


def test_parameters_go_the_way_of_an_installations_own_values(tmp_path, monkeypatch):
    monkeypatch.setenv("OPPIDUM_RULES", "")
    monkeypatch.setenv("OPPIDUM_TARIFFS", "")
    own = tmp_path / "own.toml"
    own.write_text('[bulky-waste]\nlargest_m3 = [{since = "2022-01-01", value = 5, source = "x"}]\n')
    monkeypatch.setenv("OPPIDUM_RULES", str(own))
    tariff = get_service("school-transport").tariffs["pass"]
    try:
        declare(
            Changes(parameters={"bulky-waste": {"pickups_a_year": 6}, "school-transport": {"pass": {"factor": 1.5}}}),
            tmp_path / "run",
        )
        rules = get_service("bulky-waste").rules_on(date(2023, 3, 1))
        assert (rules["pickups_a_year"], rules["largest_m3"]) == (6, 5)
        dearer = with_own(get_service("school-transport").tariffs, "school-transport")["pass"]
        assert [row[-1] for row in dearer.versions[0].rows] == [row[-1] * 3 // 2 for row in tariff.versions[0].rows]
    finally:
        monkeypatch.undo()
        forget_rules()
        forget_tariffs()


@pytest.mark.django_db
def test_a_truck_less_a_saturday_more_and_a_commune_in_the_zone(town):
    for code in ("one", "two"):
        resource = Resource.objects.create(code=code, kind="bulky-truck", name=code, capacity=10)
        resource.openings.create(weekday=1, starts="08:00", ends="12:00")
    commune = town.communes.exclude(outline=None).first()
    changes = Changes(
        bookings={"bulky-waste": {"without": ["two"], "weekdays": [6], "capacity": 1.5, "minutes_longer": 60}},
        zones={"rental-permit": [commune.code]},
    )
    place(changes)
    make_slots(date(2023, 5, 2), date(2023, 5, 7))
    slots = Slot.objects.all()
    assert {(slot.resource.code, slot.day.isoweekday(), float(slot.capacity)) for slot in slots} == {("one", 6, 18.75)}
    point = commune.outline.point_on_surface
    assert find_zones(point.x, point.y)["rental-permit"] == f"commune-{commune.code}"


@pytest.mark.django_db
def test_teams_trucks_and_communes_that_are_not_there_are_told_with_those_that_are_and_nothing_changes(town):
    Team.objects.create(code="illegal-dumping", name="Dépôts")
    truck = Resource.objects.create(code="truck-south", kind="bulky-truck", name="Sud", capacity=10)
    Resource.objects.create(code="berth-1", kind="visitor-berth", name="Quai", capacity=1)
    changes = Changes(
        crews={"illegal-dumping": 1, "ilegal-dumping": 2},
        bookings={"bulky-waste": {"without": ["truck-sud", "berth-1"], "capacity": 2}},
        zones={"rental-permit": ["75056"]},
    )
    with pytest.raises(BadPlan) as told:
        place(changes)
    lines = str(told.value).splitlines()
    assert [line.partition(" is ")[0] for line in lines] == [
        "crews: 'ilegal-dumping'",
        "bookings.bulky-waste.without: 'truck-sud'",
        "bookings.bulky-waste.without: 'berth-1'",
        "zones.rental-permit: '75056'",
    ]
    assert "illegal-dumping" in lines[0] and "truck-south" in lines[1]
    truck.refresh_from_db()
    assert truck.capacity == 10


def test_students_t_is_that_of_the_tables():
    assert [t_975(n) for n in (1, 7, 30)] == [12.706, 2.365, 2.042]
    assert t_975(40) == pytest.approx(2.0211, abs=2e-4) and t_975(120) == pytest.approx(1.9799, abs=2e-4)


def test_a_pair_differs_only_where_its_interval_leaves_out_nothing():
    # Differences 1, 2, 3: mean 2, half 4.303 * 1 / sqrt(3) = 2.484.
    unsure = paired([10, 20, 30], [11, 22, 33])
    assert (unsure.mean, round(unsure.high - unsure.mean, 3), unsure.is_told) == (2, 2.484, False)
    assert paired([10, 20, 30], [12, 22, 32.1]).is_told
    assert paired([1, 2], [1, 2]).same and not paired([1, 2], [1, 2]).is_told
    assert paired([1], [5]).low is None and not paired([1], [5]).is_told


def test_a_quantile_of_waits_is_compared_by_drawing_pairs_anew():
    base = [dict.fromkeys(range(1, 11), 10 + n) for n in range(8)]
    later = [{days + 3: count for days, count in one.items()} for one in base]
    assert (quantile(base[0], 0.5), quantile(base[0], 0.9), quantile({}, 0.5)) == (5, 9, None)
    moved = paired_quantile(base, later, 0.9)
    assert (moved.mean, moved.low, moved.high) == (3, 3, 3) and moved.is_told
    assert paired_quantile(base, base, 0.9).same


def test_what_the_runs_tell_is_told_and_nothing_more():
    base, changed = ({n: small_run(n, crews) for n in range(1, 9)} for crews in (0, 2))
    comparison = compare(base, changed)
    assert comparison.moved == ["illegal-dumping"]
    wait = comparison.of("wait_mean", "illegal-dumping")
    assert wait.difference.mean == pytest.approx(-2, abs=0.1) and wait.difference.is_told
    assert comparison.of("arrived", "illegal-dumping").difference.same
    assert [row.measure for row in comparison.figures] == ["reports-late"]
    assert comparison.of("backlog", ALL).base == pytest.approx(comparison.of("backlog", "illegal-dumping").base + 5)
    doubtful = compare({n: small_run(n) for n in (1, 2)}, {n: small_run(n + 50) for n in (1, 2)})
    assert "no difference that these runs could tell" in sentence(doubtful.of("arrived")) or "aucun écart" in sentence(
        doubtful.of("arrived")
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "words"), [("fr", "Attente moyenne"), ("en", "Mean wait")])
def test_a_report_needs_nothing_beside_it(tmp_path, language, words):
    for n in (1, 2, 3):
        for side, crews in (("base", 0), ("changed", 2)):
            (tmp_path / "runs").mkdir(exist_ok=True)
            living.write_json(tmp_path / "runs" / f"{side}-{n}.json", small_run(n, crews))
    write_report(read_scenario(EXAMPLES / "two-crews-for-illegal-dumping.toml"), tmp_path, language)
    page = (tmp_path / "report.html").read_text()
    assert words in page and "<svg" in page and f'lang="{language}"' in page
    assert "src=" not in page and "<link" not in page and "<script" not in page
    assert words in (tmp_path / "report.md").read_text() and "illegal-dumping = 2" in page
    assert (tmp_path / "measures.csv").read_text().count("\n") > 20 and (tmp_path / "weeks.csv").exists()


def test_a_run_that_is_over_is_never_lived_again_and_one_that_failed_is_told(tmp_path, monkeypatch):
    scenario, lived = replace(parse_scenario(CREWS, "crews"), seeds=2), []

    def live_one(plan, work):
        lived.append((bool(plan["changes"]), plan["seed"]))
        if len(lived) == 3:
            raise living.RunsFailed("the disk is full")
        return small_run(plan["seed"], 2 * bool(plan["changes"]))

    monkeypatch.setattr(living, "live_one", live_one)
    with pytest.raises(living.RunsFailed, match="the disk is full"):
        living.live(scenario, tmp_path, workers=1)
    assert living.read_status(tmp_path)["phase"] == "failed" and len(lived) == 3
    living.live(scenario, tmp_path, workers=1)
    assert lived == [(False, 1), (True, 1), (False, 2), (False, 2), (True, 2)]
    assert {side: sorted(runs) for side, runs in living.read_sides(tmp_path).items()} == {"base": [1, 2], "changed": [1, 2]}
    other = replace(scenario, plan=replace(scenario.plan, scale=0.5))
    with pytest.raises(living.OtherScenario):
        living.live(other, tmp_path, workers=1)
