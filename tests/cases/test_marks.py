"""A room knows a service by its mark: what it reads is there, one service bears it, and without one there is nothing to show."""

import pytest

from oppidum.cases.declaration import Action, Flow, Number, Text, catalogue, step
from oppidum.cases.declaration.checks.linking import check_links
from oppidum.cases.declaration.marks import Mark
from oppidum.publishing.marks import REGISTER
from oppidum.publishing.registers import list_registers
from tests.cases.declaring import CLOSED, close, faults, small_service

grow = Action("grow", "Let it grow", by="act", demands={"metres": Number("How high?")})
FLOW = Flow(step("open", grow >> "closed", close >> "closed", label="Open"), CLOSED)
FORM = {"kind": Text("Which tree?")}
TREES = Mark("trees", steps=("open", "closed"), acts=("grow",), asks=("kind", "metres"))


@pytest.mark.parametrize(
    "mark, lacks",
    [
        (TREES, ""),
        (Mark("trees", steps=("felled",)), "step 'felled'"),
        (Mark("trees", acts=("fell",)), "act 'fell'"),
        (Mark("trees", asks=("age",)), "question 'age'"),
    ],
    ids=["sound", "step", "act", "question"],
)
def test_what_the_room_reads_is_there(mark, lacks):
    told = [fault for fault in faults(FLOW, form=FORM, marks=(mark,)) if "mark" in fault]
    assert bool(told) == bool(lacks) and all(lacks in fault for fault in told)


def test_two_services_with_one_mark_are_told():
    oak, elm = (small_service(FLOW, code=code, form=FORM, marks=(TREES,)) for code in ("oak", "elm"))
    assert any("'elm' bears it too" in fault for fault in check_links({"oak": oak, "elm": elm}))


def test_a_mark_gives_a_version_no_other_name():
    bare, marked = (small_service(FLOW, code="oak", form=FORM, marks=marks) for marks in ((), (TREES,)))
    assert bare.version() == marked.version()


def test_a_room_finds_the_service_that_bears_its_mark(monkeypatch):
    oak = small_service(FLOW, code="oak", form=FORM, marks=(TREES,))
    assert TREES.code == ""
    with pytest.raises(LookupError, match="trees"):
        _ = TREES.service
    monkeypatch.setitem(catalogue(), "oak", oak)
    assert (TREES.code, TREES.service) == ("oak", oak)


@pytest.mark.django_db
def test_a_metropolis_without_registers_shows_none(monkeypatch):
    monkeypatch.delitem(catalogue(), REGISTER.code)
    assert list_registers() == []
