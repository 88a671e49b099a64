"""Mayors of a demonstration: invented, so that papers in a commune's name can be signed. The small communes gave their power away."""

from oppidum.publishing.models import TownHall
from oppidum.rehearsal.replay.streams import stream
from oppidum.rehearsal.words import FIRST_NAMES, LAST_NAMES
from oppidum.territory.models import Commune

SEED = 7
# Code de l'urbanisme, art. L422-3: any commune may; the small ones do, which have no planning office.
SMALL = 3_000
POWER = "la délibération du conseil municipal du 12 juin 2026, confirmant la délégation de compétence de la commune"
# Land outside the Bouches-du-Rhône goes to its own court (CJA, art. R221-3 and R312-7).
COURTS = {
    "83": "Tribunal administratif de Toulon\n5 rue Jean-Racine\n83000 Toulon",
    "84": "Tribunal administratif de Nîmes\n16 avenue Feuchères\n30000 Nîmes",
}


def name_mayors() -> int:
    """Name a mayor for each commune that has none; how many were named."""
    known = set(TownHall.objects.values_list("commune_id", flat=True))
    members = Commune.objects.members().defer("outline", "centre").exclude(pk__in=known)
    return len(TownHall.objects.bulk_create([_head(commune) for commune in members]))


def _head(commune: Commune) -> TownHall:
    rng = stream(SEED, "mayor", int(commune.pk, 36))
    return TownHall(
        commune=commune,
        mayor=f"{rng.choice(FIRST_NAMES)} {rng.choice(LAST_NAMES)}",
        quality="Le maire",
        court=COURTS.get(commune.pk[:2], ""),
        power=POWER if commune.population < SMALL else "",
    )
