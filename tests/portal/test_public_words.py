"""What everybody reads of a text: no telephone, no e-mail, no plate; and nothing else is touched."""

import pytest
from django.utils.translation import override

from oppidum.cases.publicity import is_masked, public_words


@pytest.mark.parametrize(
    "text",
    [
        "06 12 34 56 78",
        "0612345678",
        "06.12.34.56.78",
        "06-12-34-56-78",
        "+33 6 12 34 56 78",
        "+33612345678",
        "0033 6 12 34 56 78",
        "04 91 00 00 00",
        "+33 (0)6 12 34 56 78",
        "+44 20 7946 0958",
    ],
)
def test_telephone_numbers_are_hidden(text):
    with override("en"):
        assert public_words(f"Call me at {text}, please") == "Call me at [telephone number hidden], please"


@pytest.mark.parametrize("text", ["zoe@example.org", "zoe.martin+x@mail.example.co.uk", "ZOE@EXAMPLE.FR"])
def test_e_mail_addresses_are_hidden(text):
    with override("en"):
        assert public_words(f"write to {text}.") == "write to [e-mail address hidden]."


@pytest.mark.parametrize("text", ["AB-123-CD", "AB 123 CD", "AB123CD", "ab-123-cd", "1234 AB 13", "123 ABC 2A"])
def test_number_plates_are_hidden(text):
    with override("en"):
        assert public_words(f"voiture {text} ici") == "voiture [number plate hidden] ici"


@pytest.mark.parametrize(
    "text",
    [
        "Au 123 de la rue de Rome",
        "le 123 de la rue",
        "le 12/03/2026 à 10 h 20",
        "candélabre 13055-2144",
        "8 MAI 1945",
        "13001 Marseille",
        "12 rue Paradis 13006",
        "3 bacs de 240 litres",
        "RD 543",
        "Un trou de 1 200 mm",
    ],
)
def test_what_only_looks_like_a_number_stays(text):
    assert public_words(text) == text and not is_masked(text)


def test_the_mask_is_in_the_readers_language():
    with override("fr"):
        assert "masqué" in public_words("06 12 34 56 78")


def test_a_hundred_kilobytes_take_no_time():
    text = ("a" * 50 + "@" + "1" * 40 + "-AB ") * 1000
    assert len(public_words(text)) > 0
