"""The bodies of a metropolis from a file."""

import pytest

from oppidum.bodies.loading import BodiesFileError, load_bodies
from oppidum.bodies.models import Body, Member


def test_the_demonstration_has_a_council_of_240_and_is_loaded_twice_without_doubles(town):
    first, second = load_bodies(), load_bodies()
    assert first == second and first.councillors == 240
    council = Body.objects.get(code="council")
    assert council.members.filter(until=None).count() == council.seats == 240
    assert council.members.filter(role=Member.Role.PRESIDENT).get().quality == "Présidente"


def test_a_mandate_that_the_file_no_longer_names_ends(town, tmp_path):
    file = tmp_path / "bodies.toml"
    text = 'councillors = """\nMme|Alma|Rey|13901|A|1960-01-01\nM.|Bruno|Sol|13902|B|\n"""\n[[bodies]]\ncode = "b"\nname = "B"\nkind = "bureau"\n'
    file.write_text(text + 'president = "alma-rey"\nmembers = ["bruno-sol"]\nsince = 2026-04-01\n')
    load_bodies(file)
    file.write_text(text + 'president = "alma-rey"\nsince = 2027-01-01\n')
    assert load_bodies(file).members == 1
    assert Member.objects.get(councillor__code="bruno-sol").until.isoformat() == "2027-01-01"


def test_a_wrong_file_says_all_its_faults_and_loads_nothing(town, tmp_path):
    file = tmp_path / "bodies.toml"
    file.write_text('[[bodies]]\ncode = "b"\nkind = "club"\nseries = "letters"\npresident = "nobody"\n')
    with pytest.raises(BodiesFileError) as wrong:
        load_bodies(file)
    assert len(str(wrong.value).splitlines()) == 4 and not Body.objects.exists()
