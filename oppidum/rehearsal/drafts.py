"""What a metropolitan council deliberates on, invented for rehearsals: title, directorate, matter, report, decision."""

from typing import NamedTuple


class Draft(NamedTuple):
    """A draft of an act."""

    title: str
    directorate: str
    matter: str
    note: str
    decision: str


def _about(title: str, directorate: str, matter: str, why: str) -> Draft:
    return Draft(title, directorate, matter, why, f"Est approuvé(e) : {title[0].lower()}{title[1:]}.")


DELIBERATIONS = (
    _about(
        "Débat d’orientation budgétaire 2027",
        "Finances",
        "7.1",
        "Les orientations sont débattues dans les dix semaines qui précèdent le vote du budget. Les recettes de fonctionnement progressent de 1,4 %.",
    ),
    _about(
        "Plan vélo 2027-2032",
        "Mobilité",
        "8.7",
        "Le plan prévoit 120 kilomètres de pistes sur six ans, pour 96 millions d’euros, dont la moitié subventionnée.",
    ),
    _about(
        "Tarifs 2027 de la redevance spéciale",
        "Cadre de vie et eau",
        "7.10",
        "Le tarif au litre suit le coût réel de la collecte et du traitement. Il évolue de 2 %.",
    ),
    _about(
        "Règlement de collecte des déchets ménagers",
        "Cadre de vie et eau",
        "8.8",
        "Le règlement est mis à jour pour le tri à la source des biodéchets.",
    ),
    _about(
        "Périmètres du permis de louer : extension à deux quartiers",
        "Habitat",
        "8.5",
        "Neuf périmètres existent. L’extension entre en vigueur six mois après la publication de la délibération.",
    ),
    _about(
        "Convention avec l’établissement public foncier : secteur de la gare",
        "Aménagement",
        "2.3",
        "La convention porte sur quatre hectares et vingt millions d’euros d’acquisitions.",
    ),
    _about(
        "Acquisition d’un terrain pour le bassin de rétention des Aygalades",
        "Cadre de vie et eau",
        "3.1",
        "Le terrain de 6 200 m² est nécessaire au bassin. Le domaine l’estime à 410 000 euros.",
    ),
    _about(
        "Compte rendu des décisions prises par délégation",
        "Secrétariat général",
        "5.2",
        "Le président rend compte à chaque séance des décisions prises par délégation.",
    ),
    _about(
        "Programme local de prévention des déchets 2027-2033",
        "Cadre de vie et eau",
        "8.8",
        "Le programme vise une baisse de 15 % des déchets par habitant en six ans.",
    ),
    _about(
        "Subventions aux associations sportives, première répartition",
        "Culture et sport",
        "7.5",
        "Quarante-deux associations ont présenté un projet. La commission des subventions a donné un avis favorable.",
    ),
    _about("Adhésion au réseau des villes cyclables", "Mobilité", "8.7", "L’adhésion coûte 4 800 euros par an."),
    _about(
        "Révision du plan climat-air-énergie",
        "Transition écologique",
        "8.8",
        "Le bilan à mi-parcours montre une baisse des émissions de 9 %. La révision porte sur la mobilité et le bâtiment.",
    ),
    _about(
        "Création de douze emplois de gardes du littoral",
        "Ressources humaines",
        "4.1",
        "Les gardes assurent la surveillance des massifs et des plages de mai à octobre.",
    ),
    _about(
        "Garantie d’emprunt : 64 logements sociaux à Aubagne",
        "Habitat",
        "7.3",
        "La garantie porte sur la moitié d’un emprunt de 8,2 millions d’euros.",
    ),
    _about(
        "Règlement intérieur des ports de plaisance",
        "Littoral et ports",
        "3.5",
        "Le règlement précise les listes d’attente et les changements de bateau.",
    ),
    _about(
        "Schéma directeur des eaux pluviales",
        "Cadre de vie et eau",
        "8.8",
        "Le schéma localise trente-cinq points d’inondation et programme les travaux sur dix ans.",
    ),
    _about(
        "Désignation des représentants au syndicat mixte du Grand site",
        "Secrétariat général",
        "5.3",
        "Trois représentants sont à désigner.",
    ),
    _about(
        "Marché global de performance : éclairage public du pays d’Aix",
        "Mobilité et espace public",
        "1.1",
        "Le marché remplace 14 000 points lumineux en huit ans et réduit la consommation de 58 %.",
    ),
    _about(
        "Tarification sociale des transports",
        "Mobilité",
        "8.7",
        "Le tarif suit le quotient familial. Il concerne 96 000 personnes.",
    ),
    _about("Protocole d’accord sur le logement étudiant", "Habitat", "8.5", "Le protocole prévoit 2 500 logements en cinq ans."),
    _about(
        "Convention de gestion de la déchèterie de la Penne",
        "Cadre de vie et eau",
        "8.8",
        "La commune met le terrain à disposition ; la Métropole exploite.",
    ),
    _about("Taxe de séjour : tarifs 2028", "Finances", "7.2", "Les tarifs sont relevés dans la limite de l’inflation."),
    _about(
        "Vœu relatif à la ligne ferroviaire de la côte Bleue",
        "Mobilité",
        "9.4",
        "Le conseil demande le maintien des dessertes du matin.",
    ),
    _about(
        "Avenant à la délégation de service public de l’eau potable",
        "Cadre de vie et eau",
        "1.2",
        "L’avenant intègre la télérelève de 90 000 compteurs.",
    ),
)
DECISIONS = (
    _about(
        "Marché de fourniture de bacs roulants",
        "Cadre de vie et eau",
        "1.1",
        "Marché à procédure adaptée, 68 000 euros hors taxes.",
    ),
    _about("Louage d’un local pour la mission locale", "Patrimoine", "3.3", "Bail de trois ans, 1 200 euros par mois."),
    _about("Action en justice contre un dépôt sauvage", "Affaires juridiques", "5.8", "Constitution de partie civile."),
    _about(
        "Réalisation d’un emprunt de dix millions d’euros",
        "Finances",
        "7.3",
        "Emprunt sur vingt ans à taux fixe, inscrit au budget.",
    ),
    _about("Marché d’entretien des avaloirs", "Cadre de vie et eau", "1.1", "Marché de quatre ans, 39 000 euros par an."),
    _about(
        "Convention d’occupation d’une aire de covoiturage", "Mobilité", "3.5", "Convention gratuite de cinq ans avec la commune."
    ),
    _about("Indemnité de sinistre", "Affaires juridiques", "7.10", "Acceptation d’une indemnité de 12 400 euros."),
)
ORDERS = (
    _about(
        "Délégation de signature au directeur de la mobilité",
        "Secrétariat général",
        "5.5",
        "La délégation porte sur les actes courants, jusqu’à 25 000 euros.",
    ),
    _about("Règlement de la collecte sur le Vieux-Port", "Cadre de vie et eau", "6.4", "Les bacs sont sortis après 19 heures."),
    _about(
        "Délégation de fonction à la troisième vice-présidente",
        "Secrétariat général",
        "5.4",
        "La délégation porte sur le logement.",
    ),
    _about("Ouverture de l’enquête publique sur le plan local d’urbanisme", "Aménagement", "2.1", "L’enquête dure trente jours."),
)
