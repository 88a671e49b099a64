"""What people and officers write into the questions of a form: plausible French, by the question's name, for rehearsals only."""

from random import Random

from oppidum.services.economy.innovation_data import NEEDS

PHRASES = {
    "title": (
        "Rénovation de la halle des sports",
        "Extension de la ligne de bus 12",
        "Réfection du quai Nord",
        "Création d’un parc relais",
    ),
    "film": ("La Digue", "Mistral noir", "Les Quais", "Retour à l’Estaque", "Onze heures au port", "Le Cabanon"),
    "synopsis": (
        "Deux pêcheurs retrouvent un carnet dans une barque et remontent la piste de son auteur.",
        "Une capitaine de la brigade fluviale enquête sur un cargo qui n’aurait jamais dû accoster.",
        "Un groupe danse au lever du jour, sur une terrasse et dans une rue en pente.",
    ),
    "looked_for": (
        "Une rue des années cinquante, sans enseigne moderne, où l’on peut garer deux voitures anciennes.",
        "Une plage que l’on atteint à pied, sans route visible, pour une journée.",
        "Un hôpital ou une école désaffectés, avec de longs couloirs.",
    ),
    "organiser": ("Ville d’Aubagne", "Office de tourisme", "Comité des fêtes", "Club d’athlétisme du littoral"),
    "season": ("Au printemps, trois jours.", "En septembre, une semaine au plus."),
    "drone_operator": ("FRA3k7m2x9q4t8vp",),
    "whom": ("Parc national des Calanques, sur convention", "Grand port maritime, contre redevance", "Mairie, sur simple demande"),
    "fits_because": ("Aucune enseigne moderne", "Accès facile pour les camions", "Calme le matin"),
    "conditions": (
        "Laisser passer les secours et les riverains. Pas de projecteur vers les façades après 22 heures. Rendre la place propre.",
    ),
    "weighed": ("Le chantier du quai laisse libre le côté mer ces jours-là.",),
    "support": ("Salle de réunion et loges à l’hôtel de la métropole, deux agents pour le repérage.",),
    "found": ("Peinture au sol et adhésifs restés sur la chaussée.",),
    "name": ("Résidence des Pins", "Maison des associations", "École Jean-Moulin"),
    "trainee": ("Camille Martin", "Karim Giraud", "Manon Rossi", "Yanis Diallo", "Léa Fabre", "Antoine Vidal"),
    "first_name": ("Camille", "Karim", "Manon", "Yanis", "Léa", "Antoine"),
    "last_name": ("Martin", "Giraud", "Rossi", "Diallo", "Fabre", "Vidal"),
    "candidate_name": ("Atelier du Vieux Mât", "Voiles et Vents SARL", "La Cantine du Quai"),
    "school_name": ("École des Oliviers", "Collège Marcel-Pagnol", "Lycée de la Méditerranée"),
    "boat_name": ("Mistral", "La Rascasse", "Belle de Mai", "Calanque II"),
    "registration": ("MA 418 207", "MA 932 115", "FRA 3321"),
    "vessel": ("Vedette blanche, MA 552 031", "Pointu bleu, sans immatriculation visible"),
    "where": ("Quai d’honneur, local 3", "Terre-plein de la capitainerie", "Cale de halage, côté est"),
    "details": (
        "Devant le portail, côté rue.",
        "Au pied de l’immeuble, près des bacs.",
        "Au bord du trottoir, sans gêner le passage.",
    ),
    "criterion": ("Qualité du projet", "Redevance proposée", "Respect du site et de l’environnement", "Solidité financière"),
    "section": ("AB", "AK", "BX", "CD"),
    "description": (
        "Construction d’une maison de plain-pied avec garage, enduit clair et toiture en tuiles canal.",
        "Pose d’une clôture de 1,60 m en limite de rue et d’un portail coulissant.",
        "Extension de 24 m² côté jardin, dans le prolongement du salon.",
        "Remplacement des menuiseries et réfection de la façade.",
    ),
    "assessment": (
        "Retard né d’une perte d’emploi ; un contrat a repris, le foyer peut payer le loyer courant.",
        "Famille monoparentale, ressources stables ; l’aide solde la dette et évite la coupure.",
        "Jeune suivi par la mission locale, entrée en formation le mois prochain.",
    ),
    "adviser": ("Mme Garnier, maison de la solidarité", "Mission locale, antenne centre"),
    "contract": ("Bail 2021-184", "Contrat 5 402 118"),
    "prescriptions": (
        "Les menuiseries sont en bois peint, sans volet roulant en saillie.",
        "Les eaux pluviales sont infiltrées sur le terrain.",
    ),
    "rules_told": (
        "Zone UB du plan local d’urbanisme ; droit de préemption urbain ; taxe d’aménagement ; terrain desservi par l’eau et l’assainissement.",
    ),
    "stop": ("Place de la Mairie", "Les Oliviers", "Gare routière"),
    "centre": ("Déchèterie de la Valentine", "Déchèterie des Cadeneaux"),
    "company": ("Provence Travaux publics", "Méditerranée Réseaux", "Isolation du Midi", "Chauffage Vidal"),
    "reason_time": ("Entreprise en liquidation, une autre reprend le chantier.",),
    "register": ("AB1 234 567", "AC7 021 334"),
    "funder": ("Département des Bouches-du-Rhône", "Région Sud", "Ville de Marseille", "Fonds européen FEDER"),
    "from_whom": ("Département des Bouches-du-Rhône", "Ville d’Aubagne", "Fondation locale"),
    "what": ("Reprise de l’électricité", "Isolation des combles", "Réparation du garde-corps"),
    "project": (
        "Un atelier de réparation de voiles, ouvert toute l’année, avec deux emplois.",
        "Une location de kayaks et de voiliers légers, avec un accueil des écoles.",
        "Un petit restaurant de poissons, approvisionné par les pêcheurs du port.",
    ),
    "summary": (
        "Des ateliers ouverts à tous, une fois par semaine, dans trois quartiers.",
        "Un festival de deux jours en plein air, gratuit, avec les écoles de la commune.",
        "Un accompagnement des jeunes vers l’emploi, avec des entreprises du bassin.",
    ),
    "story": (
        "Un courriel contenant une liste d’usagers est parti au mauvais destinataire.",
        "Un ordinateur portable a été volé dans un véhicule.",
    ),
    "teller": ("Standard de la direction, poste 214",),
    "published_at": ("Site internet de la métropole et affichage à la capitainerie", "Site internet et journal d’annonces légales"),
    "visit_report": ("Logement visité de jour, en présence du bailleur. Murs secs, installation électrique à reprendre.",),
    "wanted": ("Un justificatif de domicile de moins de trois mois, pour vérifier l’adresse.",),
    "measures": ("Accès coupé, mots de passe changés, destinataires prévenus.",),
    "consequences": ("Risque d’hameçonnage pour les personnes concernées.",),
    "what_to_do": ("Se méfier des courriels inattendus et changer de mot de passe.",),
    "what_was_done": ("Le secteur a été nettoyé et une rubalise posée.",),
    "answer_text": ("Les données demandées vous sont remises en copie, sous forme lisible.",),
    "real_use": ("Logements sociaux et commerce en rez-de-chaussée",),
    "reached_says": ("Le gros œuvre est achevé.",),
    "progress": ("Les études sont terminées, les travaux commencent au printemps.",),
    "moved_because": ("Livraison de matériaux retardée.",),
    "budget_because": ("Hausse du prix des matériaux.",),
    "why": ("Le dossier répond bien au critère.", "Proposition claire et chiffrée.", "Des points restent à préciser."),
    "note": ("Dossier relu, rien à signaler.", "Demandeur joint par téléphone.", "À revoir avec la cheffe de service."),
    "message": (
        "Votre dossier a bien été examiné. Nous restons à votre disposition.",
        "Il nous manque une précision pour continuer : merci de nous répondre.",
    ),
    "grounds": (
        "Le projet correspond aux critères publiés et respecte le site.",
        "Les conditions prévues par le règlement sont réunies.",
    ),
    "reasons": (
        "Les conditions prévues par le règlement sont réunies.",
        "Le projet présenté répond le mieux aux critères annoncés.",
    ),
    "refusal": ("Les conditions prévues par le règlement ne sont pas réunies.",),
    "dwelling_in_building": ("Bâtiment B, 2ᵉ étage, porte droite", "Escalier 3, rez-de-chaussée"),
    "address": ("12 rue des Lices, 2ᵉ étage",),
    "lead": ("Mme Giraud, 04 91 00 00 00",),
    "directorate": ("Direction de la voirie", "Direction de l’habitat"),
    "delegation": ("Délibération du conseil du 17 juillet 2020",),
    "budget_name": ("Budget principal", "Budget annexe des ports"),
    "budget_year": ("2026", "2027"),
}
OTHERWISE = ("Voir les pièces du dossier.", "Précisé lors de l’entretien.", "Rien à ajouter.")


