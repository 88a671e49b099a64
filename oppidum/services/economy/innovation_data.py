"""Needs, solutions and scores of a rehearsed year on the innovation platform: they agree with each other, as invented ones rarely do."""

from collections.abc import Mapping
from random import Random
from typing import Any

# A need in a sentence: its theme, the problem, where a solution can be tried, the budget of a trial in cents.
NEEDS = {
    "Compter les vélos la nuit, sans caméra": (
        "mobility", "Nos compteurs ne voient rien sans lumière et nos comptages manuels s’arrêtent à 20 heures. Nous cherchons un capteur discret.",
        "Piste cyclable du bord de mer, trois points de passage.", 2_500_000),
    "Repérer les fuites d’eau avant la rupture": (
        "water", "Un réseau de 900 km, dix ruptures par mois. L’écoute acoustique est lente : nous voulons un signal avant la casse.",
        "Deux secteurs sectorisés, 40 km de conduites.", 4_000_000),
    "Donner une seconde vie aux voiles de bateau": (
        "waste", "Chaque hiver, les ports jettent huit tonnes de voiles. Aucune filière locale ne les reprend.",
        "Trois ports de plaisance et un atelier d’insertion.", 1_200_000),
    "Rafraîchir les arrêts de bus en plein soleil": (
        "energy", "Au-delà de 35 °C, les abris deviennent des serres. Pas de place pour des arbres, pas de réseau d’eau partout.",
        "Douze arrêts de la ligne 21.", 3_500_000),
    "Prévenir les chutes des aînés à domicile": (
        "health", "Une chute sur deux n’est signalée qu’après une nuit au sol. Les bracelets restent dans le tiroir.",
        "Une résidence autonomie de 80 logements.", 2_000_000),
    "Lire les plaintes pour bruit d’un même lieu ensemble": (
        "digital", "Les signalements arrivent par quatre voies. Les équipes ne voient pas qu’il s’agit du même lieu.",
        "Le centre-ville, données d’une année.", 1_500_000),
    "Remplir les camions du dernier kilomètre": (
        "mobility", "Les camionnettes entrent à moitié vides dans l’hypercentre. Les commerçants veulent une livraison par jour.",
        "Un parc relais et vingt commerces.", 5_000_000),
    "Mesurer la posidonie depuis la surface": (
        "water", "Les plongées coûtent cher et couvrent deux sites par an. Nous voulons suivre dix sites chaque saison.",
        "Les herbiers du large, deux zones de mouillage.", 6_000_000),
    "Trier les biodéchets des marchés sans odeur": (
        "waste", "Quinze marchés, six tonnes par semaine, et des riverains qui refusent les bacs l’été.",
        "Deux marchés du matin.", 1_800_000),
    "Prévoir la production solaire d’un quartier": (
        "energy", "Quarante toits équipés, une seule batterie partagée. Elle se vide trop tôt les jours de brise.",
        "L’écoquartier et son local technique.", 2_200_000),
}  # fmt: skip

SOLUTIONS = {
    "idea": (
        "Nous partons de vos données d’une année et construisons une maquette en huit semaines, avec deux de vos agents. Rien n’est encore éprouvé.",
        "Notre école propose une étude et un premier montage avec ses étudiants ; le résultat est libre de droits.",
    ),
    "prototype": (
        "Trois exemplaires fonctionnent en atelier depuis janvier. Nous les posons sur votre terrain et mesurons avant et après, pendant douze semaines.",
        "Le prototype tourne sur un jeu d’essai : 82 % de réussite. Nous l’adaptons à votre terrain et livrons les mesures chaque mois.",
    ),
    "tried": (
        "Éprouvé pendant un an dans deux villes de même taille. Pose en trois jours, sans travaux ; nous formons vos équipes et restons joignables.",
        "Un essai de six mois à Toulon a réduit les interventions d’un tiers. Rapport joint ; même matériel, mêmes réglages chez vous.",
    ),
    "sold": (
        "En service dans onze collectivités. Location sans engagement pendant l’essai, données ouvertes, reprise du matériel si vous ne poursuivez pas.",
        "Produit au catalogue, livré en deux semaines. Nous chiffrons l’essai et l’extension, et vous parlez à trois de nos clients.",
    ),
}  # fmt: skip
# What the jury makes of it, out of 20, before each juror's own view.
EXPECTED = {"idea": 8, "prototype": 11, "tried": 13, "sold": 12}
JURORS = ("Direction de l’innovation", "Service qui a le besoin", "Pôle de compétitivité", "Habitante du quartier", "Agence de l’eau", "Université")
WHY = (
    (8, ("Loin du besoin décrit.", "Trop peu d’éléments pour juger.", "Le terrain proposé n’est pas pris en compte.")),
    (12, ("Bonne idée, calendrier à préciser.", "Répond à un critère sur deux.", "Le prix de l’essai reste à justifier.")),
    (16, ("Répond au besoin, références vérifiables.", "Essai bien pensé, mesures avant et après.", "Équipe solide, coût maîtrisé.")),
    (21, ("Répond à tous les critères.", "La meilleure réponse reçue : claire, mesurable, prête.")),
)  # fmt: skip


def agreeing_need(answers: dict[str, Any]) -> dict[str, Any]:
    """A drawn need whose theme, problem, ground and budget are those of its title."""
    theme, need, ground, budget = NEEDS[answers["title"]]
    return answers | {"theme": theme, "need": need, "ground": ground, "budget": budget}


def agreeing_solution(answers: dict[str, Any]) -> dict[str, Any]:
    """A drawn answer whose text is one that a solution of that maturity has."""
    known = SOLUTIONS[answers["maturity"]]
    hundreds = max(1, round(answers["price"] / 10_000))
    return answers | {"price": hundreds * 10_000, "solution": known[hundreds % len(known)]}


def agreeing_scores(action: str, said: dict[str, Any], known: Mapping[str, Any], rng: Random) -> dict[str, Any]:
    """Scores of three to six jurors who look at the same answer: around what its maturity lets expect and its own worth, each a little apart."""
    if action != "score":
        return said
    worth = EXPECTED.get(known.get("maturity"), 11) + rng.gauss(0, 2.5)
    marks = [{"juror": juror, **_mark(worth + rng.gauss(0, 1.3), rng)} for juror in JURORS[: rng.randint(3, len(JURORS))]]
    return said | {"marks": marks, "score": sum(row["mark"] for row in marks) / len(marks)}


def _mark(mark: float, rng: Random) -> dict[str, Any]:
    whole = min(20, max(0, round(mark)))
    return {"mark": whole, "why": rng.choice(next(texts for below, texts in WHY if whole < below))}
