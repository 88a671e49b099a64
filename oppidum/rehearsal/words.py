"""What residents write: sample sentences by category, in French, for rehearsals only."""

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
    "cleanliness.dirty_street": (
        "Le trottoir est jonché de détritus depuis plusieurs jours.",
        "La rue n’a pas été balayée depuis une semaine.",
    ),
    "cleanliness.litter_bin": ("Corbeille pleine, les sacs sont posés à côté.", "La corbeille du square déborde."),
    "cleanliness.graffiti": ("Tags sur la façade de l’école.", "Grand graffiti sur le mur du parking."),
    "cleanliness.dog_fouling": ("Déjections canines tout le long du trottoir.", "Impossible de passer sans marcher dedans."),
    "cleanliness.syringes": ("Seringue au pied du banc, près du toboggan.",),
    "collection.missed": ("Les bacs n’ont pas été relevés ce matin.", "Le camion n’est pas passé dans notre impasse."),
    "collection.bulky": ("Encombrants prévus hier, toujours sur le trottoir.",),
    "collection.container": ("Notre bac jaune est cassé, le couvercle ne ferme plus.", "Une roue de notre bac est partie."),
    "collection.drop_off": ("Conteneur à verre plein, les bouteilles sont par terre.", "La colonne à papier est bloquée."),
    "collection.recycling_centre": ("La déchèterie était fermée à l’heure affichée.",),
    "dumping.objects": (
        "Un matelas et un frigo abandonnés au coin de la rue.",
        "Un tas d’objets grossit chaque jour devant le local.",
    ),
    "dumping.rubble": ("Gravats déversés dans le chemin cette nuit.", "Sacs de plâtre au bord de la piste."),
    "dumping.hazardous": ("Bidons et batteries jetés au bord de la route.",),
    "roads.pothole": ("Gros trou sur la chaussée, dangereux pour les deux-roues.", "Nid-de-poule profond au milieu de la voie."),
    "roads.pavement": ("Dalle de trottoir descellée, ma mère a failli tomber.", "Racines qui soulèvent le trottoir."),
    "roads.collapse": ("La chaussée s’affaisse le long du caniveau.",),
    "roads.manhole": ("La plaque bascule au passage des voitures.",),
    "roads.obstacle": ("Une branche barre la piste cyclable.", "De la terre a coulé sur toute la route."),
    "roads.markings": ("Le passage piéton est presque effacé.",),
    "lighting.traffic_light": ("Feu tricolore resté à l’orange clignotant.", "Le feu piéton ne passe plus au vert."),
    "lighting.street_lamp": ("Le lampadaire devant chez nous est éteint depuis lundi.", "Toute la rue est dans le noir."),
    "lighting.wires": ("Un câble pend le long du poteau.",),
    "lighting.sign": ("Panneau de stop couché par le vent.", "Le panneau du nom de rue a disparu."),
    "parking.abandoned_vehicle": ("Voiture immobile depuis trois semaines, vitre cassée.",),
    "parking.blocking": ("Camionnette garée sur le passage piéton tous les soirs.",),
    "parking.scooter": ("Trottinettes en travers du trottoir.",),
    "green.dangerous_tree": ("Branche cassée qui menace de tomber.",),
    "green.overgrown": ("Les herbes hautes débordent sur le trottoir.",),
    "green.playground": ("Balançoire abîmée au jardin d’enfants.",),
    "green.upkeep": ("Le massif de l’entrée est à l’abandon.",),
    "furniture.object": ("Banc cassé, des vis dépassent.", "Potelet arraché devant l’école."),
    "furniture.shelter": ("Vitre de l’abribus brisée.",),
    "furniture.toilets": ("Les toilettes publiques restent fermées.",),
    "water.leak": ("De l’eau coule sur la chaussée en continu.",),
    "water.supply": ("Pression très faible depuis hier soir.",),
    "water.hydrant": ("La bouche d’incendie fuit.",),
    "sewers.drain": ("Avaloir bouché, la rue est inondée à chaque pluie.",),
    "sewers.overflow": ("Les eaux usées remontent par la plaque.",),
    "sewers.smell": ("Mauvaise odeur d’égout depuis deux jours.",),
    "noise.neighbours": ("Musique très forte chaque nuit jusqu’à trois heures.",),
    "noise.business": ("Livraisons bruyantes à cinq heures du matin.",),
    "animals.rats": ("Rats autour des conteneurs, en plein jour.",),
    "animals.insects": ("Nid de frelons dans le platane.",),
    "animals.stray": ("Un chien sans collier erre près de l’école.",),
    "animals.dead": ("Chat mort sur le bord de la route.",),
    "works.unsafe": ("Barrières de chantier renversées sur le trottoir.",),
    "works.blocked": ("Le passage provisoire est impossible avec une poussette.",),
    "coast.beach": ("Douche de plage cassée.", "Galets et déchets sur toute la plage après le coup de mer."),
    "coast.pollution": ("Traînée d’huile dans le port.",),
    "coast.harbour": ("Le ponton bouge, une lame est cassée.",),
    "other.other": (
        "Je ne sais pas à qui m’adresser : la fontaine ne s’arrête plus.",
        "Un banc de la place gêne le passage des fauteuils.",
    ),
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


def words_for(category: str, rng: random.Random) -> str:
    """A sentence or two about the category ("group.name"), as a resident of the demonstration writes them."""
    return rng.choice(_SENTENCES.get(category, _SENTENCES["other.other"])) + rng.choice(_MORE)
