"""Dated law: what is in force on which day, what the metropolis sets itself, and what nobody has verified."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command

from oppidum.cases.declaration import (
    DefinitionError,
    Service,
    Since,
    dated,
    list_rules,
    list_unverified,
    months,
    overriding,
    rulebook,
    rules_on,
    working_days,
)
from oppidum.cases.management.commands import services as command

FILE = """
[bulky-waste]
quota = [
    {since = "2026-01-01", value = 6, source = "Deliberation 2025-311", verified = true},
    {since = 2028-01-01, value = 8, source = "Deliberation 2027-12"},
]
notice = [{since = "2026-01-01", value = "10 working days", source = "Rules of the service, art. 7"}]
price = [{since = "2026-01-01", value = "23,50 EUR", source = "Tariffs of 2026"}]
"""


class BulkyWaste(Service):
    """Encombrants."""

    code = "bulky-waste"
    rules = {
        "delay": dated(
            Since("2024-04-11", months(2), source="Act of 9 April 2024", verified=True),
            Since("2017-01-01", months(1), source="CCH, art. L635-4", verified=True, until="2024-03-31"),
        ),
        "quota": dated(Since("2020-01-01", 4, source="Rules of the service, art. 5"), own=True),
        "notice": dated(Since("2020-01-01", working_days(2), source="Rules of the service, art. 7"), own=True),
        "price": dated(Since("2020-01-01", 2000, source="Tariffs of 2020"), own=True),
    }


@pytest.fixture
def own_file(tmp_path, monkeypatch):
    """A file of the metropolis, read at once; the catalogue's own is read again afterwards."""

    def write(text):
        path = tmp_path / "rules.toml"
        path.write_text(text)
        monkeypatch.setenv("OPPIDUM_RULES", str(path))
        rulebook.forget_rules()

    yield write
    monkeypatch.undo()
    rulebook.forget_rules()


def faults(services=None):
    try:
        return overriding.fit_overrides(services or {"bulky-waste": BulkyWaste})
    except DefinitionError as error:
        return str(error).split("\n")


def test_the_value_in_force_is_that_of_the_day():
    assert rules_on(BulkyWaste, date(2023, 5, 1))["delay"] == months(1)
    assert rules_on(BulkyWaste, date(2024, 4, 11))["delay"] == months(2)
    assert "delay" not in rules_on(BulkyWaste, date(2016, 12, 31))
    assert "delay" not in rules_on(BulkyWaste, date(2024, 4, 5))  # between the end of one and the next


def test_each_day_has_the_latest_value_that_had_begun():
    rule = BulkyWaste.rules["delay"]
    for n in range(3000):
        day = date(2016, 6, 1) + timedelta(days=n)
        begun = [one for one in rule.values if date.fromisoformat(one.day) <= day]
        expected = max(begun, key=lambda one: one.day, default=None)
        if expected and expected.until and day > date.fromisoformat(expected.until):
            expected = None
        assert rule.find(day) == expected


def test_a_metropolis_sets_its_own_parameters_in_words_and_euros(own_file):
    own_file(FILE)
    assert faults() == []
    rules = rules_on(BulkyWaste, date(2027, 3, 1))
    assert (rules["quota"], rules["notice"], rules["price"]) == (6, working_days(10), 2350)
    assert rules_on(BulkyWaste, date(2028, 1, 1))["quota"] == 8
    assert rules["delay"] == months(2)
    quota = [line for line in list_rules(BulkyWaste) if line.name == "quota"]
    assert [(q.value, q.since, q.until, q.is_own, q.is_verified) for q in quota] == [
        (6, "2026-01-01", "2027-12-31", True, True),
        (8, "2028-01-01", "", True, False),
    ]


def test_officers_see_what_nobody_has_held_against_the_text():
    assert [line.name for line in list_unverified(BulkyWaste, date(2027, 3, 1))] == ["quota", "notice", "price"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[bulky-waste]\ndelay = [{since = '2026-01-01', value = '3 months', source = 'x'}]", "the law sets this one"),
        (
            "[bulky-waste]\nquotas = [{since = '2026-01-01', value = 3, source = 'x'}]",
            "no such parameter; its own ones: notice, price, quota",
        ),
        ("[bulky]\nquota = [{since = '2026-01-01', value = 3, source = 'x'}]", "no such service; known: bulky-waste"),
        ("[bulky-waste]\nquota = [{since = '2026-01-01', value = 'many', source = 'x'}]", "'many' is of another kind than 4"),
        ("[bulky-waste]\nnotice = [{since = '2026-01-01', value = 'soon', source = 'x'}]", "'soon' is no length of time"),
        ("[bulky-waste]\nquota = [{since = '2026-13-01', value = 3, source = 'x'}]", "'2026-13-01' is no day"),
        ("[bulky-waste]\nquota = [{since = '2026-01-01', value = 3}]", "source missing"),
        ("[bulky-waste]\nquota = [{since = '2026-01-01', value = 3, source = 'x', unit = 'y'}]", "unknown: unit"),
        ("[bulky-waste]\nquota = 4", "write a list of values"),
        ("quota = 4", "write a table [quota]"),
        ("[bulky-waste", "is no TOML"),
        (
            "[bulky-waste]\nquota = [{since = '2027-01-01', value = 3, source = 'x'}, {since = '2026-01-01', value = 4, source = 'x'}]",
            "in the order of their days",
        ),
    ],
)
def test_a_file_that_does_not_fit_is_told_in_sentences(own_file, text, said):
    own_file(text)
    assert any(said in fault for fault in faults()), faults()


def test_a_file_that_is_not_there_is_told(own_file, monkeypatch):
    monkeypatch.setenv("OPPIDUM_RULES", "/nowhere/rules.toml")
    rulebook.forget_rules()
    assert "can't be read" in faults()[0]


def test_a_rule_without_article_or_of_two_kinds_is_a_fault():
    class Wrong(Service):
        rules = {"delay": dated(Since("2020-01-01", months(1)), Since("2021-01-01", 3, source="x")), "plain": 4}

    assert list(rulebook.check_rules(Wrong)) == [
        "rule 'delay': give the article or the deliberation of its value since 2020-01-01 (source=)",
        "rule 'delay': its values are of different kinds (Length, int): one rule, one kind",
        "rule 'plain': declare it with dated(Since(...), ...)",
    ]


@pytest.mark.parametrize(
    "wrong", [lambda: dated(), lambda: dated(Since("2020-01-01", 1), Since("2020-01-01", 2)), lambda: Since("soon", 1)]
)
def test_what_can_not_be_dated_stops_at_once(wrong):
    with pytest.raises(DefinitionError):
        wrong()


def test_the_command_lists_value_article_dates_and_what_is_not_verified(capsys, monkeypatch):
    monkeypatch.setattr(command, "catalogue", lambda: {"bulky-waste": BulkyWaste})
    call_command("services", "rules", "bulky-waste", "--language", "en")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 5
    assert lines[0].split()[:5] == ["delay", "1", "month", "2017-01-01", "–"] and "CCH, art. L635-4" in lines[0]
    assert "NOT VERIFIED" in lines[2] and "set by the metropolis" in lines[2]
    call_command("services", "rules", "bulky-waste", "--on", "2023-01-01", "--language", "fr")
    assert "NON VÉRIFIÉ" in capsys.readouterr().out
