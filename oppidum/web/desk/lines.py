"""The lines of the list, drawn here and not by a template: fifty of them are half of what the page costs otherwise."""

from functools import lru_cache
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from oppidum.cases.filters import Filter
from oppidum.cases.inbox import Row
from oppidum.core import clock
from oppidum.web import icons
from oppidum.web.desk import choices
from oppidum.web.desk.said import draw_promise, draw_status, place_of
from oppidum.web.words import say_age, say_number


def draw_lines(rows: list[Row], wanted: Filter, opened: str | None, pick: bool) -> SafeString:
    """Each case as a line that opens it; with `pick`, a box to tick stands before it. What residents wrote is escaped."""
    today, communes, select = clock.today(), choices.commune_names(), escape(gettext("Select"))
    base, query = reverse("desk:inbox"), escape(wanted.query())
    drawn, marked = [], ' aria-current="true"'
    for row in rows:
        place = place_of(row.address, communes.get(row.commune, row.commune))
        current = row.code == opened
        box = (
            (
                f'<label class="pick"><input type="checkbox" name="case" value="{row.case_id}">'
                f'<span class="sr-only">{select} {row.code}</span></label>'
            )
            if pick
            else ""
        )
        words = f'<span class="line-words">{escape(row.first_words)}</span>\n' if row.first_words else ""
        drawn.append(
            f'<li class="case-line{" is-current" if current else ""}">{box}\n'
            f'<a href="{base}case/{row.code}/?{query}" data-key-item data-case="{row.code}"{marked if current else ""}>\n'
            f'<span class="line-top"><strong>{escape(row.category_label)}</strong>'
            f'<time datetime="{(row.ended_at or row.filed_at).isoformat()}">{escape(_age(row))}</time></span>\n'
            f'<span class="line-where"><span class="line-place">{escape(place)}</span>'
            f'<span class="line-code">{row.code}</span></span>\n{words}'
            f'<span class="line-state">{"".join(_state(row, wanted, today))}</span>\n</a></li>\n'
        )
    return mark_safe("".join(drawn))  # noqa: S308 -- every text is escaped above


def _age(row: Row) -> str:
    """How long ago it was reported, or closed: the closed ones stand in that order."""
    return gettext("closed %(age)s") % {"age": say_age(row.ended_at)} if row.ended_at else say_age(row.filed_at)


def _state(row: Row, wanted: Filter, today):
    """Where it stands, by when, who has it, who follows it."""
    yield draw_status(row.step, row.step_label)
    if row.is_open and (row.due_on or row.paused):
        yield draw_promise(row.due_on, row.paused, today)
    who = row.officer or ("" if wanted.view == "team" else row.team)
    if who:
        yield f'<span class="line-fact">{icons.draw("user-check" if row.officer else "users")}<span>{escape(who)}</span></span>'
    if row.followers:
        yield _followers(row.followers, get_language() or "")
    if row.has_photo:
        yield f'<span class="line-fact">{icons.draw("image")}<span>{escape(gettext("photo"))}</span></span>'


@lru_cache(maxsize=512)
def _followers(n: int, language: str) -> str:
    said = ngettext("%(n)s follower", "%(n)s followers", n) % {"n": say_number(n)}
    return f'<span class="line-fact">{icons.draw("hand-heart")}<span>{escape(said)}</span></span>'
