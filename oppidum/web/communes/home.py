"""The first page of a commune's space: what waits, what comes, what the metropolis answered."""

from django.db.models import Count, Q
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oppidum.cases.declaration.marks import REPORTS
from oppidum.cases.filters import Filter
from oppidum.cases.models import Case
from oppidum.communes.documents import shared_with
from oppidum.core import clock
from oppidum.core.errors import NotAllowed
from oppidum.people.models import Team
from oppidum.web.communes.entry import of_commune, own_communes, show
from oppidum.web.communes.requests import requests_of
from oppidum.web.communes.training import coming_sessions, places_of
from oppidum.web.desk.entry import officers_only

SHOWN = 5


@officers_only
@require_safe
def start(request):
    """To the officer's commune; who has several chooses on its pages."""
    if not request.user.is_of_commune or not (found := own_communes(request.user)):
        raise NotAllowed(_("This space is for the officers of a commune."))
    return redirect("communes:space", found[0].pk)


@of_commune()
@require_safe
def page(request, commune):
    """The numbers that matter, each with its list; then requests, sessions, documents."""
    own = Team.objects.filter(commune=commune, is_active=True)
    today = clock.today()
    on_ground = Case.objects.visible_to(request.user).filter(commune=commune, live__is_open=True, live__rests=False)
    counted = on_ground.aggregate(
        reports=Count("pk", filter=Q(service=REPORTS.code)),
        late=Count("pk", filter=Q(service=REPORTS.code, live__due_on__lt=today)),
        own=Count("pk", filter=Q(live__team__in=own)),
        own_late=Count("pk", filter=Q(live__team__in=own, live__due_on__lt=today)),
        unassigned=Count("pk", filter=Q(live__team__in=own, live__officer=None)),
    )
    mine = own.first()
    reports = Filter(view="all", service=REPORTS.code, commune=commune.pk)
    queue = Filter(view="all", team=mine.pk) if mine else None
    return show(
        request,
        commune,
        "home",
        {
            "stats": [
                {"label": _("open reports on our ground"), "value": counted["reports"], "href": _inbox(reports)},
                {"label": _("of them late"), "value": counted["late"], "href": _inbox(reports, "late"), "tone": "late"},
            ],
            "queue": [
                {"label": _("with our own teams"), "value": counted["own"], "href": _inbox(queue)},
                {"label": _("of them late"), "value": counted["own_late"], "href": _inbox(queue, "late"), "tone": "late"},
                {
                    "label": _("without an officer"),
                    "value": counted["unassigned"],
                    "href": _inbox(queue, "unassigned"),
                    "tone": "soon",
                },
            ]
            if queue
            else [],
            "requests": requests_of(request.user, commune)[:SHOWN],
            "places": [one for one in places_of(request.user, commune) if one.is_open][:SHOWN],
            "sessions": coming_sessions()[:3],
            "documents": shared_with(commune)[:SHOWN],
        },
    )


def _inbox(wanted: Filter, view: str = "") -> str:
    """The desk's list of a filter, within the officer's sight."""
    asked = Filter(view=view or wanted.view, service=wanted.service, commune=wanted.commune, team=wanted.team)
    return f"{reverse('desk:inbox')}?{asked.query()}"
