"""The deliberations in the national format, checked against the facts of its schema (SCDL deliberations 2.1.5)."""

import csv
import io
import re
from datetime import date

import pytest
from django.test import Client

from oppidum.bodies import voting
from oppidum.bodies.acting import conclude
from oppidum.bodies.attending import close_sitting
from oppidum.bodies.exporting import COLUMNS, deliberations
from oppidum.bodies.matters import MATTERS
from oppidum.bodies.models import Act, Transmission
from oppidum.bodies.queueing import mark_received
from oppidum.core.clock import midnight
from oppidum.publishing.actes import Outbox
from oppidum.publishing.datasets.publishing import publish
from oppidum.publishing.sending_out import send_out

# Of the schema: what is required, and the patterns; then its checks between columns.
REQUIRED = COLUMNS[:7]
PATTERNS = {
    "COLL_SIRET": r"\d{14}",
    "DELIB_DATE": r"\d{4}-\d{2}-\d{2}",
    "DELIB_MATIERE_CODE": r"\d\.\d{1,2}",
    "BUDGET_ANNEE": r"[0-9]{4}(/[0-9]{4})?",
    "PREF_DATE": r"\d{4}-\d{2}-\d{2}",
}
VOTES = ("VOTE_EFFECTIF", "VOTE_REEL", "VOTE_POUR", "VOTE_CONTRE", "VOTE_ABSTENTION")


def faults_of(row: dict[str, str]) -> list[str]:
    """What the schema would say of a row."""
    faults = [f"{name} is required" for name in REQUIRED if not row[name]]
    faults += [f"{name}: {row[name]}" for name, p in PATTERNS.items() if row[name] and not re.fullmatch(p, row[name])]
    given = [name for name in VOTES if row[name]]
    if given and len(given) < len(VOTES):
        faults.append("the vote's columns go together")
    if given:
        there, real, votes_for, against, abstained = (int(row[name]) for name in VOTES)
        if real != votes_for + against + abstained or there < real:
            faults.append("the vote doesn't add up")
    if bool(row["BUDGET_ANNEE"]) != bool(row["BUDGET_NOM"]):
        faults.append("budget year and name go together")
    if row["PREF_DATE"] and row["PREF_DATE"] < row["DELIB_DATE"]:
        faults.append("received before it was decided")
    if row["DELIB_MATIERE_NOM"] != MATTERS[row["DELIB_MATIERE_CODE"]]:
        faults.append("the matter's name is not the code's")
    return faults


@pytest.fixture
def published(council, sitting_with, moved, tmp_path):
    """Three deliberations of 20 May 2027, published; one received, one on a budget, one elected without a vote."""
    sitting = sitting_with("Plan vélo", "Budget annexe", "Représentant", matter="8.7")
    bike, budget, post = sitting.items.all()
    budget.budget_year, budget.budget_name, budget.matter = "2027", "Budget annexe déchets", "7.1"
    budget.save()
    post.kind, post.candidates = "nomination", [{"name": "Elsa", "born_on": ""}]
    post.save()
    voting.record_vote(bike, {council.elsa.pk: "against", council.farid.pk: "abstain", council.gilda.pk: "none"})
    voting.record_vote(budget, {})
    voting.elect_single(post)
    close_sitting(sitting)
    with moved(2027, 5, 21, 9):
        acts = conclude(sitting)
        send_out(Outbox(tmp_path))
        mark_received(Transmission.objects.get(act=acts[0]).reference, "A1", midnight(date(2027, 5, 22)))
    return acts


def test_every_row_keeps_the_rules_of_the_national_schema(published):
    header, *rows = deliberations(2027)
    rows = [dict(zip(header, row, strict=True)) for row in rows]
    assert tuple(header) == COLUMNS and len(rows) == 3
    assert [faults_of(row) for row in rows] == [[], [], []]
    assert (rows[0]["PREF_ID"], rows[0]["PREF_DATE"]) == ("PREF013", "2027-05-22")
    assert [rows[0][name] for name in VOTES] == ["7", "6", "4", "1", "1"]
    assert rows[2]["VOTE_REEL"] == ""


def test_deliberations_acts_and_sittings_are_published_as_open_data(published, settings, tmp_path, moved):
    settings.MEDIA_ROOT = tmp_path
    with moved(2027, 6, 1, 9):
        runs = {name: publish(name) for name in ("deliberations", "acts", "sittings", "datasets")}
    assert {run.outcome for run in runs.values()} == {"published"}, [run.faults for run in runs.values()]
    assert runs["deliberations"].version.rows == 3 and runs["datasets"].version.rows == 3
    assert (str(runs["deliberations"].version.covers_from), runs["deliberations"].version.bounds) == ("2027-05-20", [])


def test_what_is_not_online_is_not_open_data(published):
    Act.objects.update(published_on=None)
    assert len(list(deliberations(2027))) == 1


def test_the_file_of_a_year_is_one_link_away_from_the_page_of_acts(published):
    page = Client().get("/acts/").content.decode()
    assert "/acts/deliberations-2027.csv" in page
    answer = Client().get("/acts/deliberations-2027.csv")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert rows[0] == list(COLUMNS) and len(rows) == 4


def test_a_year_costs_two_queries_whatever_it_holds(published, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        list(deliberations(2027))
