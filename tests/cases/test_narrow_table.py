"""The narrow table's updates stay on their page, whatever indexes stand beside it: only closing and opening again touch one."""

from oppidum.cases.acting import act
from oppidum.cases.rules.standing import Command
from oppidum.core.sql import rows
from tests.desk.conftest import ANA, report


def updated() -> tuple[int, int]:
    """(rows updated, of these on their page) in this transaction."""
    return rows(
        "select pg_stat_get_xact_tuples_updated(c), pg_stat_get_xact_tuples_hot_updated(c) from (select 'cases_live'::regclass c) t"
    )[0]


def test_every_update_that_closes_nothing_stays_on_its_page(people):
    filed = [report().case_id for _ in range(5)]
    before = updated()
    for command in (
        Command("give_to", ANA, {"officer": people.ana.pk}),
        Command("start", ANA, {}),
        Command("note", ANA, {"note": "Vu"}),
        Command("ask_resident", ANA, {"message": "Quel numéro ?"}),
    ):
        assert not [one.refusal for one in act((case_id, command) for case_id in filed) if one.refusal]
    total, in_place = (now - then for now, then in zip(updated(), before, strict=True))
    assert total == in_place > 0


def test_closing_touches_the_indexes_of_open_and_closed_cases(people):
    filed = report().case_id
    before = updated()
    act([(filed, Command("finish", ANA, {"what_was_done": "Fait"}))])
    assert [now - then for now, then in zip(updated(), before, strict=True)] == [1, 0]
