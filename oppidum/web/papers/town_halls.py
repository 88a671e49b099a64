"""Town halls, for those who set the house up: who signs in each commune's name, or that the commune gave that power to the authority."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from oppidum.publishing.models import TownHall
from oppidum.territory.models import Commune
from oppidum.web.desk.entry import officers_only, require_right


class TownHallForm(forms.ModelForm):
    class Meta:
        model = TownHall
        fields = ["mayor", "quality", "power", "court"]
        labels = {
            "mayor": gettext_lazy("First name and name of the mayor"),
            "quality": gettext_lazy("Quality, as it stands above the name"),
            "power": gettext_lazy(
                "The deliberation that gives the authority the power to decide on building rights (empty: the mayor decides)"
            ),
            "court": gettext_lazy("Administrative court of the land, with its address (empty: that of the authority)"),
        }
        widgets = {"court": forms.Textarea(attrs={"rows": 3})}


@officers_only
@require_safe
def page(request):
    """Every commune with its mayor, and which gave its power away; those without a mayor first."""
    require_right(request, "setup")
    members = Commune.objects.members().select_related("town_hall").defer("outline", "centre")
    found = sorted(members, key=lambda commune: hasattr(commune, "town_hall"))
    return render(
        request, "papers/town_halls.html", {"communes": found, "missing": [c for c in found if not hasattr(c, "town_hall")]}
    )


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, code: str):
    """Who heads this commune."""
    require_right(request, "setup")
    commune = get_object_or_404(Commune.objects.members(), pk=code)
    current = TownHall.objects.filter(commune=commune).first() or TownHall(commune=commune)
    form = TownHallForm(request.POST or None, instance=current)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The town hall is saved: papers made from now on bear it."))
        return redirect("papers:town-halls")
    return render(request, "papers/town_hall.html", {"form": form, "commune": commune}, status=422 if form.errors else 200)
