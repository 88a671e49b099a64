"""The public name of a case, and which cases have one to show."""

import pytest

from oppidum.cases.acting import act_on
from oppidum.cases.public import (
    HIGHEST,
    case_id_of,
    find_public_case,
    private_categories,
    public_cases,
    public_condition,
    public_id,
)
from oppidum.cases.rules.standing import Actor, Command
from oppidum.core.codes import is_code
from oppidum.core.sql import rows
from tests.desk.conftest import report

ANA = Actor("officer", 1, "Ana", frozenset({"act", "assign"}))


@pytest.mark.parametrize("case_id", [1, 2, 3, 199_999, 200_000, 2**32 - 1, 2**32, HIGHEST - 1])
def test_a_public_id_leads_back_to_its_case(case_id):
    assert case_id_of(public_id(case_id)) == case_id_of(public_id(case_id).upper()) == case_id


def test_public_ids_are_thirteen_letters_and_digits_and_never_a_code():
    ids = [public_id(n) for n in range(1, 2000)]
    assert len(set(ids)) == 1999 and all(len(one) == 13 and one.isalnum() and not is_code(one) for one in ids)


def test_neighbours_don_t_look_like_neighbours():
    """Half of all bits change from one case to the next, give or take."""

    def bits(text):
        return sum("0123456789abcdefghjkmnpqrstvwxyz".index(c) << 5 * n for n, c in enumerate(reversed(text)))

    changed = [bin(bits(public_id(n)) ^ bits(public_id(n + 1))).count("1") for n in range(1, 500)]
    assert 30 < sum(changed) / len(changed) < 34


@pytest.mark.parametrize(
    "text",
    ["", "1", "x" * 12, "x" * 14, "0" * 13, "z" * 13, "7KQ2M-XA4RH", "é" * 13, "i" * 13, "\x00" * 13],
)
def test_what_is_no_public_id_names_no_case(text):
    assert case_id_of(text) is None


def test_a_guess_hits_one_time_in_millions():
    assert sum(case_id_of(f"{n:013d}") is not None for n in range(20_000)) == 0


def test_another_key_gives_other_ids(settings):
    public_id.cache_clear()
    before = public_id(7)
    settings.SECRET_KEY = "another"
    public_id.cache_clear()
    assert public_id(7) != before and case_id_of(before) is None
    public_id.cache_clear()


def test_reports_that_point_at_persons_are_of_private_categories():
    assert {"noise.neighbours", "noise.business", "parking.abandoned_vehicle", "other.other"} <= set(private_categories())
    assert "roads.pothole" not in private_categories()


def test_only_open_categories_and_shown_cases_are_public(people):
    shown, hidden, noise = report(), report(), report("noise.neighbours")
    act_on(hidden.case_id, Command("hide", ANA))
    assert [case.pk for case in public_cases()] == [shown.case_id]
    sql, values = public_condition()
    assert rows(f"select case_id from cases_live l where {sql}", values) == [(shown.case_id,)]
    assert find_public_case(public_id(shown.case_id)).pk == shown.case_id
    assert find_public_case(public_id(hidden.case_id)) is None and find_public_case(public_id(noise.case_id)) is None
    assert find_public_case(shown.code) is None
