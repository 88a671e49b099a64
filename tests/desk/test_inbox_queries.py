"""The inbox's SQL against plain recounts: sight, counts, filters, search, and how many queries it takes."""

from datetime import date

import pytest
from django.http import QueryDict

from oppidum.cases.filters import Filter
from oppidum.cases.inbox import COUNTED, counts, counts_and_page, default_view, export, page, read_rows, selection
from oppidum.cases.models import Case
from oppidum.people.models import Officer
from tests.desk.conftest import report
from tests.desk.queries import all_queries


def seen(officer, **wanted):
    return {row.code for row in page(officer, Filter(**wanted)).rows}


def codes(cases, *names):
    return {getattr(cases, name).code for name in names}


@pytest.mark.parametrize(
    "name, whose",
    [
        ("ana", ("hole", "old", "asked")),
        ("bob", ()),
        ("cleo", ("hole", "old", "asked", "noise", "stray")),
        ("dora", ("hole", "old", "asked")),
        ("max", ("hole", "asked", "noise", "stray")),
    ],
)
def test_each_officer_sees_the_open_cases_of_their_own_reach(cases, now, people, name, whose):
    assert seen(getattr(people, name)) == codes(cases, *whose)


@pytest.mark.parametrize("name", ["ana", "bob", "cleo", "dora", "max"])
def test_sight_on_the_narrow_table_is_the_sight_of_visible_to(cases, people, name):
    officer = getattr(people, name)
    both = seen(officer) | seen(officer, view="closed")
    assert both == set(Case.objects.visible_to(officer).values_list("code", flat=True))


def test_an_officer_without_a_role_sees_nothing(cases, town):
    nobody = Officer.objects.create_user("nobody", password="x" * 12)
    assert page(nobody, Filter()).total == 0 and set(counts(nobody).values()) == {0}


def test_counts_are_those_of_a_plain_recount(cases, now, people):
    told = counts(people.cleo)
    rows = [c.live for c in Case.objects.visible_to(people.cleo).select_related("live") if c.live.is_open]
    today = date(2027, 3, 10)
    assert told == {
        "mine": 0,
        "team": 0,
        "all": len(rows),
        "late": sum(1 for r in rows if r.due_on and r.due_on < today),
        "due_today": sum(1 for r in rows if r.due_on == today),
        "due_week": sum(1 for r in rows if r.due_on and today <= r.due_on <= date(2027, 3, 14)),
        "to_qualify": sum(1 for r in rows if r.step in ("received", "to_qualify")),
        "waiting": sum(1 for r in rows if r.paused_on),
        "unassigned": sum(1 for r in rows if r.officer_id is None),
    }
    assert (told["all"], told["waiting"], told["to_qualify"]) == (5, 1, 1)


@pytest.mark.parametrize("view", COUNTED)
def test_each_count_is_the_length_of_its_list(cases, now, people, view):
    assert page(people.ana, Filter(view=view)).total == counts(people.ana)[view]


