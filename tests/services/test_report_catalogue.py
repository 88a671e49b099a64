"""What the catalogue of the report promises to residents: categories, hard stops, notices, in both languages."""

import re
from datetime import date
from pathlib import Path

import phonenumbers
import pytest
from django.utils.translation import override

from oppidum.cases.declaration import Choice, Day, Number, Text, YesNo, clean_form
from oppidum.cases.declaration.checks import check_service
from oppidum.cases.declaration.service import NOTICE_WORDS
from oppidum.core.errors import InvalidForm
from oppidum.services.living_environment.report import ANSWER_DAYS, OBJECTION_DAYS, Report

TODAY = date(2027, 3, 12)
CATEGORIES = list(Report.categories.values())
EMERGENCY = {"15", "17", "18", "112", "114", "196"}
WORDS = {name: f"<{name}>" for name in NOTICE_WORDS}
SILENT = {
    "give_to",
    "note",
    "hide",
    "show",  # the resident doesn't see them
    "answer",
    "reply",
    "follow",  # the resident did them
    "recategorise",  # the tracking page shows it; the team stays or `move_team` tells
}
ROOMS = Path(__file__).parents[2] / "oppidum"

each_category = pytest.mark.parametrize("category", CATEGORIES, ids=lambda c: c.code)
each_notice = pytest.mark.parametrize("notice", Report.notices, ids=lambda n: n.action)


def example(question):
    """An answer that a resident could give to `question`."""
    match question:
        case Choice():
            first = next(iter(question.options))
            return [first] if question.many else first
        case YesNo():
            return "oui"
        case Day():
            return TODAY.isoformat()
        case Number():
            return str(question.minimum or 1)
        case Text():
            return "Devant le 12, côté école"[: question.longest]
    raise AssertionError(f"say in this test how one answers a {type(question).__name__}")


def test_the_declaration_has_no_fault():
    assert check_service(Report) == []


def test_some_fifty_categories_stand_in_fifteen_groups_none_of_them_empty():
    assert len(Report.groups) == 15
    assert 45 <= len(Report.categories) <= 55
    assert {c.group for c in CATEGORIES} == {g.code for g in Report.groups}


@each_category
def test_a_category_promises_within_a_quarter_and_asks_at_most_four_questions(category):
    assert 1 <= category.promise <= 60
    assert len(category.questions) <= 4
    assert category.questions or category.code == "other.other"


@each_category
def test_a_category_is_found_by_everyday_words_in_both_languages(category):
    with override("fr"):
        french = (str(category.name), str(category.hint), str(category.words))
    with override("en"):
        english = (str(category.name), str(category.hint), str(category.words))
    assert all(french) and all(english)
    assert all(f != e for f, e in zip(french, english, strict=True))
    assert category.code not in french


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("group", Report.groups, ids=lambda g: g.code)
def test_no_two_categories_of_a_group_have_the_same_name(group, language):
    with override(language):
        names = [str(c.name) for c in CATEGORIES if c.group == group.code]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    "word, code",
    [
        ("poubelle", "collection.missed"),
        ("trou", "roads.pothole"),
        ("rat", "animals.rats"),
        ("gaz", "sewers.smell"),
        ("ventouse", "parking.abandoned_vehicle"),
        ("crotte", "cleanliness.dog_fouling"),
        ("matelas", "dumping.objects"),
        ("lampadaire", "lighting.street_lamp"),
        ("tapage", "noise.neighbours"),
        ("avaloir", "sewers.drain"),
    ],
)
def test_people_find_a_category_by_their_own_word(word, code):
    with override("fr"):
        assert word in str(Report.categories[code].words).split()


@each_category
def test_every_question_takes_an_answer_and_an_empty_one(category):
    for name, question in category.questions.items():
        asked_by_itself = {name: type(question)(**{**vars(question), "when": None})}
        assert name in clean_form(asked_by_itself, {name: example(question)}, TODAY)
        if question.required:
            with pytest.raises(InvalidForm) as refused:
                clean_form(asked_by_itself, {name: ""}, TODAY)
            assert [fault.field for fault in refused.value.errors] == [name]
        else:
            assert clean_form(asked_by_itself, {name: ""}, TODAY) == {}


@each_category
def test_a_condition_names_an_answer_that_can_be_given(category):
    conditions = [q.when for q in category.questions.values()] + [d.when for d in category.dangers]
    for condition in filter(None, conditions):
        source = category.questions[condition.name]
        possible = {True, False} if isinstance(source, YesNo) else set(source.options)
        assert set(condition.values) <= possible


@each_category
def test_a_danger_stops_on_its_answer_only_and_gives_a_number_that_can_be_dialled(category):
    assert category.find_danger({}) is None
    for danger in category.dangers:
        found = category.find_danger({danger.when.name: danger.when.values[0]})
        assert found is danger
        digits = danger.call.replace(" ", "")
        assert digits in EMERGENCY or phonenumbers.is_valid_number(phonenumbers.parse(digits, "FR"))


