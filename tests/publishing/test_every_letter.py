"""Every letter of every service, with answers drawn from its form and from what its actions demand, becomes a page."""

import re
from datetime import UTC, date, datetime
from random import Random
from types import SimpleNamespace

import pytest
from django.utils.translation import override

from oppidum.cases.declaration import catalogue, letters_at
from oppidum.cases.declaration.letters import DECISIONS, WITH_REMEDIES
from oppidum.cases.declaration.sampling import Sampler
from oppidum.cases.rules.evolve import begin
from oppidum.cases.rules.standing import Actor, Fact
from oppidum.publishing.addressing import addressees
from oppidum.publishing.composing import compose
from oppidum.publishing.issuing import TownHalls
from oppidum.publishing.models import TownHall
from oppidum.publishing.signing import Signatory
from oppidum.publishing.stories import House, Story
from oppidum.publishing.typesetting import typeset
from oppidum.territory.models import Commune
from tests.publishing.conftest import tags_of, text_of

DAY, NOON = date(2027, 3, 1), datetime(2027, 3, 1, 11, tzinfo=UTC)
HEAD = SimpleNamespace(
    address="1 place de la Mairie", phone="04 00 00 00 00", town="Castelmer", president="Zoé Roux", quality="La présidente",
    court="Tribunal administratif", court_link="",
)  # fmt: skip
CASTELMER = Commune(
    code="13903", name="Castelmer", hall_address="1 place de la Mairie\n13930 Castelmer", hall_phone="04 42 00 00 03"
)
HALLS = TownHalls({"13903": TownHall(commune_id="13903", mayor="Rémi Blanc", quality="Le maire")}, {"13903": "#8a4b12"})
# A word that was blank, or the name of nothing: "None", a label without its value, a stop after nothing, empty brackets.
HOLE = re.compile(r"\bNone\b|\[object|\(\s*\)|«\s*»| [,.](?=\s)|, ?[,.;]|: ?[.,;]")
MADE = [
    (service, action, letter)
    for service in catalogue().values()
    for action in ("file", *service.flow.actions)
    for letter in letters_at(service, action)
]


def draw_story(service, action, seed):
    """A case whose every question was answered, at the moment when `action` makes its letter."""
    slot = {"slot": lambda rng, question: "ida@2027-03-22T09:00/10:00"}
    sampler = Sampler(Random(seed), DAY, gives=1.0, of=slot)
    demanded = {name: question for one in service.flow.actions.values() for name, question in one.demands.items()}
    values = sampler.answers({**demanded, **service.form}, service.rules_on(DAY))
    values |= {name: value for one in service.flow.actions.values() for name, value in one.sets.items() if value not in (None, "")}
    values |= {total: values[part] for one in service.flow.actions.values() for total, part in one.adds.items() if part in values}
    place = values.get("address") if isinstance(values.get("address"), dict) else {}
    case = SimpleNamespace(
        pk=1, code="7KQ2M-XA4RH", answers=values, address=place.get("text", "3 rue Neuve"), commune=CASTELMER, filed_category="",
    )  # fmt: skip
    data = {"definition": "x", "commune": "13903", "category": "", "promise": 0}
    filed = begin(service, 1, Fact(1, NOON, NOON, Actor("resident"), "file", None, service.flow.first, data))
    fact = Fact(2, NOON, NOON, Actor("system"), action, service.flow.first, service.flow.first, {"number": 7})
    known = {"today": DAY.isoformat(), **{f"rule:{name}": value for name, value in service.rules_on(DAY).items()}, **values}
    house = House("Métropole de Castelmer", HEAD, {}, {}, HALLS)
    team = SimpleNamespace(name="Équipe", phone="04 42 00 00 00", email="equipe@castelmer.example")
    author = SimpleNamespace(pk=1, name="Jeanne Martin", email="jeanne@example.org", notify=True, language="fr")
    return Story(case, service, filed, fact, (fact,), values, house, author, team, None, known)


@pytest.mark.parametrize(("service", "action", "letter"), MADE, ids=lambda one: getattr(one, "code", one))
def test_every_letter_becomes_a_page(service, action, letter):
    signatory = Signatory("Zoé Roux", ("La présidente",)) if letter.signed_by else None
    papers = []
    with override("fr"):
        for seed in range(3):
            story = draw_story(service, action, seed)
            to = next(iter(addressees(story, letter)))
            papers.append(compose(story, letter, to, [], signatory, DAY, "fr"))
    done = typeset(papers)
    text = text_of(done.pdf)
    assert "H1" in tags_of(done.pdf) and "{" not in text
    assert not (hole := HOLE.search(text)), text[max(0, hole.start() - 40) : hole.end() + 40]
    if letter.kind in WITH_REMEDIES:
        assert "Voies et délais de recours" in text and "Tribunal" in text.title() and "mois" in text
    if letter.kind in DECISIONS:
        assert text.count("Zoé Roux") == len(papers)
    assert letter.template != "card" or done.pages == 3
