"""What a report can be about: groups, categories, their questions, promises and hard stops. One file a group.

A code is "group.name", in English, and never changes: cases, remits and figures keep it. Texts may change.
`remit` says whose task it is where a metropolis stands beside its communes. The mayor keeps the police powers
(noise, parking, stray animals, public health: CGCT, art. L2212-2, L2213-1 and following) and parks and
playgrounds. The metropolis has cleanliness, collection, the roads in its care with their lighting, water,
sewers and stormwater (CGCT, art. L5217-2). Where the share-out differs, change the teams' remits, not this.
"""

from oppidum.services.living_environment.report_categories import (
    animals,
    cleanliness,
    coast,
    collection,
    dumping,
    furniture,
    green,
    lighting,
    noise,
    other,
    parking,
    roads,
    sewers,
    water,
    works,
)

# In the order in which a resident finds them: the most reported first, "something else" last.
_PARTS = (
    cleanliness,
    collection,
    dumping,
    roads,
    lighting,
    parking,
    green,
    furniture,
    water,
    sewers,
    noise,
    animals,
    works,
    coast,
    other,
)

GROUPS = tuple(part.GROUP for part in _PARTS)
CATEGORIES = {category.code: category for part in _PARTS for category in part.CATEGORIES}
