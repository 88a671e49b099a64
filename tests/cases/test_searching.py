"""Residents find a service or a kind of problem in their own words, in French and English.

`phrasings/*.txt` hold what people write: a heading [code] of what they mean, then lines "fr words" or "en words". Half of the phrasings, told by a
digest of the words, were looked at while the weights were tuned; the other half were not. The eleventh list, over several files, brings each service to a hundred
and fifty: it is the hardest, and docs/reference/search.md tells how much of it is found.
"""

from collections import Counter, defaultdict
from functools import cache
from hashlib import sha256
from pathlib import Path
from time import perf_counter

import pytest

from oppidum.cases.declaration import DefinitionError, catalogue
from oppidum.cases.searching import find_categories, find_services, search, vocabulary, warm
from oppidum.cases.searching.learnt import held_by, learn
from oppidum.cases.searching.wording import LANGUAGES, sound, split_words, stem
from oppidum.services.living_environment.report import Report

FOLDER = Path(__file__).parent / "phrasings"
FIRST, AMONG_THREE = 0.80, 0.95


def read_phrasings(name: str = "*") -> list[tuple[str, str, str]]:
    """Language, words, code that is meant."""
    found = []
    for path in sorted(FOLDER.glob(f"{name}.txt")):
        code = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                code = line.strip("[]")
            elif line:
                language, _, words = line.partition(" ")
                found.append((language, words, code))
    return found


PHRASINGS = read_phrasings()
ELEVENTH = read_phrasings("eleventh*")
BEFORE = [one for one in PHRASINGS if one not in set(ELEVENTH)]
EACH = 150
DECLARED = {*catalogue(), *(code for service in catalogue().values() for code in service.categories)}


@cache
def codes_found(words: str, language: str) -> list[str]:
    return [hit.target.code for hit in search(words, language).hits]


def is_held_out(words: str) -> bool:
    return sha256(words.encode()).digest()[0] % 2 == 0


def shares(phrasings) -> tuple[float, float]:
    """Of those whose service is declared: found first, found among the first three."""
    asked = [(words, language, code) for language, words, code in phrasings if code in DECLARED]
    found = [(codes_found(words, language), code) for words, language, code in asked]
    return sum(hits[:1] == [code] for hits, code in found) / len(asked), sum(code in hits[:3] for hits, code in found) / len(asked)


@pytest.mark.parametrize("held_out", [False, True], ids=["tuned on", "held out"])
def test_most_phrasings_find_what_is_meant_first_and_nearly_all_among_three(held_out):
    first, among_three = shares([one for one in BEFORE if is_held_out(one[1]) == held_out])
    assert first >= FIRST and among_three >= AMONG_THREE, (first, among_three)


def test_a_hundred_and_fifty_phrasings_of_each_service_are_found_first_in_four_of_five_and_among_three_in_nineteen_of_twenty():
    first, among_three = shares(PHRASINGS)
    assert first >= FIRST and among_three >= AMONG_THREE, (first, among_three)


@pytest.mark.parametrize(
    ("held_out", "first", "among_three"), [(False, 0.88, 0.98), (True, 0.77, 0.92)], ids=["tuned on", "held out"]
)
def test_the_hardest_list_keeps_the_rate_of_both_its_halves(held_out, first, among_three):
    """docs/reference/search.md tells what was found of it before any word was looked at, and since."""
    found = shares([one for one in ELEVENTH if is_held_out(one[1]) == held_out])
    assert found[0] >= first and found[1] >= among_three, found


@pytest.mark.parametrize(
    ("name", "first", "among_three"), [("eighth", FIRST, AMONG_THREE), ("ninth", 0.79, 0.94), ("tenth", FIRST, AMONG_THREE)]
)
def test_lists_written_before_any_of_their_words_was_looked_at_keep_their_rate(name, first, among_three):
    """The ninth holds roundabout wordings only ("on voudrait taper le ballon"): docs/reference/search.md tells its first rate."""
    found = shares(read_phrasings(name))
    assert found[0] >= first and found[1] >= among_three, found


@pytest.mark.parametrize("language", LANGUAGES)
def test_neither_language_is_served_worse(language):
    first, among_three = shares([one for one in PHRASINGS if one[0] == language])
    assert first >= FIRST and among_three >= AMONG_THREE, (first, among_three)


