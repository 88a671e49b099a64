"""Who sees which answers, and that it is the same wherever the case is looked at."""

import pytest

from oppidum.cases.persons.masking import hidden_names, masked, rights_for
from tests.privacy.conftest import ANSWERS, permit  # noqa: F401 -- a fixture
from tests.privacy.permit import QUESTIONS, Permit


@pytest.mark.parametrize(
    ("name", "rights"),
    [
        ("kind", None),
        ("landlord", {"persons"}),
        ("remarks", {"persons"}),
        ("income", {"figures"}),
    ],
)
def test_an_answer_is_seen_by_whom_the_declaration_names(name, rights):
    assert rights_for(Permit, name, QUESTIONS[name]) == rights


def test_what_is_hidden_is_left_out(permit):  # noqa: F811
    seen = masked("permit", ANSWERS, frozenset({"act"}))
    assert set(seen) == {"category", "kind"}
    assert set(masked("permit", ANSWERS, frozenset({"persons"}))) == set(ANSWERS) - {"income"}
    assert masked("permit", ANSWERS, frozenset({"persons", "figures"})) == ANSWERS


def test_rows_of_a_group_hide_what_is_guarded_inside_them(permit, monkeypatch):  # noqa: F811
    class Rows:
        private, kind, fields = False, "items", {"name": QUESTIONS["landlord"], "kind": QUESTIONS["kind"]}

    monkeypatch.setitem(QUESTIONS, "tenants", Rows())
    assert "tenants.name" in hidden_names("permit", frozenset())
    assert masked("permit", {"tenants": [{"name": "Zoé", "kind": "flat"}]}, frozenset()) == {"tenants": [{"kind": "flat"}]}
