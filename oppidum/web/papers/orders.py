"""Orders of delegation from the directory: the posts, what they ask for today, the drafts; and who may sign what on a day."""

from datetime import date

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from oppidum.cases.declaration import catalogue
from oppidum.core import clock
from oppidum.people.models import Directorate, Role, Team
from oppidum.publishing.delegating import draft_orders, plan_today
from oppidum.publishing.letter_kinds import say_kinds
from oppidum.publishing.models import SignatureDelegation, SigningPost
from oppidum.publishing.who_signs import who_signs
from oppidum.web.desk.entry import officers_only, require_right
from oppidum.web.papers.said import FUNCTIONS

EVERYTHING = ("", gettext_lazy("everything"))


class PostForm(forms.ModelForm):
    """A post: who holds it by the directory, and what it signs; the ceiling in euros."""

    services = forms.MultipleChoiceField(required=False, label=gettext_lazy("Services (none ticked: all)"))
    ceiling = forms.IntegerField(required=False, min_value=0, label=gettext_lazy("Ceiling in euros (empty: none)"))
    function = forms.ChoiceField(choices=[*FUNCTIONS.items()], label=gettext_lazy("Signs as"))

    class Meta:
        model = SigningPost
        fields = ["code", "quality", "role", "team", "directorate", "function", "rank"]
        labels = {
            "code": gettext_lazy("Code of the post"),
            "quality": gettext_lazy("Quality, as it stands above the name"),
            "role": gettext_lazy("Held by officers of this role"),
            "team": gettext_lazy("in this team"),
            "directorate": gettext_lazy("in this directorate"),
            "rank": gettext_lazy("Rank (1 signs first, 2 when the first is away)"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["services"].choices = [(s.code, s.name) for s in catalogue().values() if s.letters]
        for name, model in (("role", Role), ("team", Team), ("directorate", Directorate)):
            self.fields[name].queryset = model.objects.order_by("name")

    def clean(self):
        found = super().clean()
        if not (found.get("role") or found.get("team") or found.get("directorate")):
            self.add_error("role", _("Say by whom it is held: a role, a team or a directorate."))
        return found

    def save(self, commit=True):
        self.instance.services = self.cleaned_data["services"]
        euros = self.cleaned_data["ceiling"]
        self.instance.ceiling_cents = None if euros is None else euros * 100
        return super().save(commit)


@officers_only
@require_safe
def orders(request):
    """What the directory asks for today, beside what is in force."""
    require_right(request, "setup")
    return _show(request, PostForm())


@officers_only
@require_POST
def draft(request):
    """Draft what the directory asks for; pressed twice, it is drafted once."""
    require_right(request, "setup")
    starts_on = _day(request.POST.get("starts_on")) or clock.today()
    made = len(draft_orders(starts_on))
    told = ngettext(
        "%(count)d order is drafted: it waits for its legal visa.",
        "%(count)d orders are drafted: they wait for their legal visa.",
        made,
    )
    messages.success(request, told % {"count": made} if made else _("Nothing had to be drafted."))
    return redirect("papers:orders")


@officers_only
@require_POST
def add_post(request):
    """Enter a post."""
    require_right(request, "setup")
    form = PostForm(request.POST)
    if not form.is_valid():
        return _show(request, form, 422)
    form.save()
    messages.success(request, _("The post is entered; its orders can be drafted."))
    return redirect("papers:orders")


@officers_only
@require_POST
def close_post(request, pk: int):
    """The post is no more: its orders are to be repealed."""
    require_right(request, "setup")
    SigningPost.objects.filter(pk=get_object_or_404(SigningPost, pk=pk).pk).update(is_active=False)
    return redirect("papers:orders")


@officers_only
@require_safe
def signers(request):
    """Who may sign what on a day: today, or another."""
    day = _day(request.GET.get("on")) or clock.today()
    service, function = request.GET.get("service", "")[:60], request.GET.get("function", "")[:60]
    found = who_signs(day, function, service)
    known = catalogue()
    context = {
        "day": day,
        "today": clock.today(),
        "raw": request.GET,
        "rows": [(one, say_scope(one.held)) for one in found],
        "may": sum(one.may_sign for one in found),
        "functions": [EVERYTHING, *FUNCTIONS.items()],
        "services": [EVERYTHING, *sorted(((s.code, str(s.name)) for s in known.values() if s.letters), key=lambda one: one[1])],
    }
    return render(request, "papers/signers.html", context)


def say_scope(held: SignatureDelegation) -> str:
    """What an order gives to sign, in a line."""
    known, of_acts = catalogue(), held.function == "acts"
    services = ", ".join(str(known[code].name) if code in known else code for code in held.services)
    parts = [say_kinds(held.kinds, of_acts), services or ("" if of_acts else _("all services")), ", ".join(held.matters)]
    return " · ".join(filter(None, parts))


def _show(request, form: PostForm, status: int = 200):
    context = {
        "plan": plan_today(),
        "posts": SigningPost.objects.filter(is_active=True).select_related("role", "team", "directorate"),
        "form": form,
        "today": clock.today(),
    }
    return render(request, "papers/orders.html", context, status=status)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
