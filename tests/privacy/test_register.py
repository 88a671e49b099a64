"""The register of processings is printed from the declarations, and says what article 30 asks for."""

import csv
import io
import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from oppidum.cases.declaration import catalogue
from oppidum.privacy.house import HOUSE
from oppidum.privacy.register import duration_in_words, kept_in_words, register, register_csv


def entry_of(code):
    return next(entry for entry in register() if entry.code == code)


def test_every_service_is_a_processing_and_so_is_what_the_house_does(town):
    assert {entry.code for entry in register()} == {*catalogue(), *(code for code, *_ in HOUSE)}


def test_an_entry_says_what_article_30_asks_for(permit, people):
    entry = entry_of("permit")
    assert entry.owner == "Cadre de vie" and entry.purpose == "Let no unworthy dwelling"
    assert entry.basis == "legal obligation (GDPR, art. 6(1)(c))\u00a0; CCH, art. L635-1"
    assert (entry.persons, entry.recipients, entry.sensitive) == (("landlords",), ("the housing team",), ("Anything else?",))
    assert entry.dpia == "needed: income of many households" and entry.transfers == "none outside the European Union"
    assert entry.sight == ("Your income?: only with the right figures (only who checks it)",)


def test_retention_is_said_by_outcome_with_its_reason(permit, people):
    assert [kept_in_words(kept) for kept in entry_of("permit").retention] == [
        "Granted\u00a0: 5 years from the end of the case, then made anonymous (a permit can be withdrawn)",
        "Refused\u00a0: 1 year from: Appeal, then made anonymous",
    ]


def test_durations_in_words():
    assert [duration_in_words(d) for d in ("P1Y", "P18M", "P30D", "P0D")] == [
        "1 year",
        "1 year 6 months",
        "30 days",
        "no time at all",
    ]


def test_the_table_has_a_line_for_each(permit, people):
    lines = list(csv.reader(io.StringIO(register_csv().removeprefix("\ufeff")), delimiter=";"))
    assert len(lines) == len(register()) + 1 and all(len(line) == 15 for line in lines)


def test_the_register_is_printed_as_a_pdf_that_anybody_can_read(permit, people):
    from oppidum.privacy.papers import register_pdf

    assert register_pdf().startswith(b"%PDF")


def test_the_command_writes_it_as_the_ending_says(permit, people, tmp_path, capsys):
    for ending in ("pdf", "csv", "json"):
        call_command("services", "register", "--out", str(tmp_path / f"register.{ending}"), "--language", "en")
    assert "processings" in capsys.readouterr().out
    told = json.loads((tmp_path / "register.json").read_text())
    assert {"code", "purpose", "basis", "retention"} <= set(next(e for e in told if e["code"] == "permit"))
    with pytest.raises(CommandError, match="the ending"):
        call_command("services", "register", "--out", str(tmp_path / "register.txt"))
