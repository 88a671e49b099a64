"""A colour that people can't read on is refused with one that they can; texts are texts, whatever stands in them."""

import re
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from oppidum.communes.looks import GROUNDS, LEAST, clean_colour, least_contrast, nearest_readable, save_look, sheet
from oppidum.communes.models import Look
from oppidum.core.errors import Invalid, InvalidForm
from oppidum.territory.models import Commune

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@given(COLOURS)
def test_a_colour_is_kept_where_it_is_read_everywhere_and_else_one_near_it_is_named(colour):
    if least_contrast(colour) >= LEAST:
        assert clean_colour(colour.upper()) == colour
        return
    with pytest.raises(Invalid) as wrong:
        clean_colour(colour)
    other = nearest_readable(colour)
    assert other in str(wrong.value) and least_contrast(other) >= LEAST and clean_colour(other) == other


@pytest.mark.parametrize("wrong", ["red", "#fff", "#12345g", "#0b5c7a;}", "url(x)", "#0b5c7a\n"])
def test_what_is_no_colour_is_refused(wrong):
    if wrong.strip() == "#0b5c7a":
        assert clean_colour(wrong) == "#0b5c7a"
        return
    with pytest.raises(Invalid):
        clean_colour(wrong)


def test_the_grounds_are_those_of_the_pages():
    tokens = (Path(__file__).resolve().parents[2] / "oppidum/web/static/web/tokens.css").read_text()
    named = dict(re.findall(r"--(stone|stone-raised|stone-sunk|sea-wash): (#[0-9a-f]{6});", tokens))
    assert set(named.values()) == set(GROUNDS)


def test_texts_come_out_as_they_were_written_and_never_as_code(people):
    aubane = Commune.objects.get(pk="13901")
    save_look(aubane, {"colour": "#7a1f5c", "welcome": "<script>alert(1)</script>", "news": 'Midi & "fête"'}, people.max)
    page = Client().get("/communes/13901/").content.decode()
    assert (
        "<script>alert(1)" not in page and "&lt;script&gt;alert(1)&lt;/script&gt;" in page and "Midi &amp; &quot;fête&quot;" in page
    )
    assert "Midi" not in Client().get("/communes/13902/").content.decode()


def test_nothing_is_kept_of_a_look_with_a_fault_and_each_fault_is_said(people):
    aubane = Commune.objects.get(pk="13901")
    with pytest.raises(InvalidForm) as wrong:
        save_look(aubane, {"colour": "#ffff00", "welcome": "x" * 301, "news": "x" * 601}, people.max)
    assert [fault.field for fault in wrong.value.errors] == ["colour", "welcome", "news"] and not Look.objects.exists()


def test_the_sheet_holds_for_the_day_alone_and_a_house_colour_makes_none():
    assert sheet(None) == "" and sheet(Look(commune_id="13901")) == ""
    assert sheet(Look(commune_id="13901", colour="#7a1f5c")).startswith("@media not all and (prefers-color-scheme: dark)")
