"""The gazetteer's index, derived from communes, zones and streets each time one of them is loaded.

Rebuilt whole by COPY inside the caller's transaction: searches go on reading the former index until it commits.
"""

from collections import Counter
from collections.abc import Iterator

from oppidum.core.sql import rows, server_cursor
from oppidum.territory.words import tokens

_COMMUNES = """
    select code, name, postcodes, st_asewkb(centre), population
    from territory_commune where intercommunality_id is not null and centre is not null
"""
_ZONES = """
    select layer, code, name, commune_id, postcodes, st_asewkb(st_pointonsurface(outline)), population
    from territory_zone
"""
_STREETS = """
    select s.name, s.commune_id, s.postcode, s.zone_code, st_asewkb(s.place), c.population
    from territory_street s join territory_commune c on c.code = s.commune_id
    where c.intercommunality_id is not null and c.centre is not null
"""
_COPY = """
    copy territory_placename (kind, name, commune_id, postcode, place, plain, own, words, size, weight) from stdin
"""


def index() -> None:
    """Build the index of place names and the vocabulary again."""
    vocabulary: Counter[str] = Counter()
    with server_cursor() as cursor:
        cursor.execute("delete from territory_placename")
        cursor.execute("delete from territory_word")
        lines = list(_lines())
        with cursor.copy(_COPY) as copy:
            for kind, name, commune, postcode, place, plain, own, around, weight in lines:
                words = {*own, *around}
                vocabulary.update(words)
                copy.write_row((kind, name, commune, postcode, place.hex(), plain, _lexemes(own), _lexemes(words),
                                len(own), weight))  # fmt: skip
        with cursor.copy("copy territory_word (word, uses) from stdin") as copy:
            for word, uses in vocabulary.items():
                copy.write_row((word, uses))
        cursor.execute("analyze territory_placename, territory_word")


def _lines() -> Iterator[tuple]:
    communes = rows(_COMMUNES)
    words_of = {code: tokens(name) for code, name, *_ in communes}
    for code, name, postcodes, centre, population in communes:
        own = {*tokens(name), *postcodes}
        yield "commune", name, code, _only(postcodes), centre, " ".join(tokens(name)), own, (), population
    zones = rows(_ZONES)
    for _layer, _code, name, commune, postcodes, point, population in zones:
        own = {*tokens(name), *postcodes}
        around = words_of.get(commune, [])
        yield "zone", name, commune, _only(postcodes), point, " ".join(tokens(name)), own, around, population
    ordinals = {code: [word for word in tokens(name) if word[0].isdigit()] for _, code, name, *_ in zones}
    for name, commune, postcode, zone_code, point, population in rows(_STREETS):
        own = tokens(name)
        around = [*words_of[commune], *([postcode] if postcode else []), *ordinals.get(zone_code, ())]
        plain = " ".join([*own, "|", *words_of[commune]])
        yield "street", name, commune, postcode, point, plain, set(own), around, population


def _only(postcodes: list[str]) -> str:
    """The postcode of a place that has one; a place with several is not named by any of them."""
    return postcodes[0] if len(postcodes) == 1 else ""


def _lexemes(words) -> str:
    """A text search vector as PostgreSQL reads it; tokens hold letters and digits only."""
    return " ".join(sorted(words))