@pytest.mark.parametrize("code", sorted({code for _language, _words, code in PHRASINGS}))
def test_no_service_is_left_behind(code):
    """A service of which people find little by their own words has too few words."""
    if code not in DECLARED:
        pytest.skip(f"the service {code} is not declared yet")
    asked = [one for one in PHRASINGS if one[2] == code]
    first, among_three = shares(asked)
    missed = [
        (words, codes_found(words, language)[:3]) for language, words, _ in asked if code not in codes_found(words, language)[:3]
    ]
    assert len(asked) < 50 or first >= 0.70, (first, missed)
    assert among_three >= (0.90 if len(asked) >= 50 else 0.75), (among_three, missed)


def test_each_service_has_its_hundred_and_fifty_phrasings():
    distinct = Counter(
        code.partition(".")[0] if "." in code else code for _words, code in {(words.lower(), code) for _, words, code in PHRASINGS}
    )
    groups = {code.partition(".")[0] for code in Report.categories}
    assert sum(distinct[group] for group in groups) >= EACH
    few = {code: distinct[code] for code, service in catalogue().items() if not service.categories and distinct[code] < EACH}
    assert not few and {language for language, _, _ in PHRASINGS} == set(LANGUAGES), few


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("bateau", "marina-berth"),
        ("mon voisin fait du bruit", "noise.neighbours"),
        ("MON VOISIN FAIT DU BRUIT !!!", "noise.neighbours"),
        ("encombrents", "bulky-waste"),
        ("encombr", "bulky-waste"),
        ("nidepoule", "roads.pothole"),
        ("lampadere", "lighting.street_lamp"),
        ("noisy neighbour", "noise.neighbours"),
        ("ma poubelle is full", "cleanliness.litter_bin"),
        ("jai plus deau", "water.supply"),
        ("ki apeler qd le lampadaire marche pa", "lighting.street_lamp"),
    ],
)
def test_slips_unfinished_words_messages_and_mixed_languages_are_understood(words, code):
    assert codes_found(words, "fr")[0] == code


def test_it_says_what_it_understood():
    meanings = search("lampadere eteint", "fr").meanings
    assert [(one.written, one.read) for one in meanings] == [("lampadere", "lampadaire"), ("eteint", "eteint")]
    assert search("street lamp", "fr").language == "en"


@pytest.mark.parametrize("words", ["", "  ", "de la", "\x00", "zzzz qqqq", "'; drop table", "é" * 5000, "🙂", "-" * 200])
def test_nonsense_finds_nothing_or_little_and_breaks_nothing(words):
    assert len(search(words, "fr").hits) <= 40


def test_only_what_is_offered_is_found():
    offered = [service for service in catalogue().values() if service.code != "marina-berth"]
    assert "marina-berth" not in {service.code for service in find_services("bateau", "fr", offered)}
    assert all(category.code in Report.categories for category in find_categories(Report, "bruit", "fr"))


def test_a_search_takes_a_few_milliseconds():
    warm()
    taken = []
    for language, words, _code in PHRASINGS[::5]:
        begun = perf_counter()
        search(words, language)
        taken.append(perf_counter() - begun)
    assert sorted(taken)[int(len(taken) * 0.95)] < 0.030


def test_forms_of_a_word_are_one_stem_and_a_misspelling_is_heard():
    assert len({stem(word, "fr") for word in ("vider", "videe", "vides", "vide")}) == 1
    assert sound("lampadere") == sound("lampadaire") and split_words("pas d'eau", "fr") == ["pas", "eau"]


def test_a_word_that_two_share_is_decided_by_the_other_words_that_phrases_held():
    said = {0: ["canape rue", "matelas rue"], 1: ["jeter canape", "enlever matelas"]}
    phrases = [(n, held_by(phrase.split(), "fr", {})) for n, all_of_it in said.items() for phrase in all_of_it]
    learnt = learn(phrases, 2)
    answers = {
        words: learnt.answers(held_by(words.split(), "fr", {}))
        for words in ("canape", "sommier rue", "jeter sommier", "jetter", "kiwi")
    }
    assert answers["sommier rue"].argmax() == 0 and answers["jeter sommier"].argmax() == 1 and answers["jetter"].argmax() == 1
    assert abs(answers["canape"][0] - answers["canape"][1]) < 0.05 and not answers["kiwi"].any()


def test_a_faulty_file_of_words_is_named(tmp_path):
    (tmp_path / "x.toml").write_text("[de]\nwords = 'Haus'\n", encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"x\.toml"):
        vocabulary._vocabularies(tmp_path, "x")


def test_every_category_and_service_has_words_in_both_languages():
    bare = defaultdict(list)
    for service in catalogue().values():
        for category in service.categories or ("",):
            for language in LANGUAGES:
                if len(vocabulary.get_vocabulary(service, category).in_language(language).phrases) < 3:
                    bare[language].append(category or service.code)
    assert not bare, "write words/CODE.toml: what people say when they need it"
