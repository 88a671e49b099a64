"""Figures that the activity report prints are named by its ids: those in `stated_ids.txt`, each of them in the seed where it lies."""

import csv
import dataclasses
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import RequestFactory

from oppidum.core.errors import NotFound
from oppidum.figures import catalogue
from oppidum.figures.catalogue import all_figures
from oppidum.web.figures.asking import asked_figure

LISTED = set((Path(__file__).parent / "stated_ids.txt").read_text().split())
SEED = Path(__file__).resolve().parents[3] / "shared/seed/figures.csv"


def test_figures_state_key_figures_of_the_report():
    assert {figure.states for figure in all_figures().values() if figure.states} == LISTED


def test_every_stated_key_figure_is_in_the_report():
    if not SEED.exists():
        pytest.skip("the report's figures lie elsewhere; the list of ids is held by the test above")
    with SEED.open(encoding="utf-8") as lines:
        assert {row["id"] for row in csv.DictReader(lines)} >= LISTED


@pytest.fixture
def declared(monkeypatch):
    """A catalogue with a figure changed."""

    def change(name, **values):
        figures = dict(all_figures())
        services = {code: SimpleNamespace(code=code, figures=(), flow=one.flow) for code, one in catalogue.catalogue().items()}
        figures[name] = dataclasses.replace(figures[name], **values)
        service = SimpleNamespace(code="town", figures=tuple(figures.values()))
        monkeypatch.setattr(catalogue, "catalogue", lambda: {"town": service} | services)
        monkeypatch.setattr(catalogue, "HOUSE", ())
        all_figures.cache_clear()

    yield change
    all_figures.cache_clear()


def test_two_figures_cannot_state_the_same_quantity(declared):
    declared("calls", states="deliberations")
    with pytest.raises(catalogue.DefinitionError, match="'deliberations' is stated by 2 figures"):
        all_figures()


def test_a_publication_is_one_of_two(declared):
    declared("calls", publication="secret")
    with pytest.raises(catalogue.DefinitionError, match="publication is 'public' or 'internal'"):
        all_figures()


def test_an_internal_figure_is_not_there_for_everybody(declared, people):
    declared("reports-rejected", publication="internal")
    asked = RequestFactory().get("/")
    asked.user = SimpleNamespace(is_authenticated=False)
    with pytest.raises(NotFound):
        asked_figure(asked, "reports-rejected")
    asked.user = SimpleNamespace(is_authenticated=True, may=lambda right: right == "figures")
    assert asked_figure(asked, "reports-rejected").name == "reports-rejected"
