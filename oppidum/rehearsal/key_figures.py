"""The key figures of the demonstration: those of 2023 as they were published, and this year's, asked for and partly entered.

What is entered for this year is invented, around the value of 2023, and its note says so.
"""

import random
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from django.utils.translation import override

from oppidum import figures
from oppidum.core import clock
from oppidum.figures.accounts.importing import import_accounts
from oppidum.figures.accounts.reading import tie
from oppidum.figures.declared.entering import Meant, enter, keep_evidence
from oppidum.figures.declared.importing import Signed, import_key_figures
from oppidum.figures.declared.requesting import request_figures
from oppidum.figures.declared.validating import send_back, validate
from oppidum.figures.models import AccountKind, Entry, KeyFigure, State
from oppidum.people.models import Officer, Right

PUBLISHED = Path(figures.__file__).parent / "demo" / "key_figures_2023.csv"
WEIGHED = PUBLISHED.with_name("pesees-demonstration-2023.csv")
# The key figures that the weighings add up to: what came in of each flow, and what of it was recovered.
TIES = {
    "residual": "ordures ménagères",
    "selective": "collecte sélective",
    "recycling-centres": "déchèteries",
    "bulky": "encombrants",
}
SEED = 2023
# Of each directorate's figures of this year, so many hundredths are entered, and of these so many validated.
ENTERED, VALIDATED = 35, 60
NOTE = "Valeur de démonstration, inventée autour de celle de 2023."


def rehearse_key_figures() -> str:
    """Load and act through the doors that everybody uses; says in a line what there is then."""
    owner = Officer.objects.filter(role__rights__contains=[Right.REPORT], is_active=True).order_by("pk").first()
    with override("fr"):
        done = import_key_figures(PUBLISHED, 2023, Signed(validated_by=owner))
        _tie_weighings()
        if done.faults or owner is None:
            return f"{done.new} key figures of {done.year}" if not done.faults else "\n".join(map(str, done.faults))
        year = clock.today().year
        request_figures(year, owner, clock.today() + timedelta(days=21))
        entered = _enter_some(year)
        _judge_some(year, entered, owner)
    return f"{done.new} key figures of {done.year}; of {year}, {len(entered)} are entered"


def _tie_weighings() -> None:
    """The waste of 2023 as it was weighed, invented by site and month, and the key figures that are sums of it."""
    import_accounts(WEIGHED, AccountKind.WASTE)
    for name, flow in TIES.items():
        tie(f"waste-{name}-collected", AccountKind.WASTE, {"way": "in", "flow": flow})
        tie(f"waste-{name}-recovered", AccountKind.WASTE, {"way": "out", "flow": flow, "destination": "valorisation"})


def _enter_some(year: int) -> list[str]:
    """The officers of each directorate enter a part of what they were asked for, some with a table as evidence."""
    rng, entered = random.Random(SEED), []
    published = dict(Entry.objects.filter(year=2023, is_current=True).values_list("figure_id", "value"))
    asked = (
        Entry.objects.filter(year=year, is_current=True, state=State.REQUESTED).select_related("figure").order_by("figure__rank")
    )
    authors = _authors()
    for entry in asked:
        author = authors.get(entry.figure.directorate)
        if author is None or rng.randrange(100) >= ENTERED or published.get(entry.figure_id) is None:
            continue
        with_table = rng.randrange(8) == 0
        value = _near(published[entry.figure_id], entry.figure, rng)
        meant = Meant(
            value=value,
            period=entry.period,
            precision="exact",
            note=NOTE,
            evidence=_table(entry.figure, value) if with_table else None,
            is_evidence_public=with_table,
        )
        enter(entry.figure.name, year, meant, author)
        entered.append(entry.figure.name)
    return entered


def _authors() -> dict[str, Officer]:
    """The first officer of each directorate who may enter."""
    found: dict[str, Officer] = {}
    for officer in Officer.objects.filter(role__code="figures-officer").order_by("pk").prefetch_related("teams__directorate"):
        for team in officer.teams.all():
            if team.directorate:
                found.setdefault(team.directorate.code, officer)
    return found


def _near(before: Decimal, figure: KeyFigure, rng: random.Random) -> Decimal:
    """A value within a tenth of the published one; targets, ranks and small numbers stay."""
    if figure.kind == "target" or figure.unit == "rank" or abs(before) < 10:
        return before
    moved = before * Decimal(rng.randint(92, 109)) / 100
    if figure.unit == "%":
        return min(Decimal(100), round(moved, 1))
    return Decimal(round(moved))


def _table(figure: KeyFigure, value: Decimal):
    """A table as a department would sum it."""
    half = round(value / 2)
    rows = f"semestre;{figure.unit}\n1er;{half}\n2e;{value - half}\ntotal;{value}\n"
    return keep_evidence(BytesIO(rows.encode()), f"{figure.name}.csv")


def _judge_some(year: int, entered: list[str], owner: Officer) -> None:
    """The owner of the report validates most of what was entered, and sends some back."""
    rng = random.Random(SEED + 1)
    drawn = {name: rng.randrange(100) for name in entered}
    validate([name for name, number in drawn.items() if number < VALIDATED], year, owner)
    for name in [name for name, number in drawn.items() if number >= 97]:
        send_back(name, year, owner, "La période couverte n’est pas celle demandée : comptez jusqu’au 31 décembre.")
