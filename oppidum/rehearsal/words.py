"""What residents write: sample sentences by group of categories, in French, for rehearsals only."""

import random

FIRST_NAMES = (
    "Camille",
    "Louise",
    "Karim",
    "Manon",
    "Yanis",
    "Chloé",
    "Nassim",
    "Léa",
    "Antoine",
    "Fatou",
    "Hugo",
    "Sarah",
    "Michel",
    "Monique",
)
LAST_NAMES = ("Martin", "Benhaddou", "Giraud", "Blanc", "Nguyen", "Rossi", "Roux", "Diallo", "Fabre", "Imbert", "Garcia", "Vidal")

_SENTENCES = {
    "cleanliness": (
        "Le trottoir est jonché de détritus depuis plusieurs jours.",
        "Corbeille pleine, les sacs sont posés à côté.",
        "Tags sur la façade de l’école.",
        "Déjections canines tout le long du trottoir.",
        "La rue n’a pas été balayée depuis une semaine.",
    ),
    "collection": (
        "Les bacs n’ont pas été relevés ce matin.",
        "Conteneur à verre plein, les bouteilles sont par terre.",
        "Notre bac jaune est cassé, le couvercle ne ferme plus.",
        "Encombrants prévus hier, toujours sur le trottoir.",
    ),
    "dumping": (
        "Un matelas et un frigo abandonnés au coin de la rue.",
        "Gravats déversés dans le chemin cette nuit.",
        "Un tas d’objets grossit chaque jour devant le local.",
        "Pneus et bidons jetés au bord de la route.",
    ),
    "roads": (
        "Gros trou sur la chaussée, dangereux pour les deux-roues.",
        "Dalle de trottoir descellée, ma mère a failli tomber.",
        "Le passage piéton est presque effacé.",
        "Une branche barre la piste cyclable.",
    ),
    "lighting": (
        "Le lampadaire devant chez nous est éteint depuis lundi.",
        "Feu tricolore resté à l’orange clignotant.",
        "Toute la rue est dans le noir.",
        "Panneau de stop couché par le vent.",
    ),
    "parking": (
        "Voiture sans plaque immobile depuis trois semaines.",
        "Camionnette garée sur le passage piéton tous les soirs.",
        "Trottinettes en travers du trottoir.",
    ),
    "green": (
        "Branche cassée qui menace de tomber.",
        "Les herbes hautes débordent sur le trottoir.",
        "Balançoire abîmée au jardin d’enfants.",
    ),
    "furniture": ("Banc cassé, des vis dépassent.", "Vitre de l’abribus brisée.", "Potelet arraché devant l’école."),
    "water": (
        "De l’eau coule sur la chaussée en continu.",
        "Pression très faible depuis hier soir.",
        "Bouche d’incendie qui fuit.",
    ),
    "sewers": (
        "Avaloir bouché, la rue est inondée à chaque pluie.",
        "Mauvaise odeur d’égout depuis deux jours.",
        "Plaque d’égout qui bascule au passage.",
    ),
    "noise": ("Musique très forte chaque nuit jusqu’à trois heures.", "Livraisons bruyantes à cinq heures du matin."),
    "animals": (
        "Rats autour des conteneurs, en plein jour.",
        "Chat mort sur le bord de la route.",
        "Nid de frelons dans le platane.",
    ),
    "coast": (
        "Galets et déchets sur toute la plage après le coup de mer.",
        "Traînée d’huile dans le port.",
        "Douche de plage cassée.",
    ),
    "works": ("Barrières de chantier renversées sur le trottoir.", "Le passage provisoire est impossible avec une poussette."),
    "other": ("Je ne sais pas à qui m’adresser : un câble pend le long du mur.", "Odeur étrange près du terrain vague."),
}
_MORE = (
    "",
    "",
    "",
    " C’est la deuxième fois que je le signale.",
    " Merci de faire passer une équipe.",
    " C’est devant l’arrêt de bus.",
    " Il y a une école juste à côté.",
    " Cela dure depuis dimanche.",
)


def words_for(group: str, rng: random.Random) -> str:
    """A sentence or two, as a resident of the demonstration writes them."""
    return rng.choice(_SENTENCES.get(group, _SENTENCES["other"])) + rng.choice(_MORE)
