"""A chapter on its way to print: two people, no words lost, and an edition that is closed once everybody reads it."""

import pytest
from django.db import IntegrityError, transaction

from oppidum.core.errors import NotAllowed, Refusal
from oppidum.publishing import keeping
from oppidum.publishing.models import ReportEdition, ReportFile, ReportText, ReportTextChange
from oppidum.publishing.report import workflow
from oppidum.publishing.report.editions import find_file, make_file, make_missing_files, read_report
from oppidum.publishing.report.highlights import list_highlights
from oppidum.publishing.report.outline import chapter_plans
from tests.publishing.report_of_town import YEAR, declare, writers

GOOD = "On a collecté {waste-residual-collected}."


@pytest.fixture
def people(town, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    found = writers()
    declare((found.nour, found.owen))
    return found


def text(language="fr"):
    return workflow.get_text(YEAR, "waste", language)


def test_a_text_is_proposed_then_written_submitted_and_approved_by_a_second_person(people):
    assert text().state == workflow.PROPOSED
    workflow.save(YEAR, "waste", "fr", GOOD, 0, people.nour)
    workflow.submit(YEAR, "waste", "fr", 1, people.nour)
    workflow.approve(YEAR, "waste", "fr", 2, people.owen)
    assert text().state == "approved" and text().row.approver == people.owen
    assert list(ReportTextChange.objects.values_list("action", flat=True)) == ["saved", "submitted", "approved"]


def test_nobody_approves_their_own_words(people):
    workflow.save(YEAR, "waste", "fr", GOOD, 0, people.owen)
    workflow.submit(YEAR, "waste", "fr", 1, people.owen)
    with pytest.raises(NotAllowed):
        workflow.approve(YEAR, "waste", "fr", 2, people.owen)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportText.objects.update(state="approved", approver=people.owen)


def test_who_does_not_own_the_report_approves_nothing(people):
    workflow.submit(YEAR, "waste", "fr", 0, people.owen)
    with pytest.raises(NotAllowed):
        workflow.approve(YEAR, "waste", "fr", 1, people.nour)
    with pytest.raises(NotAllowed):
        workflow.save(YEAR, "waste", "fr", GOOD, 1, people.elie)


def test_two_who_write_at_once_lose_nothing(people):
    workflow.save(YEAR, "waste", "fr", "Premier texte.", 0, people.nour)
    with pytest.raises(workflow.TextConflict) as told:
        workflow.save(YEAR, "waste", "fr", "Second texte.", 0, people.owen)
    assert told.value.theirs.body == "Premier texte." and text().body == "Premier texte."


def test_a_text_with_faults_is_kept_and_not_submitted(people):
    workflow.save(YEAR, "waste", "fr", "Il y a 58 déchèteries et {no-such-figure}.", 0, people.nour)
    with pytest.raises(workflow.TextUnsound) as told:
        workflow.submit(YEAR, "waste", "fr", 1, people.nour)
    assert {one.kind for one in told.value.problems} == {"typed", "unknown"}
    assert text().state == "draft"


def test_a_text_is_sent_back_with_a_reason_that_its_author_reads(people):
    workflow.submit(YEAR, "waste", "fr", 0, people.nour)
    with pytest.raises(Refusal):
        workflow.send_back(YEAR, "waste", "fr", 1, "  ", people.owen)
    workflow.send_back(YEAR, "waste", "fr", 1, "Trop court.", people.owen)
    assert text().state == "draft"
    assert ReportTextChange.objects.get(action="sent-back").reason == "Trop court."


def test_an_approved_text_that_is_changed_must_be_approved_anew(people):
    workflow.submit(YEAR, "waste", "fr", 0, people.nour)
    workflow.approve(YEAR, "waste", "fr", 1, people.owen)
    workflow.save(YEAR, "waste", "fr", GOOD, 2, people.nour)
    assert text().state == "draft" and text().row.approver is None


def test_every_wording_is_kept(people):
    workflow.save(YEAR, "waste", "fr", "Un.", 0, people.nour)
    workflow.save(YEAR, "waste", "fr", "Deux.", 1, people.owen)
    assert list(ReportTextChange.objects.order_by("number").values_list("body", flat=True)) == ["Un.", "Deux."]


def test_an_edition_is_published_once_every_text_is_approved_and_then_closed(people):
    with pytest.raises(Refusal):
        workflow.publish(YEAR, people.owen)
    workflow.open_edition(YEAR)
    with pytest.raises(Refusal):
        workflow.publish(YEAR, people.owen)
    assert workflow.submit_all(YEAR, "fr", people.nour) == len(chapter_plans())
    assert workflow.approve_all(YEAR, "fr", people.owen) == len(chapter_plans())
    with pytest.raises(NotAllowed):
        workflow.publish(YEAR, people.nour)
    assert workflow.publish(YEAR, people.owen).is_published
    with pytest.raises(workflow.EditionClosed):
        workflow.save(YEAR, "waste", "fr", "Encore.", text().number, people.nour)


def test_everybody_reads_approved_texts_and_validated_values_alone(people):
    from oppidum.figures.models import Entry

    workflow.save(YEAR, "waste", "fr", "Un brouillon que personne n’a relu.", 0, people.nour)
    Entry.objects.filter(figure__name="levelo-trips").update(state="entered", validated_by=None, validated_at=None)
    report = read_report(YEAR, "fr", None, is_draft=False)
    assert "waste-residual-collected" in {one.name for one in report.figures()}
    assert "levelo-trips" not in {one.name for one in report.figures()}
    assert "brouillon" not in repr([chapter.blocks for chapter in report.chapters()])


def test_the_pdf_is_made_ahead_kept_and_made_anew_when_its_words_change(people):
    edition = workflow.open_edition(YEAR)
    assert make_missing_files() == 2
    kept = ReportFile.objects.get(language="fr")
    assert kept.pages > 8 and keeping.path_of(kept.file).read_bytes().startswith(b"%PDF")
    assert make_file(edition, "fr") is None
    workflow.save(YEAR, "waste", "fr", "Un autre texte.", 0, people.nour)
    assert make_file(edition, "fr") is not None


def test_a_draft_that_was_printed_is_not_given_to_everybody(people):
    make_file(workflow.open_edition(YEAR), "fr")
    assert find_file(YEAR, "fr", is_draft=True) is not None
    assert find_file(YEAR, "fr", is_draft=False) is None


def test_highlights_come_in_the_order_of_their_days(people):
    from datetime import date

    from oppidum.publishing.models import ReportHighlight

    ReportHighlight.objects.create(on=date(YEAR, 6, 1), title_fr="Fête", directorate="mobility")
    ReportHighlight.objects.create(on=date(YEAR, 2, 1), title_fr="Neige")
    ReportHighlight.objects.create(on=date(YEAR - 1, 2, 1), title_fr="Avant")
    assert [one.title for one in list_highlights(YEAR)] == ["Neige", "Fête"]
    assert [one.title for one in list_highlights(YEAR, "mobility")] == ["Fête"]
    assert ReportEdition.objects.count() == 0


def test_the_whole_report_is_checked_for_contradictions_before_print(people):
    from oppidum.publishing.report.findings import find_contradictions

    workflow.save(YEAR, "waste", "fr", "Le 31 février, on a trié. Le 30 février aussi.", 0, people.nour)
    found = find_contradictions(YEAR, "fr")
    assert any("février" in place.line for one in found for place in one.places)
    assert all(one.finding.why for one in found)


def test_the_demonstration_publishes_a_report_through_the_same_doors(people):
    from oppidum.rehearsal.report import rehearse_report

    assert "texts approved" in rehearse_report()
    assert workflow.get_edition(2023).is_published
    assert {change.action for change in ReportTextChange.objects.all()} == {"submitted", "approved"}
