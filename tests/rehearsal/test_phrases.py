"""What the demonstration shows in free text reads like life, whatever the service."""

import random
from datetime import date
from functools import partial

import pytest

from oppidum.cases.declaration import catalogue
from oppidum.cases.declaration.sampling import Sampler
from oppidum.rehearsal.phrases import OTHERWISE, PHRASES, phrase_for
from oppidum.services.ecology_culture_sport.marina import MarinaOccupancy

WRITTEN = {*OTHERWISE, *(text for texts in PHRASES.values() for text in texts)}
NOTHING = {kind: lambda rng, one: None for kind in ("files", "slot", "reference", "asset")}


def draw(fields):
    return Sampler(random.Random(1), date(2027, 3, 1), gives=1, of=NOTHING, texts=partial(phrase_for, "")).answers(fields)


def test_a_call_for_a_place_in_a_harbour_names_criteria_that_a_harbour_would_publish():
    given = draw(MarinaOccupancy.flow.actions["publish"].demands)
    assert {row["criterion"] for row in given["criteria"]} <= set(PHRASES["criterion"])
    assert given["published_at"] in PHRASES["published_at"]


@pytest.mark.parametrize("service", [one for one in catalogue().values() if one.rehearsal], ids=lambda one: one.code)
def test_no_act_and_no_rehearsed_request_holds_words_at_random(service):
    for fields in (service.form, *(action.demands for action in service.flow.actions.values())):
        texts = {name for name, question in fields.items() if question.kind == "text"}
        assert all(answer in WRITTEN for name, answer in draw(fields).items() if name in texts)


def test_a_question_of_few_signs_gets_a_text_that_fits():
    assert phrase_for("", random.Random(1), "where", 20) == "Rien à ajouter."
