"""Find a place by words: "12 rue Paradis Marseille", "bd Baille", "cours mirabau aix", "13100".

One query, in three moves. Each word typed becomes the words of the vocabulary it may stand for: itself; if it is the last
and perhaps unfinished, those it begins; those very like it, and if nobody uses it, those that share some of its trigrams.
The index then gives the names that answer every word, one of them at least in the name itself (all of a commune's streets
answer the commune's name). These are ranked by likeness to what was typed (a commune before what is named after it), and
by nearness where a place is given. When nothing answers every word, a second query takes the names that answer most.
"""

import re
from dataclasses import dataclass

from django.db import connection

from oppidum.territory.models import Commune
from oppidum.territory.words import COMMONEST, KINDS, LONGEST_QUERY, WAYS, Query, parse, tokens

# Nobody means all avenues by "ave": what begins a kind of way is not completed to it.
_KINDS = sorted(KINDS)
_POSTCODE = re.compile(r"\d{5}")
# Words that many communes begin with: they name none.
_SAINTS = frozenset({"saint", "sainte", "saints", "saintes", "notre", "chateau"})

_SEARCH = """
with typed as (
    select word, rank from unnest(%(required)s::text[]) with ordinality as t (word, rank)
), known as materialized (
    select rank, string_agg(candidate.word, '|')::tsquery as any_of
    from typed cross join lateral (
        select w.word from territory_word w where w.word = typed.word
        union
        (select w.word from territory_word w
         where %(unfinished)s and typed.rank = cardinality(%(required)s::text[]) and length(typed.word) > 1
           and w.word >= typed.word and w.word < typed.word || '~' and w.word <> all(%(kinds)s::text[])
         order by w.uses desc limit 20)
        union
        (select w.word from territory_word w
         where length(typed.word) > 3 and w.word %% typed.word
           and (%(relaxed)s or similarity(w.word, typed.word) > 0.5
                or not exists (select from territory_word x where x.word = typed.word))
         order by similarity(w.word, typed.word) desc, w.uses desc limit 4)
    ) as candidate
    group by rank
), ask as materialized (
    select string_agg('(' || any_of::text || ')', '&')::tsquery as every,
           string_agg('(' || any_of::text || ')', '|')::tsquery as some
    from known
), found as materialized (
    select p.* from territory_placename p, ask
    where p.own @@ ask.some and (%(relaxed)s or p.words @@ ask.every)
    order by (%(relaxed)s and not p.words @@ ask.every), p.size, p.weight desc limit 400
), ranked as (
    select f.*, greatest(similarity(split_part(f.plain, '|', 1), %(text)s), similarity(f.plain, %(text)s)) as likeness,
        (select count(*) from known where f.words @@ known.any_of) as answered,
        (select count(*) from known where f.own @@ known.any_of) as answered_by_name,
        case when %(lon)s::float8 is null then 0
             else 1 / (1 + st_distancesphere(f.place, st_setsrid(st_makepoint(%(lon)s, %(lat)s), 4326)) / 3000) end as nearness
    from found f
), weighed as (
    select ranked.*,
        case when kind = 'commune' and likeness > 0 then 0.35 when kind = 'zone' then 0.2 else 0 end as rank_of_kind
    from ranked
)
select r.kind, r.name, coalesce(r.commune_id, ''), coalesce(c.name, ''), r.postcode, st_x(r.place), st_y(r.place)
from weighed r left join territory_commune c on c.code = r.commune_id
order by r.answered desc, r.likeness + 0.3 * r.nearness + r.rank_of_kind desc,
    r.answered_by_name desc, r.size, r.weight desc, r.name
limit %(limit)s
"""


@dataclass(frozen=True)
class Place:
    """A place found: its label ready to show, its kind ('commune', 'zone' or 'street'), and a point on it."""

    label: str
    kind: str
    commune_code: str
    commune_name: str
    postcode: str
    lon: float
    lat: float


def search_places(words: str, near: tuple[float, float] | None = None, limit: int = 8) -> list[Place]:
    """The places that `words` most likely mean, best first; `near` is a (lon, lat) that close ones are preferred to."""
    query = parse(words)
    if limit < 1 or COMMONEST.issuperset(query.words):
        return []
    found = _search(query, near, limit, relaxed=False) or _search(query, near, limit, relaxed=True)
    places = [_place(query.number, *row) for row in found]
    if not names_a_way(words):
        return places
    named = [place for place in places if place.kind == "street" or _is_named(place, query)]
    postcode = next((word for word in query.words if _POSTCODE.fullmatch(word)), "")
    return named or (search_places(postcode, near, limit) if postcode else [])


def find_neighbour(words: str) -> Commune | None:
    """The commune outside the territory that an address is in: it was written alone, or after a comma or a postcode."""
    last = tokens(words.rsplit(",", 1)[-1][:LONGEST_QUERY].replace("\x00", " "))
    codes = [rank for rank, word in enumerate(last) if _POSTCODE.fullmatch(word)]
    name = last[codes[-1] + 1 :] if codes else last
    if not name:
        return None
    return next((commune for commune in Commune.objects.neighbours().defer("outline") if tokens(commune.name) == name), None)


def names_a_way(words: str) -> bool:
    """Whether `words` say a street, not only a commune: "12 bis...", "rue...", "bd...", "montée..."."""
    query = parse(words)
    return bool(query.number) or any(word in WAYS for word in query.words)


def _is_named(place: Place, query: Query) -> bool:
    """Whether the commune or zone was written itself: for "rue de la rep", Le Puy-Sainte-Réparade would be a wrong guess."""
    name = tokens(place.label.split(",")[0])
    telling = next((word for word in name if word not in _SAINTS), "")
    whole = set(name) <= set(query.words)
    begun = place.kind == "commune" and telling == name[0] and telling in query.words
    return whole or begun or place.postcode in query.words


def _search(query: Query, near: tuple[float, float] | None, limit: int, relaxed: bool) -> list[tuple]:
    lon, lat = near or (None, None)
    parameters = {
        "required": list(query.required), "text": " ".join(query.words), "unfinished": query.unfinished,
        "kinds": _KINDS, "relaxed": relaxed, "lon": lon, "lat": lat, "limit": limit,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_SEARCH, parameters)
        return cursor.fetchall()


def _place(number: str, kind: str, name: str, code: str, commune: str, postcode: str, lon: float, lat: float) -> Place:
    label = name
    if kind == "street":
        label = f"{f'{number} {name}'.strip()}, {f'{postcode} {commune}'.strip()}"
    elif commune not in name:
        label = f"{name}, {commune}"
    return Place(label, kind, code, commune, postcode, lon, lat)
