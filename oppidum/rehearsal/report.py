"""The activity report of the demonstration: the texts that Oppidum proposes, submitted by one officer, approved by another, published.

The highlights are dated facts of the year that anybody may check; everything else comes from the key figures.
"""

from datetime import date

from oppidum.people.models import Officer, Right
from oppidum.publishing.models import ReportHighlight
from oppidum.publishing.report import workflow
from oppidum.publishing.report.outline import LANGUAGES

YEAR = 2023
# Day, French, English, directorate.
HIGHLIGHTS = (
    (date(2023, 1, 1), "La nouvelle organisation métropolitaine entre en vigueur", "The new organisation begins", "institution"),
    (date(2023, 1, 27), "Ouverture du pôle d’échanges de Meyrargues", "The interchange of Meyrargues opens", "mobility"),
    (date(2023, 2, 7), "Premiers rails du tramway vers le nord", "First rails of the tramway to the north", "mobility"),
    (date(2023, 4, 1), "L’Étincelle ouvre ses portes à Venelles", "L’Étincelle opens in Venelles", "ecology-culture-sport"),
    (
        date(2023, 5, 24),
        "Nouvelle station d’épuration à Fos-sur-Mer",
        "A new treatment plant in Fos-sur-Mer",
        "living-environment-water",
    ),
    (date(2023, 6, 8), "Conférence métropolitaine de l’innovation", "Conference on innovation", "economy"),
)


def rehearse_report() -> str:
    """Through the doors that everybody uses; says in a line what there is then."""
    owner = Officer.objects.filter(role__rights__contains=[Right.REPORT], is_active=True).order_by("pk").first()
    author = (
        Officer.objects.filter(role__rights__contains=[Right.FIGURES], is_active=True)
        .exclude(pk=owner.pk if owner else None)
        .order_by("pk")
        .first()
    )
    if owner is None or author is None:
        return "no report: nobody owns it"
    workflow.open_edition(YEAR)
    ReportHighlight.objects.bulk_create(
        ReportHighlight(on=on, title_fr=french, title_en=english, directorate=directorate)
        for on, french, english, directorate in HIGHLIGHTS
    )
    approved = 0
    for language in LANGUAGES:
        workflow.submit_all(YEAR, language, author)
        approved += workflow.approve_all(YEAR, language, owner)
    workflow.publish(YEAR, owner)
    return f"the report of {YEAR}: {approved} texts approved; the worker makes its PDF"
