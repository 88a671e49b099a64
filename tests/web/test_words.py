"""Numbers, days, distances and ages as they are said."""

from datetime import date

import pytest
from django.utils import translation

from oppidum.core import clock
from oppidum.web import promises, words


@pytest.mark.parametrize(
    ("number", "french", "english"),
    [
        (1234.5, "1\u202f234,5", "1,234.5"),
        (342200, "342\u202f200", "342,200"),
        (0, "0", "0"),
        (-12.5, "\u221212,5", "\u221212.5"),
        (None, "", ""),
        (3.0, "3", "3"),
    ],
)
def test_a_number_is_written_as_the_reader_writes_it(number, french, english):
    with translation.override("fr"):
        assert words.say_number(number) == french
    with translation.override("en"):
        assert words.say_number(number) == english


def test_a_day_is_told_in_words_and_the_year_only_when_it_is_another(moved):
    with moved(2026, 2, 1), translation.override("fr"):
        assert words.say_day(date(2026, 3, 12)) == "jeudi 12\u00a0mars"
        assert words.say_day(date(2026, 3, 1)) == "dimanche 1er\u00a0mars"
        assert words.say_day(date(2027, 3, 12)) == "vendredi 12\u00a0mars\u00a02027"
    with moved(2026, 2, 1), translation.override("en"):
        assert words.say_day(date(2026, 3, 12)) == "Thursday 12\u00a0March"


def test_an_hour_is_the_authoritys_own(moved):
    with moved(2026, 7, 1, 10, 20), translation.override("fr"):
        assert words.say_hour(clock.now()) == "10\u00a0h\u00a020"
        assert words.say_moment(clock.now()) == "mercredi 1er\u00a0juillet à 10\u00a0h\u00a020"
    with moved(2026, 7, 1, 9), translation.override("en"):
        assert words.say_hour(clock.now()) == "9:00"


@pytest.mark.parametrize(
    ("metres", "said"), [(0, "0 m"), (7.4, "7 m"), (84, "80 m"), (996, "1 km"), (1234, "1,2 km"), (25_400, "25 km")]
)
def test_a_distance_is_rounded_as_one_says_it(metres, said):
    with translation.override("fr"):
        assert words.say_distance(metres).replace("\u00a0", " ") == said


def test_an_age_is_told_in_the_largest_unit_that_fits(moved):
    with moved(2026, 3, 12, 10):
        then = clock.now()
    with translation.override("fr"):
        for parts, said in [
            ((2026, 3, 12, 10), "à l'instant"),
            ((2026, 3, 12, 10, 5), "il y a 5 minutes"),
            ((2026, 3, 12, 11, 5), "il y a 1 heure"),
            ((2026, 3, 13, 15), "hier"),
            ((2026, 3, 15, 9), "il y a 3 jours"),
            ((2026, 7, 12, 9), "il y a 4 mois"),
            ((2029, 3, 12, 9), "il y a 3 ans"),
        ]:
            with moved(*parts):
                assert words.say_age(then) == said


def test_a_promise_says_whether_it_is_near_late_or_kept(moved):
    with moved(2026, 3, 10, 9), translation.override("fr"):
        fine = promises.put_in_words(date(2026, 3, 19))
        assert (fine.words, fine.tone) == ("avant le jeudi 19\u00a0mars", "fine")
        assert promises.put_in_words(date(2026, 3, 12)).tone == "soon"
        assert promises.put_in_words(date(2026, 3, 10)).words.startswith("pour aujourd'hui")
        assert promises.put_in_words(date(2026, 3, 9)).tone == "late"
        kept = promises.put_in_words(date(2026, 3, 12), done=date(2026, 3, 9))
        assert (kept.words, kept.tone) == ("fait le lundi 9\u00a0mars", "done")
        assert "après la date promise" in promises.put_in_words(date(2026, 3, 2), done=date(2026, 3, 9)).words
        assert promises.put_in_words(date(2026, 3, 9), paused=True).tone == "paused"
