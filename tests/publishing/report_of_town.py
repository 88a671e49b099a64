"""The town's year in key figures: waste, water, bicycles and a budget, declared and validated; two who write and approve its report."""

from decimal import Decimal
from types import SimpleNamespace

from oppidum.core import clock
from oppidum.figures.key_figures import KeyFigureValue
from oppidum.figures.models import Entry, KeyFigure
from oppidum.people.models import Officer, Role

YEAR = 2026
# name, directorate, theme, label, value, unit, kind
FIGURES = [
    ("waste-residual-collected", "living-environment-water", "waste", "Ordures résiduelles collectées", "6483", "t", "flow"),
    ("waste-residual-recovered", "living-environment-water", "waste", "Ordures résiduelles valorisées", "3743", "t", "flow"),
    ("waste-selective-collected", "living-environment-water", "waste", "Collectes sélectives", "792", "t", "flow"),
    ("waste-selective-recovered", "living-environment-water", "waste", "Collectes sélectives valorisées", "750", "t", "flow"),
    ("waste-recycling-centres-collected", "living-environment-water", "waste", "Déchets en déchèterie", "3470", "t", "flow"),
    ("waste-landfilled-share", "living-environment-water", "waste", "Part enfouie", "30.79", "%", "rate"),
    ("waste-energy-recovery-share", "living-environment-water", "waste", "Part valorisée en énergie", "31", "%", "rate"),
    ("recycling-centres-count", "living-environment-water", "waste", "Déchèteries du territoire", "58", "count", "stock"),
    ("levelo-trips", "mobility", "bike-share", "Trajets à vélo partagé", "2197135", "trips", "flow"),
    ("abrivelo-places", "mobility", "bike-parking", "Places de vélo à l’abri", "1173", "places", "stock"),
    ("abrivelo-shelters", "mobility", "bike-parking", "Abris à vélos", "38", "count", "stock"),
    ("deliberations", "institution", "assemblies", "Délibérations", "2410", "count", "flow"),
    ("beekeeping-hives", "culture-of-bees", "bees", "Ruches", "17", "count", "stock"),
]  # fmt: skip


def declare(officers=(None, None), year: int = YEAR, factor: int = 1) -> None:
    """Every figure of the town, its value entered by one officer and validated by another."""
    entered, validated = officers
    now = clock.now()
    for rank, (name, directorate, theme, label, value, unit, kind) in enumerate(FIGURES):
        figure, _new = KeyFigure.objects.get_or_create(
            name=name,
            defaults={
                "directorate": directorate,
                "theme": theme,
                "label_fr": label,
                "label_en": f"{label} (en)",
                "unit": unit,
                "kind": kind,
                "rank": rank,
            },
        )
        Entry.objects.create(
            figure=figure,
            year=year,
            state="validated",
            value=Decimal(value) / factor,
            unit=unit,
            period=str(year),
            entered_by=entered,
            entered_at=now,
            validated_by=validated,
            validated_at=now,
        )


def values(**changes) -> dict[str, KeyFigureValue]:
    """The same as plain values, for what needs no database; `waste_landfilled_share=None` leaves one without a value."""
    made = {}
    for rank, (name, directorate, theme, label, value, unit, kind) in enumerate(FIGURES):
        given = changes.get(name.replace("-", "_"), Decimal(value))
        made[name] = KeyFigureValue(
            name=name,
            label=label,
            directorate=directorate,
            theme=theme,
            unit=unit,
            period=str(YEAR),
            kind=kind,
            precision="exact",
            year=YEAR,
            value=given,
            origin="declared",
            declared=given,
            computed=None,
            difference=None,
            state="validated",
            is_validated=True,
            validated_by="Zoé Roux",
            validated_at=None,
            as_of=None,
            source="",
            previous=None,
            rank=rank,
        )
    return made


def writers() -> SimpleNamespace:
    """nour writes, owen owns the report, zoe owns it too, elie only looks at cases."""
    writer = Role.objects.create(code="writer", name="Rédaction", reach="all", rights=["figures"])
    owner = Role.objects.create(code="owner", name="Rapport", reach="all", rights=["figures", "report"])
    other = Role.objects.create(code="other", name="Autre", reach="all", rights=["act"])
    made = {
        name: Officer.objects.create_user(name, first_name=name.capitalize(), role=role)
        for name, role in (("nour", writer), ("owen", owner), ("zoe", owner), ("elie", other))
    }
    return SimpleNamespace(**made)
