"""Files are destroyed as archives law asks: proposed, with a visa, and the list stays."""

import dataclasses

import pytest

from oppidum.cases.acting import act_on
from oppidum.cases.declaration import Kept
from oppidum.cases.models import Case, Entry, Live, Party
from oppidum.cases.persons.retaining import forget_persons
from oppidum.cases.preparing import prepare
from oppidum.cases.verifying import verify
from oppidum.core.errors import NotAllowed
from oppidum.privacy.archives import NothingDue, NotTheStage, destroy, destroyable, give_visa, list_csv, propose
from oppidum.privacy.models import DestructionList, ListedCase
from tests.privacy.conftest import ANA
from tests.privacy.permit import Permit


@pytest.fixture
def refused(file_permit, settled, moved, monkeypatch):
    """`refused(3)` permits refused in March 2027, whose files are destroyed after a year."""
    retention = Permit.privacy.retention | {"refused": Kept("P1Y", then="destroy", reason="time for an appeal")}
    monkeypatch.setattr(Permit, "privacy", dataclasses.replace(Permit.privacy, retention=retention))

    def make(count):
        with moved(2027, 3, 1, 9):
            ids = [file_permit() for _ in range(count)]
            for case_id in ids:
                act_on(case_id, prepare(Permit, "refuse", {}, ANA))
            settled()
        return ids

    return make


def test_without_a_visa_nothing_is_destroyed(refused, dpo, moved):
    refused(2)
    with moved(2029, 1, 1, 2):
        assert forget_persons() == 0
        found = propose(dpo, "permit", "refused")
        with pytest.raises(NotTheStage):
            destroy(found.pk)
    assert Party.objects.count() == 2 and destroyable() == [("permit", "refused")]


def test_proposed_visaed_destroyed_and_the_list_stays(refused, dpo, moved):
    ids = refused(3)
    keep = Case.objects.get(pk=ids[0]).code
    with moved(2029, 1, 1, 9):
        found = propose(dpo, "permit", "refused")
        with pytest.raises(NothingDue):
            propose(dpo, "permit", "refused")
    with moved(2029, 2, 1, 9):
        give_visa(dpo, found.pk, "Archives départementales", "V-2029-12", keep=[keep])
        with pytest.raises(NotTheStage):
            give_visa(dpo, found.pk, "Archives", "again")
        assert destroy(found.pk) == 2 and destroy(found.pk) == 0
    assert Case.objects.get(pk=ids[1]).answers == {} and Case.objects.get(pk=ids[0]).answers
    told = {case_id: [e.action for e in Entry.objects.filter(case_id=case_id).order_by("seq")][3:] for case_id in ids[:2]}
    assert told == {ids[0]: ["propose_destruction", "archive"], ids[1]: ["propose_destruction", "visa", "forget"]}
    assert Entry.objects.filter(action="forget").first().data == {"list": "E-2029-001", "visa": "V-2029-12"}
    table = list_csv(DestructionList.objects.get()).splitlines()
    assert len(table) == 4 and "Martin" not in "".join(table) and keep in table[1]
    assert list(verify()) == [(3, [])]


def test_what_is_kept_by_the_archives_is_never_proposed_again(refused, dpo, moved):
    ids = refused(1)
    with moved(2029, 1, 1, 9):
        found = propose(dpo, "permit", "refused")
        give_visa(dpo, found.pk, "AD13", "V-1", keep=[Case.objects.get(pk=ids[0]).code])
        assert destroy(found.pk) == 0
        with pytest.raises(NothingDue):
            propose(dpo, "permit", "refused")


def test_a_file_opened_again_after_the_visa_is_held(refused, dpo, moved):
    ids = refused(2)
    with moved(2029, 1, 1, 9):
        found = propose(dpo, "permit", "refused")
        give_visa(dpo, found.pk, "AD13", "V-1")
        act_on(ids[0], prepare(Permit, "reopen", {}, ANA))
        assert destroy(found.pk) == 1
    assert list(ListedCase.objects.order_by("case_id").values_list("fate", flat=True)) == ["held", "destroyed"]
    assert Live.objects.get(case=ids[0]).forgotten_on is None


def test_only_data_protection_proposes(refused, people, moved):
    refused(1)
    with moved(2029, 1, 1, 9), pytest.raises(NotAllowed):
        propose(people.ana, "permit", "refused")


def test_a_list_costs_a_few_statements_whatever_its_length(refused, dpo, moved, django_assert_max_num_queries):
    refused(12)
    with moved(2029, 1, 1, 9), django_assert_max_num_queries(44):
        found = propose(dpo, "permit", "refused")
        give_visa(dpo, found.pk, "AD13", "V-1")
        assert destroy(found.pk) == 12


def test_no_figure_changes_when_files_are_destroyed(people, dpo, moved, monkeypatch):
    from oppidum.cases.declaration import Privacy
    from oppidum.cases.filing import file_case, prepare_case
    from oppidum.cases.models import Effect
    from oppidum.figures.catalogue import all_figures
    from oppidum.figures.computing import Period, compute
    from oppidum.services.living_environment.report import Report

    kept = {"done": Kept("P1Y", then="destroy"), "*": "P2Y"}
    declared = Privacy(purpose="x", persons=("x",), categories=("x",), recipients=("x",), retention=kept)
    monkeypatch.setattr(Report, "privacy", declared)
    with moved(2027, 3, 1, 9):
        raw = {"category": "roads.pothole", "where": "road", "words": "Un trou"}
        ids = [file_case(prepare_case(Report, raw, lon=5.05, lat=43.35, commune="13901", channel="portal")).case_id for _ in "abc"]
        for case_id in ids:
            act_on(case_id, prepare(Report, "finish", {"what_was_done": "Rebouché"}, ANA))
        Effect.objects.all().delete()

    def figures():
        return [(v.value, v.splits) for v in (compute(name, Period.year(2027)) for name in all_figures())]

    before = figures()
    with moved(2029, 1, 1, 9):
        found = propose(dpo, "report", "done")
        give_visa(dpo, found.pk, "AD13", "V-1")
        assert destroy(found.pk) == 3
    assert figures() == before and any(value == 3 for value, _splits in before)