# Where a name means something else in one service.
OF_SERVICE = {
    ("housing-solidarity-fund", "what"): (
        "Loyer d’octobre",
        "Loyer et charges de novembre",
        "Dépôt de garantie",
        "Facture d’électricité de l’hiver",
        "Facture d’eau",
        "Premier loyer",
    ),
    ("housing-solidarity-fund", "remitted_why"): (
        "Perte d’emploi en mars, revenus du foyer divisés par deux.",
        "Longue maladie, plus de salaire depuis l’été.",
    ),
    ("innovation-call", "title"): tuple(NEEDS),
    ("innovation-call", "criterion"): ("Réponse au besoin", "Maturité et références", "Prix de l’essai", "Sobriété"),
    ("innovation-call", "meeting_where"): (
        "À 10 heures, hôtel de la métropole, salle 4",
        "À 14 h 30, dans les locaux de qui a le besoin",
    ),
    ("innovation-call", "learnt"): (
        "L’essai a tenu ses promesses sur deux points de mesure sur trois ; le troisième manquait de réseau.",
        "La solution est utile, mais demande un agent une demi-journée par semaine.",
    ),
    ("innovation-call", "reasons"): ("Aucune réponse n’atteint la note demandée ; le besoin sera précisé et publié de nouveau.",),
    ("innovation-answer", "reasons"): (
        "Le jury a mieux noté trois autres réponses, plus avancées et moins chères à essayer.",
        "La solution n’a pas encore été éprouvée sur un terrain comparable.",
    ),
}


def phrase_for(service: str, rng: Random, name: str, longest: int) -> str:
    """A text for the question `name` of a service, as somebody of the demonstration writes it, of `longest` signs at most."""
    known = OF_SERVICE.get((service, name)) or PHRASES.get(name, OTHERWISE)
    fitting = [text for text in known if len(text) <= longest]
    return rng.choice(fitting) if fitting else OTHERWISE[-1][:longest]
