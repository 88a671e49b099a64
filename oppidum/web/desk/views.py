"""Own views: a filter of the inbox kept under a name."""

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from oppidum.cases.filters import Filter
from oppidum.cases.models import SavedView
from oppidum.web.desk.entry import officers_only

MOST_VIEWS = 20


@officers_only
@require_POST
def save(request):
    """Keep a filter; the same name again replaces it."""
    query = Filter.parse(QueryDict(request.POST.get("query", ""))).query()
    name = " ".join(request.POST.get("name", "").replace("\x00", "").split())[:80]
    others = SavedView.objects.filter(officer=request.user).exclude(name=name).count()
    if not name:
        messages.warning(request, _("Give your view a name."))
    elif others >= MOST_VIEWS:
        messages.warning(request, _("You keep twenty views already: delete one first."))
    else:
        SavedView.objects.update_or_create(officer=request.user, name=name, defaults={"query": query})
        messages.success(request, _("Kept under your own views: “%(name)s”.") % {"name": name})
    return redirect(f"{reverse('desk:inbox')}?{query}")


@officers_only
@require_POST
def delete(request, pk: int):
    """Forget one of one's own views."""
    get_object_or_404(SavedView, officer=request.user, pk=pk).delete()
    return redirect("desk:inbox")
