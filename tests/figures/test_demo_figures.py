"""The demonstration's key figures: complete, in both languages, and this year's being gathered."""

import csv
from collections import Counter

from django.utils.translation import override

from oppidum.figures.key_figures import list_key_figures, search_key_figures
from oppidum.figures.models import Change, Entry, KeyFigure
from oppidum.figures.themes import THEMES
from oppidum.figures.wording import is_known_unit
from oppidum.people.loading import DEMO, load_people
from oppidum.people.models import Directorate
from oppidum.rehearsal.key_figures import PUBLISHED, rehearse_key_figures


def rows() -> list[dict[str, str]]:
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_published_figure_has_a_label_in_both_languages_a_known_unit_and_theme():
    found = rows()
    assert len(found) == 1016
    for column in ("label_fr", "label_en"):
        assert [label for label, times in Counter(row[column] for row in found).items() if times > 1 or not label] == []
    assert {row["theme"] for row in found} == set(THEMES)
    assert all(is_known_unit(row["unit"]) for row in found)
    assert "quote" not in found[0]


def test_the_demonstration_loads_2023_and_gathers_this_year(town, tmp_path):
    # The demonstration's officers, in a town that has other communes.
    people = tmp_path / "people.toml"
    people.write_text(DEMO.read_text(encoding="utf-8").replace("13055", "13901").replace("13001", "13902"), encoding="utf-8")
    load_people(people)
    said = rehearse_key_figures()
    assert "1016 key figures of 2023" in said
    values = [one for one in list_key_figures(2023, validated_only=True) if one.origin == "declared"]
    assert len(values) == 1016 and all(one.is_validated and one.value is not None for one in values)
    states = Counter(Entry.objects.exclude(year=2023).filter(is_current=True).values_list("state", flat=True))
    assert states["requested"] > 500 and states["entered"] > 50 and states["validated"] > 100
    assert set(KeyFigure.objects.values_list("directorate", flat=True)) <= set(Directorate.objects.values_list("code", flat=True))
    assert Change.objects.filter(action="refused").exists()
    found = {
        words: [one.name for one in search_key_figures(words, 2023)[:5]]
        for words in ("encombrants collectes", "encombrant colecté")
    }
    assert all("waste-bulky-collected" in names for names in found.values()), found
    with override("en"):
        assert "Bulky waste collected" in [one.label for one in search_key_figures("bulky waste", 2023)[:5]]
