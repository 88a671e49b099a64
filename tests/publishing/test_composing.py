"""What a letter says: the law's mentions by kind, words in their place, nothing where there is nothing."""

from types import SimpleNamespace

import pytest
from django.utils.translation import override

from oppidum.cases.declaration import Algorithm, Letter, Remedies
from oppidum.publishing.addressing import split_address
from oppidum.publishing.issuing import Issuer
from oppidum.publishing.legal import NoCourt, boxes, remedies
from oppidum.publishing.wording import fill

CASTELMER = Issuer("Castelmer", "Castelmer", court="Tribunal administratif de Marseille\n13002 Marseille")


def story(clocks=()):
    return SimpleNamespace(service=SimpleNamespace(clocks=clocks, rules_on=lambda day: {}), standing=None)


def said(letter, **of):
    with override("fr"):
        return [(box["title"], " ".join(box["texts"])) for box in boxes(story(**of), letter, CASTELMER, {})]


def test_a_refusal_names_the_court_and_its_two_months():
    ((title, text),) = said(Letter("no", kind="refusal", subject="", body=()))
    assert title == "Voies et délais de recours"
    assert (
        "un délai de 2 mois" in text
        and "Tribunal administratif de Marseille, 13002 Marseille" in text
        and "recours gracieux" in text
    )
    assert "recommence à courir" in text


def test_a_planning_appeal_of_one_month_does_not_prolong():
    ways = Remedies(gracious=1, prolongs=False, source="code de l'urbanisme, art. L600-12-2")
    with override("fr"):
        text = " ".join(remedies(CASTELMER, ways, "refusal"))
    assert "un délai d’un mois" in text and "ne prolonge pas" in text


def test_a_bill_of_a_commercial_service_goes_to_the_civil_judge():
    with override("fr"):
        assert list(remedies(CASTELMER, Remedies(civil="le tribunal judiciaire de Marseille"), "bill")) == [
            "Vous pouvez contester la somme devant le tribunal judiciaire de Marseille dans les deux mois qui suivent la réception de "
            "cet avis."
        ]


def test_a_favourable_decision_needs_no_remedies():
    assert said(Letter("yes", kind="grant", subject="", body=())) == []


def test_without_a_court_no_refusal_leaves():
    with pytest.raises(NoCourt), override("fr"):
        list(remedies(Issuer("Castelmer", "Castelmer"), Remedies(), "refusal"))


def test_a_decision_by_computation_says_so_and_how_to_know_its_rules():
    ((title, text),) = said(
        Letter("rank", kind="grant", subject="", body=(), algorithm=Algorithm("classer les demandes", "https://x/rules"))
    )
    assert "algorithmique" in title and "classer les demandes" in text and "CADA" in text and "https://x/rules" in text


@pytest.mark.parametrize(
    ("typed", "lines", "postcode"),
    [
        ("12 rue d'Aubagne, 13001 Marseille", ("12 rue d'Aubagne", "13001 MARSEILLE"), "13001"),
        ("Bât. B, 3 cours Mirabeau 13100 Aix-en-Provence", ("Bât. B", "3 cours Mirabeau", "13100 AIX-EN-PROVENCE"), "13100"),
        ("215 chemin de Gibbes, 13348 Marseille Cedex 20", ("215 chemin de Gibbes", "13348 MARSEILLE CEDEX 20"), "13348"),
        ("10 Downing Street, London", ("10 Downing Street", "London"), ""),
    ],
)
def test_an_address_becomes_the_lines_that_the_post_wants(typed, lines, postcode):
    assert split_address(typed) == (lines, postcode)


def test_words_are_put_in_once_and_what_they_hold_is_left_alone():
    assert fill("Le {place} de {name}", {"place": "{name}", "name": "Zoé {x}"}) == "Le {name} de Zoé {x}"
