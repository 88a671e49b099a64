"""An act of the assembly: from the draft to the day from which it binds."""

from datetime import date

import pytest

from oppidum.bodies.acting import sign
from oppidum.bodies.models import Act
from oppidum.bodies.waiting import list_waiting
from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.rules.clocks import clock_states
from oppidum.core.errors import InvalidForm
from oppidum.figures.computing import Period, compute, count_trail
from oppidum.publishing.actes import Outbox
from oppidum.publishing.sending_out import send_out
from oppidum.services.institution.acts import AssemblyAct
from tests.bodies.conftest import council  # noqa: F401
from tests.services.assembly import seated, secretary, take, vote
from tests.services.doing import standing

DRAFT = {
    "kind": "deliberation",
    "body": "council",
    "title": "Plan vélo 2027-2032",
    "directorate": "Mobilité",
    "matter": "8.7",
    "is_individual": "no",
    "needs_sending": "yes",
    "note": "Le plan prévoit 120 km de pistes.",
    "decision": "Article 1 : le plan vélo est approuvé.",
}
ORDER = DRAFT | {"kind": "order", "title": "Délégation de signature", "matter": "5.5"}
DECISION = DRAFT | {"kind": "decision", "delegation": "DEL-2026-0003, article 4", "title": "Marché de maintenance", "matter": "1.1"}


@pytest.fixture
def draft(council, moved):  # noqa: F811
    """File a draft and have it seen by the lawyers and the general director."""

    def make(answers=DRAFT, visas=True):
        with moved(2027, 4, 1, 9):
            filed = file_case(prepare_case(AssemblyAct, answers, channel="desk"))
            if visas:
                take(filed.case_id, "legal_visa")
                take(filed.case_id, "dgs_visa")
        return filed.case_id

    return make


def test_a_draft_is_seen_by_the_lawyers_then_by_the_general_director(draft, moved):
    case_id = draft(visas=False)
    assert standing(case_id).step == "legal_review"
    with moved(2027, 4, 2, 9):
        take(case_id, "legal_remarks", remarks="Viser la loi.")
        assert standing(case_id).step == "draft"
        take(case_id, "resubmit", note="Mieux.", decision="Article 1.")
        take(case_id, "legal_visa")
        assert take(case_id, "dgs_visa").step == "council"


def test_where_it_goes_follows_from_what_it_is(draft):
    assert standing(draft(DRAFT | {"body": "bureau"})).step == "bureau"
    assert standing(draft(ORDER)).step == "signature"


def test_a_decision_says_which_deliberation_delegates_it(council):  # noqa: F811
    with pytest.raises(InvalidForm):
        prepare_case(AssemblyAct, DECISION | {"delegation": ""}, channel="desk")


def test_a_deliberation_takes_title_note_text_and_matter_from_its_draft(council, draft, moved, tmp_path):  # noqa: F811
    case_id = draft()
    (act,) = vote(council.body, month=5, day=20)
    assert (act.code, act.title, act.matter) == ("DEL-2027-0001", DRAFT["title"], "8.7")
    assert (act.text, act.decision) == (DRAFT["note"], DRAFT["decision"])
    assert standing(case_id).step == "decided"
    with moved(2027, 5, 22, 9):
        send_out(Outbox(tmp_path))
    assert standing(case_id).step == "in_force"
    act.refresh_from_db()
    assert act.enforceable_on == date(2027, 5, 22)


def test_what_the_assembly_rejects_has_no_number(council, draft):  # noqa: F811
    case_id = draft()
    assert vote(council.body, month=5, day=20, against=True) == []
    assert standing(case_id).step == "rejected"


def test_the_president_signs_orders_and_decisions_each_in_its_series(council, draft, moved):  # noqa: F811
    order, decision = draft(ORDER), draft(DECISION)
    with moved(2027, 4, 5, 9):
        waiting = list_waiting(council.authority, secretary())
        assert [[a.name for a in one.actions] for one in waiting] == [["sign_order", "decline"], ["sign_decision", "decline"]]
        acts = sign(council.authority, [(one, one.actions[0].name) for one in waiting])
    assert sorted(one.code for one in acts) == ["ARR-2027-0001", "DEC-2027-0001"]
    assert standing(order).step == standing(decision).step == "decided"
    assert standing(order).due_on == date(2027, 4, 20)


def test_what_the_president_declines_goes_back_without_a_number(council, draft, moved):  # noqa: F811
    case_id = draft(ORDER)
    with moved(2027, 4, 5, 9):
        assert sign(council.authority, [(one, "decline") for one in list_waiting(council.authority, secretary())]) == []
    assert standing(case_id).step == "draft" and not Act.objects.exists()


def test_council_and_bureau_number_their_deliberations_in_one_series(council, draft):  # noqa: F811
    bureau = seated("bureau", "bureau", [council.alma.councillor, council.elsa.councillor], series="deliberation")
    draft()
    draft(DRAFT | {"body": "bureau"})
    assert [a.code for a in vote(council.body, month=5, day=20)] == ["DEL-2027-0001"]
    assert [a.code for a in vote(bureau, month=6, day=10)] == ["DEL-2027-0002"]


def test_deliberations_orders_and_decisions_are_counted_apart_with_their_trails(council, draft, moved):  # noqa: F811
    draft(), draft(DRAFT | {"title": "Plan pluie"}), draft(ORDER), draft(DECISION)
    vote(council.body, month=5, day=20)
    with moved(2027, 6, 1, 9):
        sign(council.authority, [(one, one.actions[0].name) for one in list_waiting(council.authority, secretary())])
    year = Period.year(2027)
    assert compute("deliberations", year).value == count_trail("deliberations", year) == 2
    assert compute("deliberations", year).splits["body"] == {"Conseil": 2}
    assert compute("orders-issued", year).value == compute("decisions-issued", year).value == 1


@pytest.mark.parametrize(
    ("individual", "clock", "source"), [("yes", "sending", "CGCT, art. L2131-1"), ("no", "sending_others", "Délai interne")]
)
def test_the_law_gives_fifteen_days_to_send_an_individual_decision_for_others_the_time_is_the_authoritys_own(
    council,  # noqa: F811
    draft,
    moved,
    individual,
    clock,
    source,
):
    order = draft(ORDER | {"is_individual": individual})
    with moved(2027, 4, 5, 9):
        sign(council.authority, [(one, "sign_order") for one in list_waiting(council.authority, secretary())])
    running = [(one, state) for one, state in clock_states(AssemblyAct, standing(order)) if state.is_counting]
    assert [(one.name, one.source, state.ends_on) for one, state in running] == [(clock, source, date(2027, 4, 20))]
    assert running[0][0].verified is (individual == "yes")
