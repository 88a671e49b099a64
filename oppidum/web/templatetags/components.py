"""The components of every page, one tag each; `oppidum/web/README.md` lists them, `/styleguide/` shows them.

They are template built-ins: no `{% load %}` is needed.
"""

from django import template
from django.conf import settings
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from oppidum.cases.declaration.expressions import euros
from oppidum.web import icons, promises, steps, words
from oppidum.web.fields import Field, build_choices, from_bound
from oppidum.web.form_errors import list_errors

register = template.Library()

register.filter("fr_number", words.say_number)
register.filter("day_in_words", words.say_day)
register.filter("hour_in_words", words.say_hour)
register.filter("moment_in_words", words.say_moment)
register.filter("distance", words.say_distance)
register.filter("age", words.say_age)
register.filter("file_size", words.say_size)
register.filter("euros", euros)


@register.filter
def attributes(attrs: dict) -> str:
    """A dictionary as HTML attributes: `data_key` becomes data-key, True a bare attribute, None and False nothing."""
    named = {key.rstrip("_").replace("_", "-"): value for key, value in attrs.items()}
    return flatatt({key: value for key, value in named.items() if value is not None and value is not False})


@register.filter
def message_tone(level: str) -> str:
    """The tone of a notice for a level of Django's messages."""
    return {"success": "done", "warning": "warning", "error": "danger"}.get(level, "info")


@register.simple_tag
def map_tiles() -> str:
    """The address of base tiles, when the installation has some: {z}/{x}/{y} raster or none."""
    return settings.MAP_TILES


@register.simple_tag
def icon(name: str, size: str = ""):
    """{% icon "map-pin" %}: an icon, for the eye only; always beside a word. `size`: "", "large"."""
    return icons.draw(name, size) if name else ""


@register.inclusion_tag("web/components/button.html")
def button(label, href="", kind="primary", icon="", type="submit", key="", **attrs):
    """A button, or a link that looks like one when `href` is given. Its label is a verb.

    kind: primary, secondary, quiet, danger, big. `key` is a keyboard shortcut, shown and declared.
    """
    return {"label": label, "href": href, "kind": kind, "icon": icon, "type": type, "key": key, "attrs": attrs}


@register.inclusion_tag("web/components/field.html")
def field(name, label="", kind="text", value="", choices=(), hint="", error="", required=False, id="", **more):
    """One question. kind: text, email, tel, search, password, number, date, time, textarea, select, radios,
    checkboxes, checkbox, file, photo, hidden. More: unit, rows, show_optional; anything else becomes an attribute."""
    own = {key: more.pop(key) for key in ("unit", "rows", "show_optional") if key in more}
    value = "" if value is None else value
    built = Field(name, label, kind, value, hint, str(error or ""), bool(required), [], id, attrs=more, **own)
    built.choices = build_choices(choices, value, built.id)
    return {"field": built}


@register.inclusion_tag("web/components/field.html")
def bound_field(bound, **changes):
    """A bound field of a Django form, drawn as `field` does; any argument of `field` overrides."""
    return {"field": from_bound(bound, **changes)}


@register.inclusion_tag("web/components/place_field.html")
def place_field(name="place", label="", value="", lon="", lat="", hint="", error="", required=False, id="", **attrs):
    """An address or a street, with suggestions as one types; hidden inputs `lon` and `lat` keep the place chosen."""
    built = Field(name, label or gettext("Where is it?"), "search", value or "", hint, str(error or ""), bool(required), [], id)
    built.show_optional = attrs.pop("show_optional", True)
    built.attrs = {"autocomplete": "off", **attrs}
    return {"field": built, "lon": lon, "lat": lat}


@register.inclusion_tag("web/components/questions.html")
def questions(drawn):
    """Declared questions as `web.questions.draw_questions` made them. In a `<form data-look="address">`, where that address answers a
    POST with the form drawn anew, what an answer calls for appears at once; else when the form is sent."""
    return {"drawn": drawn}


@register.inclusion_tag("web/components/error_summary.html")
def error_summary(errors):
    """All errors on top, each linking to its field. Takes a Django form, a Refusal, or a list of (field name, message)."""
    return {"errors": list_errors(errors)}


@register.inclusion_tag("web/components/status.html")
def status(step, label=""):
    """Where a case stands: icon, word and colour, by the step's code; `label` is the service's own word for it."""
    look = steps.look(step)
    return {"look": look, "label": label or look.label or step}


@register.inclusion_tag("web/components/promise.html")
def promise(due, done=None, paused=False):
    """By when, in words: "avant le jeudi 12 mars", and whether it is near, late, kept or stopped."""
    return {"promise": promises.put_in_words(due, done, paused)}


