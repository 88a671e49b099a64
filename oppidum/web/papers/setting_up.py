"""Who signs, for those who set the house up: delegations, absences, the letterhead."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oppidum.bodies.matters import MATTERS
from oppidum.bodies.waiting import is_decided_by_bodies
from oppidum.cases.declaration import Money, catalogue
from oppidum.cases.declaration.letters import MAYOR
from oppidum.core import clock
from oppidum.core.errors import Invalid
from oppidum.people.models import Officer
from oppidum.publishing.act_signing import ACTS
from oppidum.publishing.models import Absence, Letterhead, SignatureDelegation
from oppidum.territory.models import Commune, Intercommunality
from oppidum.web.desk.entry import officers_only, require_right
from oppidum.web.papers.said import ACT_KINDS, FUNCTIONS, KIND_LABELS


class DelegationForm(forms.ModelForm):
    """A delegation as its order gives it; the ceiling in euros."""

    services = forms.MultipleChoiceField(required=False, label=gettext_lazy("Services (none ticked: all)"))
    kinds = forms.MultipleChoiceField(required=False, label=gettext_lazy("Kinds of letters (none ticked: all)"))
    matters = forms.CharField(
        required=False, label=gettext_lazy("Matters of acts, as 3 or 5.4, separated by commas (empty: all)"), max_length=200
    )
    ceiling = forms.CharField(required=False, label=gettext_lazy("Ceiling in euros (empty: none)"))

    class Meta:
        model = SignatureDelegation
        fields = [
            "order_number",
            "order_on",
            "published_on",
            "starts_on",
            "ends_on",
            "officer",
            "quality",
            "function",
            "commune",
            "rank",
        ]
        labels = {
            "order_number": gettext_lazy("Number of the order"),
            "order_on": gettext_lazy("Day of the order"),
            "published_on": gettext_lazy("Published on (it serves from the day after)"),
            "starts_on": gettext_lazy("In force from"),
            "ends_on": gettext_lazy("Until and with"),
            "officer": gettext_lazy("Who receives it"),
            "quality": gettext_lazy("Quality, as it stands above the name"),
            "function": gettext_lazy("Signs as"),
            "commune": gettext_lazy("For the mayor of (empty unless a mayor delegates)"),
            "rank": gettext_lazy("Rank (1 signs first, 2 when the first is away)"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        declared = [letter for service in catalogue().values() for letter in service.letters]
        functions = sorted({letter.signed_by for letter in declared if letter.signed_by} | {"president", ACTS})
        self.fields["function"] = forms.ChoiceField(choices=[(f, FUNCTIONS.get(f, f)) for f in functions], label=_("Signs as"))
        self.fields["commune"].queryset = Commune.objects.members()
        self.fields["officer"].queryset = Officer.objects.filter(is_active=True).order_by("last_name", "username")
        decided = [s for s in catalogue().values() if s.letters or is_decided_by_bodies(s)]
        self.fields["services"].choices = [(s.code, s.name) for s in decided]
        self.fields["kinds"].choices = [*((kind, KIND_LABELS[kind]) for kind in KIND_LABELS), *ACT_KINDS]
        for name in ("order_on", "published_on", "starts_on", "ends_on"):
            self.fields[name].widget = forms.DateInput(attrs={"type": "date"})

    def clean_matters(self):
        given = [one.strip() for one in self.cleaned_data["matters"].split(",") if one.strip()]
        if wrong := [one for one in given if one not in MATTERS and one not in {code.partition(".")[0] for code in MATTERS}]:
            raise forms.ValidationError(_("There is no matter %(matter)s in the ACTES classification.") % {"matter": wrong[0]})
        return given

    def clean(self):
        found = super().clean()
        if (found.get("function") == MAYOR) != bool(found.get("commune")):
            self.add_error(
                "commune", _("A mayor delegates for a commune, and nobody else does: name the commune, or another function.")
            )
        return found

    def clean_ceiling(self):
        given = self.cleaned_data["ceiling"]
        try:
            return Money(_("Amount")).clean(given, clock.today()) if given else None
        except Invalid as fault:
            raise forms.ValidationError(str(fault)) from None

    def save(self, commit=True):
        held = super().save(commit=False)
        held.services, held.kinds = self.cleaned_data["services"], self.cleaned_data["kinds"]
        held.ceiling_cents, held.matters = self.cleaned_data["ceiling"], self.cleaned_data["matters"]
        held.save()
        return held


class LetterheadForm(forms.ModelForm):
    class Meta:
        model = Letterhead
        fields = ["address", "town", "phone", "president", "quality", "court", "court_link"]
        labels = {
            "address": gettext_lazy("Address"),
            "town": gettext_lazy("Town where papers are dated"),
            "phone": gettext_lazy("Telephone"),
            "president": gettext_lazy("First name and name of the president"),
            "quality": gettext_lazy("Quality, as it stands above the name"),
            "court": gettext_lazy("Administrative court, with its address"),
            "court_link": gettext_lazy("Where the court is seized online"),
        }
        widgets = {"address": forms.Textarea(attrs={"rows": 3}), "court": forms.Textarea(attrs={"rows": 3})}


class AbsenceForm(forms.ModelForm):
    class Meta:
        model = Absence
        fields = ["officer", "starts_on", "ends_on"]
        labels = {
            "officer": gettext_lazy("Who is away"),
            "starts_on": gettext_lazy("From the day"),
            "ends_on": gettext_lazy("Until and with"),
        }
        widgets = {name: forms.DateInput(attrs={"type": "date"}) for name in ("starts_on", "ends_on")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = Officer.objects.filter(delegations__isnull=False).distinct()

    def clean(self):
        found = super().clean()
        if found.get("starts_on") and found.get("ends_on") and found["ends_on"] < found["starts_on"]:
            self.add_error("ends_on", _("The last day comes before the first."))
        return found


@officers_only
@require_safe
def page(request):
    """Delegations in force and not, who is away, and what a letter would say."""
    require_right(request, "setup")
    return _show(request, DelegationForm(), AbsenceForm())


def _show(request, form, absence_form, status: int = 200):
    today = clock.today()
    held = [(one, _state(one, today), _scope(one)) for one in SignatureDelegation.objects.select_related("officer", "commune")]
    context = {
        "held": held,
        "absences": Absence.objects.filter(ends_on__gte=today).select_related("officer"),
        "form": form,
        "absence_form": absence_form,
        "today": today,
        "letterhead": Letterhead.objects.first(),
    }
    return render(request, "papers/signing.html", context, status=status)


def _scope(held: SignatureDelegation) -> dict[str, str]:
    """Services, letters and function in words."""
    known = catalogue()
    return {
        "services": ", ".join(str(known[code].name) if code in known else code for code in held.services),
        "kinds": ", ".join([*(str((KIND_LABELS | dict(ACT_KINDS)).get(kind, kind)) for kind in held.kinds), *held.matters]),
        "function": str(FUNCTIONS.get(held.function, held.function)),
    }


def _state(held: SignatureDelegation, today) -> str:
    if (held.revoked_on and today >= held.revoked_on) or (held.ends_on and today > held.ends_on):
        return _("over")
    if held.published_on is None:
        return _("to be published before it serves")
    return _("in force") if today > held.published_on and today >= held.starts_on else _("not yet in force")


@officers_only
@require_POST
def delegate(request):
    """Enter a delegation."""
    require_right(request, "setup")
    form = DelegationForm(request.POST)
    if not form.is_valid():
        return _show(request, form, AbsenceForm(), 422)
    form.save()
    messages.success(request, _("The delegation is entered."))
    return redirect("papers:signing")


@officers_only
@require_POST
def publish(request, pk: int):
    """The order is published today: it serves from tomorrow."""
    require_right(request, "setup")
    SignatureDelegation.objects.filter(pk=pk, published_on=None).update(published_on=clock.today())
    return redirect("papers:signing")


@officers_only
@require_POST
def revoke(request, pk: int):
    """The delegation ends today; what was signed under it stays."""
    require_right(request, "setup")
    SignatureDelegation.objects.filter(pk=pk, revoked_on=None).update(revoked_on=clock.today())
    return redirect("papers:signing")


@officers_only
@require_POST
def absence(request):
    """Somebody who signs is away: the next rank does."""
    require_right(request, "setup")
    form = AbsenceForm(request.POST)
    if not form.is_valid():
        return _show(request, DelegationForm(), form, 422)
    form.save()
    return redirect("papers:signing")


@officers_only
@require_POST
def drop_absence(request, pk: int):
    """They are back."""
    require_right(request, "setup")
    get_object_or_404(Absence, pk=pk).delete()
    return redirect("papers:signing")


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def letterhead(request):
    """Address, president, court: what stands on every paper from now on."""
    require_right(request, "setup")
    authority = get_object_or_404(Intercommunality)
    current = Letterhead.objects.filter(authority=authority).first() or Letterhead(authority=authority)
    form = LetterheadForm(request.POST or None, instance=current)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The letterhead is saved: papers made from now on bear it."))
        return redirect("papers:letterhead")
    return render(request, "papers/letterhead.html", {"form": form}, status=422 if form.errors else 200)