@pytest.mark.parametrize(
    "wanted",
    [
        *(Filter(view=view) for view in COUNTED),
        Filter(view="late", commune="13902"),
        Filter(category="roads"),
        Filter(step="assigned"),
        Filter(view="unassigned", category="noise.neighbours"),
        Filter(view="all", order="due"),
    ],
)
def test_the_walk_that_counts_gives_the_same_page_as_a_plain_query(cases, now, people, wanted):
    for officer in (people.ana, people.cleo, people.max):
        plain = [case_id for case_id, _ in selection(officer, wanted)]
        for number in (1, 2, 3, 9):
            counted, found = counts_and_page(officer, wanted, number, size=2, also=[Filter(commune="13902")])
            last = max(1, -(-len(plain) // 2))
            assert found.total == len(plain) and found.number == min(number, last)
            assert [row.case_id for row in found.rows] == plain[2 * (found.number - 1) : 2 * found.number]
            assert found == page(officer, wanted, number, size=2)
        assert counted == counts(officer, [Filter(commune="13902")])


@pytest.mark.parametrize("order", ["newest", "oldest", "followers"])
def test_other_orders_hold_the_same_cases(cases, now, people, order):
    counted, found = counts_and_page(people.cleo, Filter(order=order))
    assert found.total == counted["all"] == len(found.rows)


def test_counts_and_a_page_are_one_query(cases, now, people):
    people.ana.sight()
    counts_and_page(people.ana, Filter())
    with all_queries() as sent:
        counts_and_page(people.ana, Filter(view="late"))
    assert len(sent) == 1


def test_saved_filters_are_counted_in_the_same_query(cases, now, people):
    mine, searched = Filter(commune="13902"), Filter(words="trou")
    with all_queries() as sent:
        told = counts(people.cleo, [mine, searched])
    assert told[mine] == 1 and searched not in told
    assert len([q for q in sent if "cases_live" in q]) == 1


@pytest.mark.parametrize(
    "wanted, whose",
    [
        ({"category": "roads"}, ("hole", "old", "asked")),
        ({"category": "noise.neighbours"}, ("noise",)),
        ({"commune": "13902"}, ("old",)),
        ({"step": "waiting"}, ("asked",)),
        ({"channel": "phone"}, ()),
        ({"bbox": (5.1, 43.3, 5.2, 43.4)}, ("old",)),
        ({"words": "école"}, ("hole",)),
        ({"words": "ECOLES devant"}, ("hole",)),
        ({"words": "republique"}, ("hole", "old", "asked", "noise", "stray")),
        ({"words": "mercadier"}, ("hole",)),
        ({"words": "zoé"}, ("hole",)),
        ({"words": "ZOE@example.org"}, ("hole",)),
        ({"words": "06 12 34 56 78"}, ("hole",)),
        ({"words": "100 %"}, ()),
        ({"words": "trous"}, ("hole", "asked")),
        ({"words": "écoles"}, ("hole",)),
        ({"words": "éco"}, ("hole",)),
        ({"words": "autres chos"}, ("stray",)),
        ({"words": "musiques nuits"}, ("noise",)),
        ({"words": '"devant l\'école"'}, ("hole",)),
        ({"words": "trou -école"}, ("asked",)),
        ({"words": "nuit or école"}, ("hole", "noise")),
        ({"words": "l'eco & | ! ( ) : *"}, ("hole",)),
        ({"words": "nids poul"}, ("old",)),
        ({"words": "' & |"}, ()),
    ],
)
def test_filters_find_what_they_say(cases, now, people, wanted, whose):
    assert seen(people.cleo, **wanted) == codes(cases, *whose)


def test_a_case_is_found_by_its_code_however_it_is_typed(cases, now, people):
    typed = cases.noise.code.replace("-", " ").lower()
    assert seen(people.cleo, words=typed) == {cases.noise.code}


def test_persons_are_not_searched_by_who_may_not_see_them(cases, now, people):
    assert seen(people.max, words="mercadier") == set() and seen(people.max, words="zoe@example.org") == set()


def test_search_does_not_reach_beyond_sight(cases, now, people):
    assert seen(people.bob, words="trou") == set()


def test_the_closed_view_holds_what_ended(cases, now, people):
    assert seen(people.ana, view="closed") == codes(cases, "done")


def test_the_most_urgent_comes_first_and_what_waits_last(cases, now, people):
    rows = page(people.ana, Filter()).rows
    assert [r.code for r in rows] == [cases.old.code, cases.hole.code, cases.asked.code]
    assert rows[1].officer == "Ana" and rows[1].team == "Voirie" and rows[2].paused


def test_pages_follow_one_another_without_gap_or_overlap(people, moved):
    with moved(2027, 3, 1, 9):
        filed = {report().code for _ in range(7)}
        listed = [row.code for n in (1, 2, 3) for row in page(people.ana, Filter(), n, size=3).rows]
        assert len(listed) == 7 and set(listed) == filed
        assert page(people.ana, Filter(), 99, size=3).number == 3


@pytest.mark.parametrize(
    "address",
    [
        "view=nothing&team=x&officer=-1&bbox=1,2,3&commune=Marseille&step=nowhere&order=sideways&category=a'b",
        "bbox=nan,1,2,3",
        "words=%00",
        "team=99999999999999999999",
    ],
)
def test_an_address_that_makes_no_sense_is_the_plain_inbox(address):
    assert Filter.parse(QueryDict(address)) == Filter()


def test_a_filter_survives_its_own_address():
    wanted = Filter(
        view="late",
        category="roads.pothole",
        commune="13901",
        team=3,
        officer=4,
        channel="phone",
        step="planned",
        words="l'école & co",
        bbox=(5.0, 43.3, 5.1, 43.4),
        order="newest",
    )
    assert Filter.parse(QueryDict(wanted.query())) == wanted


def test_a_selection_and_an_export_hold_what_the_list_holds(cases, now, people):
    listed = page(people.ana, Filter())
    assert [case_id for case_id, _ in selection(people.ana, Filter())] == [r.case_id for r in listed.rows]
    assert [row.code for row, *_ in export(people.ana, Filter(), batch=2)] == [r.code for r in listed.rows]


def test_an_export_holds_persons_only_for_who_may_see_them(cases, now, people):
    assert {p for *_, p in export(people.ana, Filter(words="école"))} == {("Zoé Mercadier", "zoe@example.org", "+33612345678")}
    assert {p for *_, p in export(people.max, Filter())} == {("", "", "")}


def test_lines_of_cases_out_of_sight_are_left_out(cases, people):
    assert set(read_rows(people.ana, [cases.hole.case_id, cases.noise.case_id])) == {cases.hole.case_id}


def test_a_page_is_one_query_however_long(cases, now, people):
    people.ana.sight()
    with all_queries() as sent:
        page(people.ana, Filter(), size=500)
    assert len(sent) == 1


def test_each_role_starts_where_its_work_is(people):
    assert default_view(people.ana) == "team" and default_view(people.cleo) == "all"
    people.cleo.role.rights = ["assign"]
    assert default_view(people.cleo) == "to_qualify"
