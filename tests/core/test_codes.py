"""Codes are read over the phone, checked when typed, and never guessed."""

import random

from hypothesis import given
from hypothesis import strategies as st

from oppidum.core.codes import ALPHABET, is_code, new_code, new_codes, normalise

numbers = st.integers(0, 10_000)


def test_a_code_may_be_typed_in_any_way():
    code = new_code()
    assert normalise(f"  {code.lower().replace('-', ' ')} ") == code
    assert normalise(code.replace("-", "")) == code


@given(numbers, st.integers(0, 9), st.sampled_from(ALPHABET))
def test_every_single_wrong_character_is_found(seed, position, letter):
    letters = new_codes(1, random.Random(seed))[0].replace("-", "")
    wrong = letters[:position] + letter + letters[position + 1 :]
    assert is_code(wrong) == (wrong == letters)


@given(numbers, st.integers(0, 8))
def test_every_swap_of_neighbours_is_found(seed, position):
    letters = new_codes(1, random.Random(seed))[0].replace("-", "")
    swapped = letters[:position] + letters[position + 1] + letters[position] + letters[position + 2 :]
    assert is_code(swapped) == (swapped == letters)


@given(st.text(max_size=30))
def test_whatever_is_typed_never_breaks(text):
    assert normalise(text) is None or is_code(text)


def test_look_alikes_are_not_in_the_alphabet():
    assert not set("01OILUZ") & set(ALPHABET)


def test_a_rehearsal_draws_the_same_codes_again():
    assert new_codes(50, random.Random(7)) == new_codes(50, random.Random(7))
    assert len(set(new_codes(1000))) == 1000