@pytest.mark.parametrize(
    "code, answers, call",
    [
        ("roads.pothole", {"accident": True}, "15"),
        ("sewers.smell", {"what": "gas"}, "0 800 47 33 33"),
        ("lighting.wires", {"what": "wire_down"}, "18"),
        ("roads.manhole", {"state": "open"}, "17"),
        ("green.dangerous_tree", {"state": "falling"}, "18"),
        ("coast.beach", {"distress": True}, "196"),
        ("collection.drop_off", {"state": "fire"}, "18"),
    ],
)
def test_who_is_called_where_life_is_at_risk(code, answers, call):
    assert Report.categories[code].find_danger(answers).call == call


@each_category
def test_what_could_name_somebody_is_private(category):
    for name, question in category.questions.items():
        if name in {"plate", "address", "owner", "boat", "vessel", "appointment"}:
            assert question.private


def test_the_mayors_police_and_the_metropolis_share_the_tasks_out():
    remits = {code: c.remit for code, c in Report.categories.items()}
    communal = {"parking.abandoned_vehicle", "noise.neighbours", "animals.stray", "green.playground"}
    assert {remits[code] for code in communal} == {"commune"}
    metropolitan = {"cleanliness.dirty_street", "collection.missed", "roads.pothole", "water.leak", "sewers.drain"}
    assert {remits[code] for code in metropolitan} == {"metropolis"}


def test_every_action_that_a_resident_should_hear_of_has_its_notice():
    assert {n.action for n in Report.notices} == ({"file"} | set(Report.flow.actions)) - SILENT
    assert len(Report.notices) == len({n.action for n in Report.notices})


@pytest.mark.parametrize("language", ["fr", "en"])
@each_notice
def test_a_notice_is_written_out_and_ends_with_how_to_follow(notice, language):
    with override(language):
        subject, body = notice.render(WORDS)
    assert "<code>" in subject and "\n" not in subject
    assert not re.search(r"[{}]", subject + body)
    last = body.split("\n\n")[-2:]
    assert "<link>" in last[0] and "<code>" in last[0] and last[1] == "<authority>"


@each_notice
def test_french_notices_are_french(notice):
    with override("en"):
        english = notice.render(WORDS)
    with override("fr"):
        french = notice.render(WORDS)
    assert french[0] != english[0] and french[1] != english[1]
    assert "votre signalement" in french[1].lower()


def test_a_line_whose_word_is_missing_is_left_out():
    with override("en"):
        _, body = Report.find_notice("file").render(WORDS | {"team": "", "due_on": None})
    assert "Who has it" not in body and "To be solved" not in body
    assert "Where: <place>\n\nWe write" in body


def test_the_acknowledgement_says_when_what_where_who_until_when_and_what_silence_means():
    with override("fr"):
        _, body = Report.find_notice("file").render(WORDS)
    assert all(f"<{word}>" in body for word in ("received_on", "category", "place", "team", "due_on", "link", "code"))
    assert "deux mois" in body and "tribunal administratif" in body


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_days_that_notices_name_are_those_of_the_flow(language):
    with override(language):
        for action in ("finish", "reject", "no_answer"):
            assert str(OBJECTION_DAYS) in Report.find_notice(action).render(WORDS)[1]
        assert str(ANSWER_DAYS) in Report.find_notice("ask_resident").render(WORDS)[1]


def test_standard_answers_belong_to_an_action_and_to_something_that_exists():
    places = {""} | {g.code for g in Report.groups} | set(Report.categories)
    assert len(Report.answers) >= 25
    for answer in Report.answers:
        demands = Report.flow.actions[answer.action].demands
        assert {"message", "what_was_done"} & set(demands)
        assert answer.category in places
        assert len(str(answer.text)) <= 2000
    assert {a.action for a in Report.answers} == {"ask_resident", "finish", "reject", "transfer", "message"}


@pytest.mark.parametrize("room", ["services", "cases"])
def test_french_has_its_typography_and_nothing_is_left_to_translate(room):
    entries = _entries((ROOMS / room / "locale/fr/LC_MESSAGES/django.po").read_text())
    assert entries
    for source, french in entries:
        assert french, f"translate: {source}"
        for sign in re.finditer(
            r"(?<!^)(.)([:;!?»%])(?=\s|$)", french.replace("%%", "%")
        ):  # a per cent sign of a format is written twice
            assert sign[1] in "\u00a0\u202f", f"a non-breaking space before {sign[2]} in: {french}"
        assert not re.search(r"«(?!\u00a0)", french), french
        assert '"' not in french, french
        assert set(re.findall(r"\{\w+\}|%\(\w+\)s", source)) == set(re.findall(r"\{\w+\}|%\(\w+\)s", french))


def test_no_translation_is_fuzzy():
    for room in ("services", "cases"):
        assert "fuzzy" not in (ROOMS / room / "locale/fr/LC_MESSAGES/django.po").read_text()


def _entries(po):
    """(source, French) of each message of a .po file; plural forms each count."""
    texts = re.findall(r'^(msgid|msgid_plural|msgstr(?:\[\d\])?) ((?:".*"\n?)+)', po, re.M)
    source, entries = "", []
    for kind, quoted in texts:
        text = "".join(re.findall(r'"(.*)"', quoted)).replace("\\n", "\n").replace('\\"', '"')
        if kind == "msgid":
            source = text
        elif kind.startswith("msgstr") and source:
            entries.append((source, text))
    return entries
