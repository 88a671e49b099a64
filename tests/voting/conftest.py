"""A vote of the town: three projects in the square, the school yard and the harbour, voted on from 1 to 14 June 2027."""

from datetime import datetime

import pytest

from oppidum.cases import outbox
from oppidum.cases.acting import act_on
from oppidum.cases.filing import file_case
from oppidum.cases.intake import prepare_case
from oppidum.cases.preparing import prepare
from oppidum.cases.rules.standing import Actor
from oppidum.cases.sweeping import sweep
from oppidum.core import clock
from oppidum.people import remits
from oppidum.people.models import Remit
from oppidum.services.support.participation.participatory_call import ParticipatoryCall
from oppidum.services.support.participation.participatory_vote import ParticipatoryVote
from oppidum.voting.polls import find_poll_of, list_projects

OFFICE = Actor("officer", 1, "Eve", frozenset({"act", "note"}))
CALL = {
    "title": "Budget participatif 2027",
    "subject": "Tout ce qui rend la rue plus douce.",
    "budget": "100 000",
    "least_age": 16,
    "order": "Délibération 2027-8",
}
# Title and cost in euros.
PROJECTS = (("Des arbres place du Marché", 60_000), ("Une fontaine à l’école", 30_000), ("Un ponton pour tous", 50_000))


def at(month, day, hour=9, minute=0):
    return clock.at(datetime(2027, month, day, hour, minute, tzinfo=clock.PARIS))


def work():
    while outbox.deliver():
        pass


def do(filed, action, service=ParticipatoryCall, **raw):
    done = act_on(filed.case_id, prepare(service, action, raw, OFFICE))
    work()
    return done


def propose(call, title, **changed):
    raw = {
        "call": call.code,
        "title": title,
        "theme": "street",
        "project": "Tout le monde y gagne.",
        "proposer": {"kind": "person", "name": "Zoé Roux"},
        "contact": {"name": "Zoé", "email": "zoe@example.org"},
    } | changed
    filed = file_case(prepare_case(ParticipatoryVote, raw, channel="portal"))
    work()
    return filed


def call_for_projects(people):
    """The call is open since 1 March 2027, until 31 March."""
    for service in ("participatory-call", "participatory-vote"):
        Remit.objects.create(service=service, team=people.roads, category="*")
    remits.forget()
    with at(3, 1):
        call = file_case(prepare_case(ParticipatoryCall, CALL, channel="desk"))
        do(call, "open_call", proposals_until="2027-03-31")
    return call


def put_to_vote(call, most_choices=2):
    """Its three projects stand on the ballot, from 1 to 14 June."""
    with at(3, 20):
        filed = [propose(call, title) for title, _cost in PROJECTS]
    with at(4, 10):
        sweep()
        for one, (title, cost) in zip(filed, PROJECTS, strict=True):
            do(one, "retain", ParticipatoryVote, cost=str(cost), ballot_text=f"{title}, pour tous.")
        do(call, "announce", vote_opens_on="2027-06-01", vote_closes_on="2027-06-14", most_choices=most_choices)
    return filed


@pytest.fixture
def call(people):
    return call_for_projects(people)


@pytest.fixture
def poll(call):
    """The vote, open: it is 5 June."""
    put_to_vote(call)
    with at(6, 5):
        sweep()
        yield find_poll_of(call.case_id)


@pytest.fixture
def ids(poll):
    """The public ids of the three projects, in their order."""
    return [one.public_id for one in list_projects(poll)]
