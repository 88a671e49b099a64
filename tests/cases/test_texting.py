"""Text messages: how long they are, whom they reach and when, which way each notice goes. Nothing here needs a database."""

from datetime import datetime

import pytest

from oppidum.cases.declaration import catalogue
from oppidum.cases.rules.phones import can_be_texted
from oppidum.cases.texting.choices import (
    BOTH,
    DECISION,
    KINDS,
    NOTHING,
    OWED,
    QUESTION,
    RECEIPT,
    REMINDER,
    SMS,
    STEP,
    choose_ways,
    kind_of,
    read_choices,
)
from oppidum.cases.texting.coming_in import STOPS, _first_word
from oppidum.cases.texting.gateway import read_answer
from oppidum.cases.texting.gsm import cut, measure, spell
from oppidum.cases.texting.hours import next_allowed
from oppidum.core.clock import PARIS

MOBILE = "+33612345678"


@pytest.mark.parametrize(
    ("text", "coding", "units", "segments"),
    [
        ("a" * 160, "gsm7", 160, 1),
        ("a" * 161, "gsm7", 161, 2),
        ("é" * 306, "gsm7", 306, 2),
        ("é" * 307, "gsm7", 307, 3),
        ("€" * 80, "gsm7", 160, 1),
        # A part holds 153 units, so 76 signs of two: the 77th begins the next part, and 153 of them take three.
        ("€" * 153, "gsm7", 306, 3),
        ("ê" * 70, "ucs2", 70, 1),
        ("ê" * 71, "ucs2", 71, 2),
        ("😀" * 35, "ucs2", 70, 1),
        ("😀" * 67, "ucs2", 134, 3),
    ],
)
def test_a_message_is_as_long_as_operators_count_it(text, coding, units, segments):
    size = measure(text)
    assert (size.coding, size.units, size.segments) == (coding, units, segments)


def test_french_is_spelt_in_the_short_alphabet_and_other_alphabets_are_left_whole():
    assert spell("« Forêt brûlée » : ça va, l’été à Nîmes… 12 €") == '"Foret brulée" : ca va, l\'été à Nimes... 12 €'
    assert measure(spell("Déchèterie fermée, œuvre d’été — où ?")).coding == "gsm7"
    assert spell("Щедрість 你好") == "Щедрість 你好" and measure("Щедрість").coding == "ucs2"


def test_what_is_too_long_is_cut_between_words():
    assert cut("un deux trois", 20) == "un deux trois"
    assert cut("un deux trois", 11) == "un deux..." and measure(cut("mot " * 200, 306)).units <= 306


@pytest.mark.parametrize(
    ("number", "texted"),
    [
        (MOBILE, True),
        ("+33752345678", True),
        ("+33491555010", False),
        ("+33999999999", False),
        ("+262692123456", True),
        ("+4915123456789", True),
        ("0612345678", False),
        ("+336123", False),
        ("", False),
    ],
)
def test_only_valid_mobile_numbers_are_texted(number, texted):
    assert can_be_texted(number) is texted


@pytest.mark.parametrize(
    ("written", "leaves"),
    [
        ((2027, 3, 1, 9, 30), (2027, 3, 1, 9, 30)),
        ((2027, 3, 1, 20, 0), (2027, 3, 2, 8, 0)),
        ((2027, 3, 2, 3, 0), (2027, 3, 2, 8, 0)),
        ((2027, 3, 27, 23, 0), (2027, 3, 28, 8, 0)),  # the night that is an hour shorter
    ],
)
def test_no_telephone_rings_at_night(written, leaves):
    assert next_allowed(datetime(*written, tzinfo=PARIS)) == datetime(*leaves, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("kind", "chosen", "mail", "mobile", "ways"),
    [
        (RECEIPT, {}, True, True, {"mail"}),
        (REMINDER, {}, True, True, {"mail", "sms"}),
        (RECEIPT, {}, False, True, {"sms"}),
        (STEP, {}, False, True, set()),
        (STEP, {STEP: SMS}, True, True, {"sms"}),
        (STEP, {STEP: NOTHING}, True, True, set()),
        (DECISION, {DECISION: SMS}, True, False, {"mail"}),
        (DECISION, {DECISION: NOTHING}, True, True, {"mail"}),
        (QUESTION, {QUESTION: BOTH}, True, True, {"mail", "sms"}),
        (REMINDER, {}, False, False, set()),
    ],
)
def test_each_kind_goes_the_way_that_was_chosen_and_what_the_law_owes_goes_somehow(kind, chosen, mail, mobile, ways):
    assert choose_ways(kind, chosen, mail, mobile) == ways


def test_what_the_law_owes_cannot_be_refused():
    assert read_choices(dict.fromkeys(KINDS, NOTHING)) == {STEP: NOTHING, REMINDER: NOTHING}
    assert not read_choices({"step": "pigeon"}) and {RECEIPT, QUESTION, DECISION} == OWED


def test_a_report_tells_its_steps_apart_from_what_is_decided_and_asked():
    report, pick_up = catalogue()["report"], catalogue()["bulky-waste"]
    kinds = {n.action: kind_of(report, n.action) for n in report.notices}
    assert {a for a, kind in kinds.items() if kind == STEP} == {"qualify", "plan", "start", "move_team"}
    assert (kinds["file"], kinds["finish"], kinds["reject"], kinds["ask_resident"]) == (RECEIPT, DECISION, DECISION, QUESTION)
    assert (kind_of(pick_up, "remind"), kind_of(pick_up, "move"), kind_of(pick_up, "unplaced")) == (REMINDER, DECISION, DECISION)


@pytest.mark.parametrize("answer", ["STOP", "stop svp", "Arrêt", "  Arreter!", "unsubscribe"])
def test_stop_is_understood_as_people_write_it(answer):
    assert _first_word(answer) in STOPS


@pytest.mark.parametrize(
    ("status", "body", "fate"),
    [
        (200, '{"ids": [1], "invalidReceivers": []}', "sent"),
        (200, f'{{"ids": [], "invalidReceivers": ["{MOBILE}"]}}', "failed"),
        (200, "<html>", "unknown"),
        (302, "", "queued"),
        (401, "no key", "queued"),
        (429, "", "queued"),
        (503, "", "queued"),
        (502, "", "unknown"),
        (422, "bad sender", "failed"),
    ],
)
def test_an_answer_of_the_operator_says_what_became_of_it_and_no_more(status, body, fate):
    assert read_answer(status, body, MOBILE).fate == fate
