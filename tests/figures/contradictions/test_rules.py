"""Each rule finds what can't be true, and leaves alone what can."""

import pytest

from oppidum.figures.contradictions import check_text

REPORT = "Rapport d’activité 2023 de la Communauté du Val. En 2023, trois services ont été réunis.\n\n"


def kinds(text: str) -> list[str]:
    return [finding.kind for finding in check_text(REPORT + text)]


WRONG = [
    ("date", "Le chantier a duré du 4 mars au 31 juin 2023."),
    ("date", "La fête est reportée au 30 février 2024."),
    ("date", "La réunion du 29 février 2023 a été annulée."),
    ("weekday", "L’inauguration a eu lieu le lundi 14 mars 2023."),
    ("weekday", "Portes ouvertes du mercredi 10 au samedi 14 au musée."),
    ("year", "Les abris ont été posés en juin 203 dans le parc."),
    ("year", "Le réseau a été repris en 2203."),
    ("malformed", "Le musée a reçu 16 4536 visiteurs."),
    ("malformed", "Le musée a reçu 12,345,6 visiteurs."),
    ("malformed", "Le plan coûte 4, 5 M€ par phase."),
    ("malformed", "La flotte est composée de108 autobus."),
    ("malformed", "Le parc compte 1 23 arbres."),
    ("malformed", "Le budget atteint 1000 000 € cette année."),
    ("malformed", "Il reste 12 M€ à la charge de l’État et M€ à trouver."),
    (
        "list",
        "Le plan retient cinq actions :\n- planter des arbres\n- ouvrir les cours\n- ombrager les places\n- réparer les fontaines\n",
    ),
    ("list", "La ligne dessert trois communes : Aubas, Cernay, Lisle et Montvert."),
    ("sum", "Le service gère 77 abris : 34 abris couverts et 40 abris simples."),
    ("sum", "La flotte compte 120 bus dont 140 bus électriques."),
    ("sum", "Les 500 avis rendus se partagent ainsi :\n- 200 favorables\n- 250 sous condition\n- 60 défavorables\n"),
    (
        "sum",
        "Les tonnages se répartissent ainsi :\n- 40 % sont recyclés\n- 35 % sont incinérés\n- 30 % sont enfouis\n",
    ),
    ("share", "Au total, 240 marchés sur 320 ont une clause, soit 85 % des marchés."),
    ("share", "Le taux de satisfaction des usagers est de 194 %."),
    ("share", "Le nombre de plaintes a baissé de 130 % en un an."),
    ("share", "Sur 28 opérations conventionnées, 35 sont prêtes."),
    ("change", "Les prêts ont atteint 12 000 en 2023, contre 10 000 en 2022, soit une hausse de 35 %."),
    ("change", "Le tarif passe de 200 à 250 euros, soit une augmentation de 20 %."),
    ("change", "On compte 900 adhérents en 2023, contre 1 200 en 2022 : une hausse remarquable."),
    ("average", "Le guichet a reçu 36 500 demandes en 2023, soit 10 demandes par jour."),
    ("average", "La piscine a reçu 24 000 nageurs, soit une moyenne de 9 000 nageurs par mois."),
    ("average", "Les agents ont planté 4 000 arbres dans 20 parcs, soit 150 arbres par parc."),
    ("order", "Le festival aura lieu du 28 juin au 23 mai 2023."),
    ("order", "Le contrat 2022-2015 est achevé."),
    ("order", "Les travaux, débutés en 2023, ont été achevés en 2021."),
    ("order", "Entre 36 % et 26 % des logements sont concernés."),
    ("order", "La halle a été inaugurée en 2031 par le maire."),
    ("order", "D’ici 2015, tout le réseau sera rénové."),
    ("unit", "La ligne de tramway sera longue de 14,4 m."),
    ("unit", "Chaque année, 10,8 kg de CO2 sont émis par habitant."),
    ("unit", "L’entrepôt de 65 000 km² ouvrira en mai."),
    ("unit", "Un emprunt de 80 milliards d’euros finance le tramway."),
    ("unit", "Le chantier coûte 14 640 000 M€."),
    ("range", "La fontaine coule 28 heures par jour."),
]


