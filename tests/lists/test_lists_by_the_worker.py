"""A list filed by the real worker, killed with -9 in the middle of it: every row becomes one case."""

from oppidum.services.living_environment.special_waste_notice import CODE
from tests.cases.test_kill import house  # noqa: F401
from tests.lists.conftest import a_list, row

COUNT = 1500


def test_a_worker_killed_in_the_middle_of_a_list_files_every_row_once(house, tmp_path):  # noqa: F811
    content = tmp_path / "sent.csv"
    content.write_bytes(a_list(*(row(n) for n in range(COUNT))))
    with content.open("rb") as sent:
        assert house.start("tests.lists.sending", CODE, stdin=sent).wait() == 0
    worker = house.worker()
    house.wait(lambda: house.rows("select 1 from cases_listupload where reached > 0"))
    worker.kill()
    worker.wait()
    ((reached, stage),) = house.rows("select reached, stage from cases_listupload")
    assert stage == "filing" and house.rows("select count(*) from cases_case") == [(reached,)], "a piece is whole, or not at all"
    house.worker()
    house.wait(lambda: house.rows("select 1 from cases_listupload where stage = 'done'"))
    assert house.rows("select filed, found, refused, file from cases_listupload") == [(COUNT, 0, 0, "")]
    assert house.rows("select count(*), count(distinct key) from cases_case") == [(COUNT, COUNT)]
    assert not list((house.var / "media/lists").glob("*"))
