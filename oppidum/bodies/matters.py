"""The classification of acts for the prefect (nomenclature ACTES), two levels: the code of each matter and its name in the national
open format, which is French by definition: "commande publique/marchés publics"."""

DEFAULT = "9.1"

_FIRST = {
    1: "commande publique",
    2: "urbanisme",
    3: "domaine et patrimoine",
    4: "fonction publique",
    5: "institutions et vie politique",
    6: "libertés publiques et pouvoirs de police",
    7: "finances locales",
    8: "domaines de compétences par thèmes",
    9: "autres domaines de compétences",
}
_SECOND = {
    1: (
        "marchés publics",
        "délégation de service public",
        "conventions de mandat",
        "autres contrats",
        "transactions protocole d'accord transactionnel",
        "actes relatifs à la maîtrise d'oeuvre",
        "actes spéciaux et divers",
    ),
    2: ("documents d'urbanisme", "actes relatifs au droit d'occupation ou d'utilisation des sols", "droit de préemption urbain"),
    3: (
        "acquisitions",
        "aliénations",
        "locations",
        "limites territoriales",
        "autres actes de gestion du domaine public",
        "autres actes de gestion du domaine privé",
    ),
    4: (
        "personnel titulaires et stagiaires de la f.p.t.",
        "personnel contractuel",
        "fonction publique hospitalière",
        "autres catégories de personnels",
        "régime indemnitaire",
    ),
    5: (
        "élection exécutif",
        "fonctionnement des assemblées",
        "désignation de représentants",
        "délégation de fonctions",
        "délégation de signature",
        "exercice des mandats locaux",
        "intercommunalité",
        "décision d'ester en justice",
    ),
    6: (
        "police municipale",
        "pouvoirs du président du conseil général",
        "pouvoirs du président du conseil régional",
        "autres actes réglementaires",
        "actes pris au nom de l'etat et soumis au contrôle hiérarchique",
    ),
    7: (
        "décisions budgétaires",
        "fiscalité",
        "emprunts",
        "interventions économiques",
        "subventions",
        "participations",
        "avances",
        "fonds de concours",
        "prise de participation sem etc.",
        "divers",
    ),
    8: (
        "enseignement",
        "aide sociale",
        "action sociale",
        "aménagement du territoire",
        "politique de la ville habitat logement",
        "emploi formation professionnelle",
        "transports",
        "environnement",
        "culture",
    ),
    9: (
        "autres domaines de compétences des communes",
        "autres domaines de compétences des départements",
        "autres domaines de compétences des régions",
        "voeux et motions",
    ),
}
MATTERS = {
    f"{first}.{number}": f"{_FIRST[first]}/{name}" for first, names in _SECOND.items() for number, name in enumerate(names, start=1)
}


def matter_name(code: str) -> str:
    """The name of a matter; an unknown code is named as "other matters"."""
    return MATTERS.get(code, MATTERS[DEFAULT])