@pytest.mark.parametrize(("kind", "text"), WRONG, ids=[text[:48] for _kind, text in WRONG])
def test_what_can_not_be_true_is_found(kind, text):
    assert kind in kinds(text)


RIGHT = [
    "Le chantier a duré du 4 mars au 30 juin 2023.",
    "L’inauguration a eu lieu le mardi 14 mars 2023.",
    "Du 1er décembre 2022 au 16 janvier 2023, le public a été consulté.",
    "Portes ouvertes du mercredi 10 au samedi 13 au musée.",
    "Le musée a reçu 164 536 visiteurs, et 12 345,6 tonnes ont été triées.",
    "Appelez le 0 800 94 94 08 ou le 04 91 12 34 56.",
    "Au 31 décembre 2023, 85 % des locaux étaient raccordés.",
    "Les 2, 3 et 4 juin, le salon a reçu 4 500 personnes.",
    "Le plan retient trois actions :\n- planter des arbres\n- ouvrir les cours\n- ombrager les places\n",
    "Le plan retient notamment trois actions :\n- planter des arbres\n- ouvrir les cours\n",
    "La ligne dessert quatre communes : Aubas, Cernay, Lisle et Montvert.",
    "Trois missions sont réunies : la relation aux communes, l’entraide, la prévention et la gestion des risques.",
    "Le service gère 77 abris : 34 abris couverts (dont 16 en ville) et 43 abris simples.",
    "La flotte compte 224 bus dont 108 électriques et 57 hybrides.",
    "Au total, 240 marchés sur 320 ont une clause, soit 75 % des marchés.",
    "Les impressions ont connu une augmentation de 220 %.",
    "Les prêts ont atteint 12 000 en 2023, contre 10 000 en 2022, soit une hausse de 20 %.",
    "Près de 500 contrôles ont été faits, contre environ 400 en 2022, soit une hausse de 25 %.",
    "Le guichet a reçu 36 500 demandes en 2023, soit 145 demandes par jour ouvré.",
    "3 853 messages ont été diffusés, soit une moyenne de plus de 10 par jour.",
    "Le contrat 2015-2022 est achevé. Un prêt sur cinq ans (2023-2028) le suit.",
    "Entre 26 % et 36 % des logements sont concernés.",
    "La ligne de tramway sera longue de 14,4 km et le pont de 375 mètres.",
    "Le jury a vu 20 candidats et 2 lauréats sur 7 territoires.",
    "La maison accueille 120 enfants. La crèche voisine accueille 45 enfants.",
]


@pytest.mark.parametrize("text", RIGHT, ids=[text[:48] for text in RIGHT])
def test_what_can_be_true_is_left_alone(text):
    found = check_text(REPORT + text)
    assert not found, [finding.why for finding in found]


def test_two_places_that_tell_one_quantity_differently_are_both_cited():
    far = "\n\n".join(f"Le quartier numéro {n} a reçu des bancs et des arbres." for n in range(60))
    text = (
        f"Le réseau d’eau potable mesure 5 520 km de canalisations.\n\n{far}\n\nL’eau potable court dans 5 250 km de canalisations."
    )
    (finding,) = check_text(text)
    assert finding.kind == "two-values"
    assert finding.values == ("5 520 km", "5 250 km")
    assert finding.lines == (1, 123)
    assert "5 520 km" in finding.why and "123" in finding.why


def test_a_finding_keeps_its_fingerprint_when_lines_move_and_in_the_other_language():
    from django.utils.translation import override

    text = "Le chantier a duré jusqu’au 31 avril 2023."
    with override("fr"):
        (here,) = check_text(text)
    with override("en"):
        (moved,) = check_text("\n\n\n" + text)
    assert here.fingerprint == moved.fingerprint
    assert (here.lines, moved.lines) == ((1,), (4,))
    assert here.why != moved.why


def test_severity_tells_what_can_not_be_from_what_may_be_rounded():
    (wrong,) = check_text("On compte 24 326 adhérents en 2023, contre 23 292 en 2022, soit une augmentation de 9,35 %.")
    (rounded,) = check_text("On compte 568 979 prêts en 2023, contre 526 027 en 2022, soit une augmentation de 8,20 %.")
    assert (wrong.severity, rounded.severity) == ("error", "notice")