@register.inclusion_tag("web/components/timeline.html")
def timeline(entries, empty=""):
    """What was done, newest or oldest first as given. An entry has at, title, and optionally text, who, icon, tone,
    photos (list of {src, alt, full}), note (an internal note is marked)."""
    return {"entries": entries, "empty": empty or gettext("Nothing has happened yet.")}


@register.inclusion_tag("web/components/figure.html")
def figure(label, value, unit="", period="", compared="", trail="", tone="", decimals=None):
    """A number that accounts for itself: unit, period, comparison in words, and the link to what it counts."""
    shown = value if isinstance(value, str) else words.say_number(value, decimals)
    return locals() | {"shown": shown}


@register.inclusion_tag("web/components/stats.html")
def stats(items):
    """A strip of numbers that matter: items with label, value, and optionally href, tone (late, soon), current."""
    return {"items": items}


@register.simple_block_tag(end_name="endcard")
def card(content, title="", href="", level=3, tone="", meta=""):
    """{% card "Title" href="..." %}...{% endcard %}: one thing among several; the whole card is the link's target."""
    context = {"content": content, "title": title, "href": href, "level": level, "tone": tone, "meta": meta}
    return mark_safe(render_to_string("web/components/card.html", context))


@register.simple_block_tag(end_name="endnotice")
def notice(content, tone="info", title="", icon=""):
    """{% notice "warning" title=... %}...{% endnotice %}; tone: info, done, warning, danger."""
    drawn = icon or {"info": "info", "done": "circle-check", "warning": "triangle-alert", "danger": "octagon-alert"}[tone]
    return mark_safe(
        render_to_string("web/components/notice.html", {"content": content, "tone": tone, "title": title, "icon": drawn})
    )


@register.inclusion_tag("web/components/empty_state.html")
def empty_state(title, text="", href="", action="", icon="inbox"):
    """Nothing here: says so, and what to do next."""
    return {"title": title, "text": text, "href": href, "action": action, "icon": icon}


@register.simple_block_tag(end_name="endmap_block")
def map_block(content, mode="points", label="", id="", **options):
    """A map, and inside the block its twin as a list or as fields, which stays when the map can't be drawn.

    mode: pick (place a pin), points or shapes (a GeoJSON address), one (one place). Options become data- attributes.
    """
    attrs = {f"data_{name}": value for name, value in options.items()}
    context = {"content": content, "mode": mode, "label": label or gettext("Map"), "id": id, "attrs": attrs}
    return mark_safe(render_to_string("web/components/map_block.html", context))


@register.inclusion_tag("web/components/photo.html")
def photo(src, alt, full="", caption="", width=None, height=None):
    """A photo that opens large when `full` is given; `alt` says what it shows."""
    return locals()


@register.inclusion_tag("web/components/pagination.html", takes_context=True)
def pagination(context, page, name="page"):
    """Previous, where we are, next, for a Django Page; keeps the other parameters of the address."""
    request = context.get("request")

    def address(number):
        query = request.GET.copy() if request else {}
        query[name] = number
        return "?" + (query.urlencode() if request else f"{name}={number}")

    return {
        "page": page,
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }


@register.inclusion_tag("web/components/tabs.html")
def tabs(items, label=""):
    """Saved views or tabs, as links: items with label, href, and optionally count, current, key, icon."""
    return {"items": items, "label": label or gettext("Views")}


@register.inclusion_tag("web/components/answers.html")
def answers(rows):
    """A summary before sending, or what is known: rows with label, value, and optionally href to change it."""
    return {"rows": rows}


@register.inclusion_tag("web/components/steps.html")
def step_count(current, total, title="", minutes=None):
    """Where one is in a form: "Étape 2 sur 5", and how long is left."""
    return {"current": current, "total": total, "title": title, "minutes": minutes}


@register.inclusion_tag("web/components/code.html")
def case_code(code, label=""):
    """A case's code in large letters, as it is said over the phone."""
    return {"code": code, "label": label or gettext("Your code"), "spoken": " ".join(str(code).replace("-", ""))}


@register.simple_tag
def key(name):
    """A keyboard hint: {% key "j" %}."""
    return mark_safe(render_to_string("web/components/key.html", {"name": name}).strip())


@register.simple_tag(takes_context=True)
def in_language(context, code):
    """The address of this page in another language."""
    request = context.get("request")
    query = request.GET.copy() if request else None
    if query is None:
        return f"?lang={code}"
    query["lang"] = code
    return "?" + query.urlencode()
