"""A person is found in every service by what identifies; a mere name is shown as a guess."""

import pytest

from oppidum.cases.calls import NewCall, log_calls
from oppidum.cases.persons.finding import fold
from oppidum.cases.persons.rooms import Sought, find_person
from oppidum.cases.rules.standing import Contact


@pytest.fixture
def zoe(file_permit):
    """Zoé's own permit, and one of Max Blanc's where she is not."""
    mine = file_permit()
    file_permit(Contact("Max Blanc", "max@example.org"), landlord="Max Blanc", born_on="1971-01-01", siret="1", remarks="Rien")
    return mine


def found(**sought):
    return [(t.case_id, t.by, t.role, t.sure) for t in find_person(Sought(**sought))]


def test_by_e_mail_and_telephone(zoe):
    assert found(emails=("zoe@example.org",)) == [(zoe, "email", "author", True)]
    assert found(phones=("+33491000000",)) == [(zoe, "phone", "author", True)]


def test_by_the_number_of_a_sole_trader_in_the_answers(zoe):
    assert found(numbers=("73282932000074",)) == [(zoe, "number", "named", True)]


def test_by_name_and_birth_day_whatever_the_accents(zoe):
    by_birth = found(name="MARTIN Zoe", born_on="1980-05-12")
    assert (zoe, "name_and_birth", "named", True) in by_birth
    assert all(case_id == zoe for case_id, *_ in by_birth)


def test_a_name_alone_proves_nothing(zoe):
    assert {sure for *_, sure in found(name="zoé martin")} == {False}
    assert found(name="zoé martin", born_on="1999-01-01") and not found(name="Nobody Here")


def test_a_name_is_found_by_whole_words(file_permit):
    file_permit(Contact("Zoé Martineau", "zm@example.org"), landlord="Zoé Martineau")
    assert found(name="zoé martin") == []


def test_somebody_named_in_the_words_of_another_is_shown_as_a_guess(file_permit):
    case_id = file_permit(remarks="Écrire aussi à lucie@example.org")
    assert found(emails=("lucie@example.org",)) == []
    from oppidum.cases.models import Case

    Case.objects.filter(pk=case_id).update(words="Écrire à lucie@example.org")
    assert found(emails=("lucie@example.org",)) == [(case_id, "words", "named", False)]


def test_callers_are_found_by_their_number(people):
    log_calls([NewCall(officer=people.cleo.pk, outcome="information", phone="+33491000001")])
    assert found(phones=("+33491000001",)) == [(None, "phone", "caller", True)]


def test_what_stands_for_anything_in_a_search_is_taken_as_it_is(zoe):
    assert found(emails=("%",)) == [] and found(name="%") == [] and find_person(Sought()) == []


def test_folding_takes_accents_and_hyphens_away():
    assert fold("Jean-Noël L'Hôte") == "jean noel l hote"


def test_a_person_is_found_by_an_index_and_not_by_reading_all_answers(zoe):
    from django.db import connection

    from oppidum.cases.persons import finding

    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        asked = {"marks": "'=73282932000074'", "said": "zoé martin", "most": 10}
        cursor.execute("explain " + finding._ANSWERS, asked)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "case_persons" in plan and "Seq Scan" not in plan


@pytest.mark.parametrize("odd", ["o'neil@example.org", "back\\slash@example.org", "a&b|c!@example.org", "(x):*@example.org"])
def test_signs_of_the_search_language_are_letters_like_others(file_permit, odd):
    case_id = file_permit(siret=odd)
    assert (case_id, "number", "named", True) in found(numbers=(odd,))
    assert found(name="'| !& :*") == []


def test_nothing_sought_finds_nothing(zoe):
    assert found() == []
