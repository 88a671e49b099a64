"""Typed questions: one cleaning for page, API, telephone and import; hidden is not asked, every fault is told at once."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oppidum.cases.declaration import Choice, Day, Number, Text, YesNo, answered, clean_form
from oppidum.core.errors import Invalid, InvalidForm

TODAY = date(2027, 3, 1)
FORM = {
    "kind": Choice("Kind?", {"car": "Car", "van": "Van"}, required=True),
    "plate": Text("Plate?", required=True, longest=9, when=answered("kind", "car")),
    "colours": Choice("Colours?", {"red": "Red", "blue": "Blue"}, many=True),
    "why_red": Text("Why red?", required=True, when=answered("colours", "red")),
}


def faults(raw, form=FORM):
    with pytest.raises(InvalidForm) as wrong:
        clean_form(form, raw, TODAY)
    return [fault.field for fault in wrong.value.errors]


def test_what_is_not_asked_is_neither_checked_nor_kept():
    assert clean_form(FORM, {"kind": "van", "plate": "x" * 99}, TODAY) == {"kind": "van"}


def test_a_condition_reads_cleaned_answers_in_one_pass():
    assert faults({"kind": "car"}) == ["plate"]
    assert faults({"kind": "moon", "plate": "AB"}) == ["kind"]
    assert faults({"kind": "van", "colours": ["red", "blue"]}) == ["why_red"]


def test_every_fault_is_told_at_once_and_names_its_field():
    assert faults({"kind": "car", "plate": "x" * 10, "colours": ["green"]}) == ["plate", "colours"]


def test_empty_is_not_given():
    assert clean_form(FORM, {"kind": "van", "colours": []}, TODAY) == {"kind": "van"}
    assert faults({"kind": "   "}) == ["kind"]


@pytest.mark.parametrize(("typed", "value"), [("3,5", 3.5), ("1 200", 1200), ("1\u202f200,50", 1200.5), ("7", 7)])
def test_numbers_are_written_the_french_way(typed, value):
    assert Number("How many?").clean(typed, TODAY) == value


@pytest.mark.parametrize("typed", ["", "twelve", "nan", "inf", "1e999", "--1"])
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(Invalid):
        Number("How many?", minimum=0, maximum=10).clean(typed, TODAY)


@pytest.mark.parametrize("typed", ["2027-02-30", "0000-00-00", "31/02/2027", "03/13/2027", "9999-12-31", "2027-02-28"])
def test_a_day_that_does_not_exist_or_does_not_fit_is_refused(typed):
    with pytest.raises(Invalid):
        Day("When?", earliest=0, latest=365).clean(typed, TODAY)


@pytest.mark.parametrize("typed", ["2027-03-12", "12/03/2027", " 12.03.2027 "])
def test_a_day_is_typed_as_iso_or_as_the_french_write_it(typed):
    assert Day("When?", earliest=0, latest=365).clean(typed, TODAY) == "2027-03-12"


@pytest.mark.parametrize(("typed", "value"), [("oui", True), ("No", False), (True, True), ("0", False)])
def test_yes_and_no_in_both_languages(typed, value):
    assert YesNo("Sure?").clean(typed, TODAY) is value


@given(
    st.dictionaries(
        st.sampled_from(sorted(FORM)), st.one_of(st.text(), st.integers(), st.none(), st.lists(st.text()), st.booleans())
    )
)
def test_whatever_comes_in_is_cleaned_or_refused_never_more(raw):
    try:
        answers = clean_form(FORM, raw, TODAY)
    except InvalidForm as wrong:
        assert wrong.errors and all(fault.field in FORM for fault in wrong.errors)
    else:
        assert set(answers) <= set(FORM) and answers["kind"] in ("car", "van")


def test_control_characters_do_not_survive():
    assert Text("Say").clean("a\x00b\x1bc\r\nd", TODAY) == "abc\nd"
