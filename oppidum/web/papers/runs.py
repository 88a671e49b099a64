"""Print runs at the desk: what waits, what is being printed and how far it is, what was posted."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from oppidum.cases.declaration import catalogue
from oppidum.core.errors import Refusal
from oppidum.publishing import printing
from oppidum.publishing.keeping import path_of
from oppidum.publishing.models import PrintRun
from oppidum.web.desk.entry import officers_only, require_right
from oppidum.web.papers.said import KIND_LABELS

RIGHTS = ("print", "setup")
LATEST = 30


@officers_only
@require_safe
def home(request):
    """What waits for the printer, by letter, and the latest runs."""
    require_right(request, *RIGHTS)
    waiting = [(one, label_of(one.service, one.kind)) for one in printing.waiting()]
    context = {"waiting": waiting, "runs": PrintRun.objects.select_related("ordered_by")[:LATEST]}
    return render(request, "papers/home.html", context)


@officers_only
@require_POST
def order(request):
    """Start a run of the letters that wait, of one kind or all."""
    require_right(request, *RIGHTS)
    letter, service = request.POST.get("letter", "")[:60], request.POST.get("service", "")[:60]
    found = next((one for one in printing.waiting() if (one.service, one.letter) == (service, letter)), None)
    label = label_of(service, found.kind) if found else _("All letters")
    try:
        runs = printing.order_runs(label[:180], request.user, service, letter)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("papers:home")
    return redirect("papers:run", runs[0].pk) if len(runs) == 1 else redirect("papers:home")


def label_of(service: str, kind: str) -> str:
    """ "Permis de louer: refus"."""
    known = catalogue().get(service)
    return _("%(service)s: %(kind)s") % {"service": known.name if known else service, "kind": KIND_LABELS.get(kind, kind)}


@officers_only
@require_safe
def page(request, pk: int):
    """A run and how far it is; while it is printed the page asks again by itself."""
    require_right(request, *RIGHTS)
    run = get_object_or_404(PrintRun.objects.select_related("ordered_by"), pk=pk)
    template = "papers/_run.html" if request.htmx else "papers/run.html"
    return render(request, template, {"run": run, "returned": run.papers.filter(fate="returned").count()})


@officers_only
@require_safe
def pdf(request, pk: int):
    """The whole run as one file, for the printer."""
    require_right(request, *RIGHTS)
    run = get_object_or_404(PrintRun, pk=pk)
    if not run.file or not path_of(run.file).exists():
        raise Http404
    return FileResponse(path_of(run.file).open("rb"), as_attachment=True, filename=f"{run.pk}.pdf", content_type="application/pdf")


@officers_only
@require_POST
def posted(request, pk: int):
    """The run was handed to the post."""
    require_right(request, *RIGHTS)
    run = get_object_or_404(PrintRun, pk=pk)
    count = printing.mark_posted(run)
    messages.success(request, ngettext("%(n)d letter is posted.", "%(n)d letters are posted.", count) % {"n": count})
    return redirect("papers:run", run.pk)


@officers_only
@require_POST
def again(request, pk: int):
    """Try what failed once more."""
    require_right(request, *RIGHTS)
    printing.try_again(get_object_or_404(PrintRun, pk=pk))
    return redirect("papers:run", pk)
