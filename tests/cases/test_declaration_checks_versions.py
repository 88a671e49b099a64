"""A declaration can be stored, and says whom its last change reaches; what can't work is told."""

import pytest
from django.utils.translation import ngettext_lazy

from oppidum.cases.declaration import Change, Number
from tests.cases.declaring import faults


@pytest.mark.parametrize(
    "change, says",
    [
        (Change(reaches={"fees": "all"}), "change: 'fees' is no part of a declaration: texts, questions, substance"),
        (Change(reaches={"questions": "all"}), "change: 'questions' can't reach 'all': new"),
        (Change(reaches="everybody"), "change: 'substance' can't reach 'everybody': by filing day, open cases"),
        (Change(reaches="open cases", steps={"review": "opened"}), "change: 'review' goes on in 'opened', which is no step"),
        (Change(reaches="open cases", steps={"review": "closed"}), "'closed', which is an end: a change decides no case"),
        (Change(steps={"review": "open"}), "steps= is for a change that reaches 'open cases'"),
    ],
    ids=["part", "reach", "short form", "step", "end", "steps alone"],
)
def test_a_change_that_can_not_be_is_told(change, says):
    assert any(says in fault for fault in faults(change=change)), faults(change=change)


def test_a_change_that_reaches_open_cases_is_right():
    assert faults(change=Change(reaches="open cases", steps={"review": "open"})) == []


@pytest.mark.parametrize(
    "unit, says",
    [
        (print, "can't be stored in a declaration: declare it as data"),
        (ngettext_lazy("metre", "metres", 2), "is neither gettext_lazy nor"),
    ],
    ids=["function", "plural"],
)
def test_what_can_not_be_stored_is_told(unit, says):
    assert any(says in fault for fault in faults(form={"surface": Number("Surface?", unit=unit)}))
