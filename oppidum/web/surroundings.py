"""The land around the territory, so that a map tells the sea from the neighbours."""

import json
from functools import lru_cache

from oppidum.core.sql import rows

# Coarse (about 300 m) and a little swollen, since the communes are drawn over it.
_LAND_AROUND = """
    with frame as (
        select st_expand(st_extent(outline)::geometry, 1.2) as box from territory_commune where intercommunality_id is not null
    )
    select st_asgeojson(st_simplifypreservetopology(st_buffer(st_union(outline), 0.002), 0.003), 4)
    from territory_commune, frame where intercommunality_id is null and outline && box
"""


@lru_cache(maxsize=2)
def land_around(version: str | None) -> list[dict]:
    """One feature of kind "around", or none; kept for a version of the territory."""
    [(geometry,)] = rows(_LAND_AROUND)
    if not geometry:
        return []
    return [{"type": "Feature", "properties": {"kind": "around"}, "geometry": json.loads(geometry)}]
