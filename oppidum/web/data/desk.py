"""Open data at the desk: where each dataset stands, why one was refused, publish now, downloads by month."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oppidum.core import clock
from oppidum.core.calendar import add_months
from oppidum.publishing.datasets.catalogue import all_datasets, get_dataset
from oppidum.publishing.datasets.faults import tell
from oppidum.publishing.datasets.publishing import NO_ROWS
from oppidum.publishing.datasets.running import ask
from oppidum.publishing.datasets.using import uses_by_month, uses_of_all
from oppidum.publishing.datasets.versions import latest_runs, latest_versions
from oppidum.publishing.models import DatasetRun, OutsideDataset
from oppidum.web.data.listing import owner_names
from oppidum.web.data.said import persons_of
from oppidum.web.desk.entry import officers_only, require_right

RIGHTS = ("figures", "setup", "privacy")
MONTHS, RUNS, MOST_USED = 6, 20, 10
Outcome = DatasetRun.Outcome
TONES = {
    Outcome.PUBLISHED: "done",
    Outcome.UNCHANGED: "done",
    Outcome.REFUSED: "late",
    Outcome.FAILED: "late",
    Outcome.ASKED: "info",
}


@officers_only
@require_safe
def home(request):
    """All datasets, those that need somebody first."""
    require_right(request, *RIGHTS)
    runs, versions, uses, owners = latest_runs(), latest_versions(), uses_by_month(MONTHS), owner_names()
    asked = set(DatasetRun.objects.filter(outcome=Outcome.ASKED).values_list("dataset", flat=True))
    this_month = f"{clock.today():%Y-%m}"
    rows = [
        {
            "dataset": dataset,
            "owner": owners.get(dataset.owner, dataset.owner),
            "version": versions.get(name),
            "run": runs.get(name),
            "state": state_of(name in asked, runs.get(name)),
            "uses": uses.get(name, {}).get(this_month, 0),
        }
        for name, dataset in all_datasets().items()
    ]
    rows.sort(key=lambda row: (row["state"][0] != "late", str(row["dataset"].title)))
    context = {
        "rows": rows,
        "stats": _stats(rows),
        "outside": OutsideDataset.objects.count(),
        "used": _most_used(),
    }
    return render(request, "data/desk/home.html", context)


def state_of(is_asked: bool, run: DatasetRun | None) -> tuple[str, str]:
    """Tone and words of where a dataset stands."""
    if is_asked:
        return "info", _("publication asked for")
    if run is None:
        return "info", _("not published yet")
    if run.faults == NO_ROWS:
        return "info", _("no row yet")
    return TONES[run.outcome], run.get_outcome_display()


def _stats(rows: list[dict]) -> list[dict]:
    refused = sum(row["state"][0] == "late" for row in rows)
    return [
        {"label": _("datasets published"), "value": sum(row["version"] is not None for row in rows)},
        {
            "label": _(
                "refused",
            ),
            "value": refused,
            "tone": "late",
        },
        {"label": _("downloads this month"), "value": sum(row["uses"] for row in rows)},
    ]


def _most_used() -> list[dict]:
    """The datasets held elsewhere that are visited most."""
    uses = uses_of_all()
    found = OutsideDataset.objects.filter(name__in=uses)
    return sorted(({"entry": one, "uses": uses[one.name]} for one in found), key=lambda row: -row["uses"])[:MOST_USED]


@officers_only
@require_safe
def page(request, name: str):
    """One dataset: its last runs with their faults, downloads of the last months."""
    require_right(request, *RIGHTS)
    dataset = get_dataset(name)
    runs = list(DatasetRun.objects.filter(dataset=name).select_related("by", "version").order_by("-at", "-pk")[:RUNS])
    this_month, uses = clock.today().replace(day=1), uses_by_month(MONTHS).get(name, {})
    months = [add_months(this_month, -n) for n in range(MONTHS)]
    version = latest_versions([name]).get(name)
    context = {
        "dataset": dataset,
        "version": version,
        "owner": owner_names().get(dataset.owner, dataset.owner),
        "runs": [
            {"run": run, "faults": [tell(fault) for fault in run.faults], "state": state_of(run.outcome == Outcome.ASKED, run)}
            for run in runs
        ],
        "months": [(month, uses.get(f"{month:%Y-%m}", 0)) for month in months],
        "persons": persons_of(dataset, version),
        "is_asked": any(run.outcome == Outcome.ASKED for run in runs),
    }
    return render(request, "data/desk/dataset.html", context)


@officers_only
@require_POST
def order(request, name: str):
    """Have it published by the worker within seconds."""
    require_right(request, *RIGHTS)
    ask(name, request.user)
    messages.success(request, _("The publication is asked for: it begins within seconds."))
    return redirect("data-desk:dataset", name)
