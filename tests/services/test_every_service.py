"""What holds of every service of the catalogue, whoever declared it: a thousand cases led to an end by chance, and the house's rules."""

import ast
import inspect
from collections import Counter
from pathlib import Path

import pytest
from django.utils.translation import trans_real

from oppidum.cases.declaration import catalogue
from oppidum.cases.declaration.domains import fields_of
from oppidum.cases.declaration.letters import letters_at
from oppidum.cases.declaration.privacy import kept_of, privacy_of
from oppidum.cases.declaration.versions import restore
from oppidum.cases.rules.evolve import fold
from oppidum.rehearsal.walks import Stuck, Walk, walk

ROOT = Path(__file__).resolve().parents[2]
WALKS = 1000
LONGEST = 150
every_service = pytest.mark.parametrize("service", catalogue().values(), ids=lambda service: service.code)


def faults_of(one: Walk) -> list[str]:
    """What is wrong with a walk that came to its end."""
    service, case = one.service, one.case
    private = {name for name, question in fields_of(service) if question.private}
    told = {name for fact in one.journal for name in fact.data} & private
    wrong = [f"the journal holds the private answers {sorted(told)}"] if told else []
    if fold(service, case.case_id, one.journal) != case:
        wrong.append("the journal folds to another standing")
    if [fact.seq for fact in one.journal] != list(range(1, case.version + 1)):
        wrong.append("entries are not numbered one by one")
    if case.wakes_on is not None or case.ended_at is None:
        wrong.append("it is closed, and time would still change it")
    fees = {fee.name for fee in service.fees}
    for fact, kind, payload in ((d.fact, *effect) for d in one.decisions for effect in d.effects):
        if (kind == "letter" and not letters_at(service, fact.action)) or (kind == "charge" and payload["fee"] not in fees):
            wrong.append(f"{fact.action} makes {kind} {payload}, which isn't declared")
    return wrong


@every_service
def test_a_thousand_random_cases_come_to_an_end(service):
    """The shortest story that goes wrong is told, with the seed that makes it again: `walk(service, seed)`."""
    wrong: list[tuple[int, str]] = []
    reached, done = Counter(), Counter()
    for seed in range(WALKS):
        try:
            one = walk(service, seed)
        except Stuck as stuck:
            wrong.append((len(stuck.walk.journal), str(stuck)))
            continue
        wrong += [(len(one.journal), f"seed {seed}: {fault} after {one.story()}") for fault in faults_of(one)]
        reached.update(fact.to_step for fact in one.journal)
        done.update(fact.action for fact in one.journal)
    assert not wrong, f"{len(wrong)} of {WALKS} cases; the shortest: {min(wrong)[1]}"
    assert set(service.flow.steps) <= set(reached), f"never reached: {sorted(set(service.flow.steps) - set(reached))}"
    assert set(service.flow.actions) <= set(done), f"never taken: {sorted(set(service.flow.actions) - set(done))}"


@every_service
def test_a_restored_service_leads_cases_the_same_way(service):
    again = restore(service.as_data())
    for seed in range(30):
        here, there = walk(service, seed), walk(again, seed)
        assert [fact._replace(data={}) for fact in here.journal] == [fact._replace(data={}) for fact in there.journal]
        assert here.case._replace(definition="") == there.case._replace(definition="")


@every_service
def test_every_outcome_says_how_long_its_data_are_kept(service):
    for step in service.flow.steps.values():
        if step.is_end:
            assert kept_of(service, step.name).lasts, f"{service.code}: say how long the data of '{step.name}' are kept"


@every_service
def test_every_service_says_who_owns_it_and_why_it_holds_personal_data(service):
    assert service.owner and str(service.name) and service.__doc__
    privacy = privacy_of(service)
    assert privacy is None or (str(privacy.purpose) and privacy.basis and privacy.retention)


@every_service
def test_a_service_is_read_on_a_few_screens(service):
    """Its own lines; those that say from where its words come don't count."""
    text = Path(inspect.getsourcefile(service)).read_text()
    imports = sum(n.end_lineno - n.lineno + 1 for n in ast.parse(text).body if isinstance(n, ast.Import | ast.ImportFrom))
    own = len(text.splitlines()) - imports
    assert own <= LONGEST, f"{service.code}: {own} lines; move texts to a file beside it"


@every_service
def test_every_service_has_its_tests(service):
    """Where its own tests name its class or its code."""
    module = inspect.getsourcefile(service)
    if not Path(module).is_relative_to(ROOT):
        pytest.skip("a service of another package is tested there")
    named = [
        path.name
        for path in (ROOT / "tests/services").glob("test_*.py")
        if path.name != Path(__file__).name and (service.__name__ in path.read_text() or f'"{service.code}"' in path.read_text())
    ]
    assert named, f"{service.code}: write tests/services/test_{Path(module).stem}.py"


@every_service
def test_a_service_declares_and_does_not_compute(service):
    """No function, no loop, no SQL: a word that is missing belongs to the language, where every service has it."""
    tree = ast.parse(Path(inspect.getsourcefile(service)).read_text())
    found = [type(node).__name__ for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.For | ast.While | ast.Lambda)]
    assert not found, f"{service.code}: {found}"


@every_service
def test_every_text_of_a_service_is_there_in_french(service):
    french = trans_real.translation("fr")
    missing = sorted({text for text in _texts(service.as_data()) if text and text not in french._catalog})
    assert not missing, f"{service.code}: no French for {missing}"


def _texts(data):
    if isinstance(data, dict):
        if isinstance(data.get("_"), str):
            yield data["_"]
        for held in data.values():
            yield from _texts(held)
    elif isinstance(data, list):
        for held in data:
            yield from _texts(held)


@every_service
def test_the_icon_of_a_service_is_one_that_the_house_has(service):
    assert service.icon in (ROOT / "oppidum/web/icons.txt").read_text().split()
