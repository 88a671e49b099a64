"""What a resident's own pages cost the database, whatever the length of the form and of the list: counted, never timed."""

import pytest

from oppidum.operations.benches import answers
from tests.territory.town import IN_AUBANE


@pytest.fixture
def figures(people, monkeypatch):
    monkeypatch.setattr(answers, "draw_spots", lambda count, rng: [(*IN_AUBANE, "13901")] * count)
    return answers.measure(answers=200, cases=30, times=2)


def test_ten_conditional_answers_and_a_list_of_thirty_cost_a_handful_of_queries(figures):
    assert figures["change_queries"] <= 12 and figures["my_cases_queries"] <= 6


def test_the_bench_says_what_it_is_asked_for(figures):
    assert {"save_answer_p95_ms", "change_queries", "my_cases_p95_ms", "my_cases_queries"} <= set(figures)
