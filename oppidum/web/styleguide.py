"""Every component in all its states, on one page: for those who build pages, and for the tests that look at them."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from oppidum.core.clock import now, today
from oppidum.territory.models import Commune
from oppidum.web import steps

LONG = "Anticonstitutionnellement, hydrodésensibilisation des chaussées intercommunales de Châteauneuf-les-Martigues"
TONES = ["", "late", "soon", "done"]
PICTURE = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='320' height='240'%3E%3Crect width='320' height='240' "
    "fill='%23cfe1e8'/%3E%3Cpath d='M0 240V150l70-40 60 50 80-90 110 90v80z' fill='%23d8cfbd'/%3E%3C/svg%3E"
)


def may_see(request) -> bool:
    """Developers (debug), and officers who run the installation."""
    user = getattr(request, "user", None)
    return settings.DEBUG or getattr(settings, "STYLEGUIDE", False) or bool(user and user.is_authenticated and user.is_staff)


@require_safe
def page(request):
    """The style guide; nobody else's business in production."""
    if not may_see(request):
        raise PermissionDenied
    return render(request, "web/styleguide.html", context())


@require_safe
def points(request):
    """Places for the map of the style guide: some in each commune, in all tones."""
    if not may_see(request):
        raise PermissionDenied
    communes = Commune.objects.members().filter(centre__isnull=False).values_list("code", "name", "centre")
    features = [_point(code, name, centre, nth) for code, name, centre in communes for nth in range(7)]
    return JsonResponse({"type": "FeatureCollection", "features": features}, content_type="application/geo+json")


def _point(code: str, name: str, centre, nth: int) -> dict:
    told = {"id": f"{code}-{nth}", "title": f"{name}, {nth + 1}", "text": LONG, "href": "#maps", "tone": TONES[nth % 4]}
    place = {"type": "Point", "coordinates": [centre.x + nth * 0.004, centre.y + (nth % 3) * 0.003]}
    return {"type": "Feature", "properties": told, "geometry": place}


def context() -> dict:
    """The examples: none, one and many of each, with words that are hard to fit."""
    pages = Paginator(range(2345), 50)
    return {
        "long": LONG,
        "picture": PICTURE,
        "steps": list(steps.LOOKS),
        "promises": promises(),
        "entries": entries(),
        "choices": [("bin", "Conteneur plein"), ("glass", "Verre au sol", "Attention aux coupures"), ("other", LONG)],
        "errors": [("words", "Décrivez ce que vous voyez : quelques mots suffisent."), ("lieu", "Indiquez où cela se trouve.")],
        "stats": stats(),
        "tabs": tabs(),
        "answers": answers(),
        "first_page": pages.page(1),
        "middle_page": pages.page(12),
        "last_page": pages.page(47),
        "today": today(),
        "now": now(),
        "three_days_ago": now() - timedelta(days=3),
        "tones": ["info", "done", "warning", "danger"],
    }


def promises() -> list[dict]:
    """A promise in each of its tones."""
    day = today()
    return [
        {"due": day + timedelta(days=9)},
        {"due": day + timedelta(days=1)},
        {"due": day},
        {"due": day - timedelta(days=4)},
        {"due": day, "done": day - timedelta(days=1)},
        {"due": day - timedelta(days=6), "done": day - timedelta(days=1)},
        {"due": day, "paused": True},
        {"due": None},
    ]


def entries() -> list[dict]:
    """A journal as a resident and an officer may see it."""
    start = now() - timedelta(days=5)
    shot = {"src": PICTURE, "alt": "Le trottoir dégagé", "full": "#"}
    return [
        {"at": start, "title": "Signalement reçu", "who": "Vous", "icon": "inbox"},
        {"at": start + timedelta(hours=3), "title": "Confié à l'équipe Propreté, Marseille 3e", "icon": "users", "tone": "info"},
        {
            "at": start + timedelta(hours=5),
            "title": "Rappeler la régie avant de passer",
            "text": LONG,
            "who": "A. Benali",
            "note": True,
        },
        {
            "at": start + timedelta(days=2),
            "title": "Fait",
            "text": "Les encombrants sont enlevés.\n\nLe trottoir est lavé.",
            "icon": "circle-check",
            "tone": "done",
            "photos": [shot, shot],
        },
    ]


def stats() -> list[dict]:
    """The strip on top of the inbox."""
    return [
        {"label": _("late"), "value": 12, "href": "#late", "tone": "late"},
        {"label": _("due today"), "value": 3, "href": "#today", "tone": "soon"},
        {"label": _("unassigned"), "value": 0, "href": "#free", "current": True},
        {"label": _("open"), "value": 12345},
    ]


def tabs() -> list[dict]:
    """Saved views with exact counts."""
    return [
        {"label": "À moi", "href": "#me", "count": 4, "current": True, "key": "1", "icon": "inbox"},
        {"label": "Mon équipe", "href": "#team", "count": 1287, "key": "2", "icon": "users"},
        {"label": "En retard", "href": "#late", "count": 0, "key": "3"},
        {"label": "En attente de la réponse d'un habitant", "href": "#wait"},
    ]


def answers() -> list[dict]:
    """A summary before sending."""
    return [
        {"label": "Quoi", "value": "Dépôt sauvage : encombrants", "href": "#what"},
        {"label": "Où", "value": "12 boulevard Camille-Flammarion, 13001 Marseille", "href": "#where"},
        {"label": "Ce que vous voyez", "value": f"Un matelas et deux frigos.\n{LONG}", "href": "#words"},
        {"label": "Photo", "value": ""},
    ]
