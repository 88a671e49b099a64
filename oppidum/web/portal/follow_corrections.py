"""What officers did to the file itself, as its author reads it: answers before and after, and the case that a second matter became."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from oppidum.cases.corrections.told import read_corrections, say_correction
from oppidum.cases.declaration import Service
from oppidum.cases.declaration.recorded import LINK, SPLIT
from oppidum.cases.models import Case, Entry


def told_to_author(case: Case, service: type[Service], journal: Sequence[Entry]) -> dict[int, list[str]]:
    """The lines of each correction, by entry."""
    beside = read_corrections(case.pk, journal)
    return {
        entry.seq: [
            _("%(label)s: %(value)s") % {"label": label.rstrip(" ?:"), "value": value}
            for label, value in say_correction(service, case.filed_category, entry.data["correction"], beside[entry.seq])
        ]
        for entry in journal
        if "correction" in entry.data
    }


def ties_of(journal: Sequence[Entry]) -> dict[int, list[dict[str, str]]]:
    """The other case of each split, by entry, as a link that its author may follow; no query without one."""
    other = {entry.seq: entry.data["split"]["case"] for entry in journal if entry.action == SPLIT}
    other |= {entry.seq: entry.data["case"] for entry in journal if entry.action == LINK and entry.data.get("kind") == SPLIT}
    codes = dict(Case.objects.filter(pk__in=set(other.values())).values_list("pk", "code")) if other else {}
    return {
        seq: [{"name": codes[pk], "href": reverse("portal:follow", args=[codes[pk]])}] for seq, pk in other.items() if pk in codes
    }
