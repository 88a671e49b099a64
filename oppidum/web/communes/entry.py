"""Who comes in: an officer of communes, into a commune of theirs. What isn't theirs isn't there."""

from functools import wraps

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from oppidum.core.errors import NotAllowed, NotFound
from oppidum.people.models import Officer, Right
from oppidum.territory.models import Commune
from oppidum.web.desk.entry import officers_only, require_right


def of_commune(*rights: str):
    """The view is for officers of the commune that the address names, with one of `rights` if any are named; it gets the `Commune`."""

    def guard(view):
        @wraps(view)
        @officers_only
        def guarded(request, code: str, *args, **kwargs):
            return view(request, find_own(request.user, code, rights), *args, **kwargs)

        return guarded

    return guard


def find_own(officer: Officer, code: str, rights: tuple[str, ...] = ()) -> Commune:
    """The commune of that code, if it is the officer's. Raises `NotAllowed` for who is of no commune, `NotFound` for another's."""
    if not officer.is_of_commune:
        raise NotAllowed(_("This space is for the officers of a commune."))
    if code not in officer.sight().communes:
        raise NotFound()
    if rights and officer.rights.isdisjoint(rights):
        raise NotAllowed()
    return Commune.objects.defer("outline").get(pk=code)


def show(request, commune: Commune, template: str, context: dict, status: int = 200):
    """A page of the space, with its rooms and the officer's communes."""
    frame = {"commune": commune, "rooms": rooms(request, commune), "communes": own_communes(request.user)}
    return render(request, f"communes/{template}.html", frame | context, status=status)


def own_communes(officer: Officer) -> list[Commune]:
    return list(Commune.objects.filter(pk__in=officer.sight().communes).only("code", "name").order_by("name"))


def rooms(request, commune: Commune) -> list[dict]:
    """The pages of the space that this officer may open."""
    named = [
        ("space", _("Overview"), "landmark", None),
        ("about", _("Works and cases"), "construction", None),
        ("figures", _("Our figures"), "chart-column", None),
        ("documents", _("Documents"), "files", None),
        ("requests", _("Requests to the metropolis"), "message-circle", None),
        ("training", _("Training"), "graduation-cap", None),
        ("officers", _("Officers"), "users", Right.SPACE),
        ("look", _("Colours and texts"), "palette", Right.SPACE),
    ]
    here = request.resolver_match.url_name
    return [
        {"href": reverse(f"communes:{name}", args=[commune.pk]), "label": label, "icon": icon, "current": name == here}
        for name, label, icon, right in named
        if right is None or request.user.may(right)
    ]


__all__ = ["find_own", "of_commune", "require_right", "show"]
