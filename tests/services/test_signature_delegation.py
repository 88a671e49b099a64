"""Delegations of signature: drafted from the directory, only where it changed; they count once signed, sent and published, and the old ones no longer."""

from datetime import date, datetime

import pytest

from oppidum.bodies import queueing
from oppidum.bodies.acting import sign
from oppidum.bodies.models import Transmission
from oppidum.bodies.waiting import list_waiting
from oppidum.cases import outbox
from oppidum.cases.acting import act
from oppidum.cases.models import Case, Live
from oppidum.cases.preparing import prepare
from oppidum.core import clock
from oppidum.figures.computing import Period, compute
from oppidum.people.models import Officer, Role
from oppidum.publishing.delegating import Scope, Standing, draft_orders, order_to_give, plan_orders, plan_today
from oppidum.publishing.models import SignatureDelegation, SigningPost
from oppidum.publishing.sending_out import send_out
from oppidum.publishing.signing import find_signatory
from oppidum.publishing.who_signs import who_signs
from oppidum.services.institution.signature_delegation import SignatureDelegation as Order
from tests.bodies.conftest import council  # noqa: F401
from tests.publishing.conftest import letterhead  # noqa: F401
from tests.services.assembly import CLERK, secretary

LETTER = type("Letter", (), {"signed_by": "president", "kind": "grant"})()


def scope(post="roads-head", officer="ana", **changed):
    given = {"holder": officer.capitalize(), "quality": "La cheffe du service Voirie", "function": "president"}
    given |= {"services": ("film-shoot",), "kinds": (), "matters": (), "ceiling": None, "rank": 1} | changed
    return Scope(post=post, officer=officer, **given)


def at(month, day, hour=9):
    return clock.at(datetime(2027, month, day, hour, tzinfo=clock.PARIS))


# --- what the directory asks for, alone


def test_what_is_as_the_directory_wants_it_is_left_alone():
    plan = plan_orders([scope()], [Standing(scope(), 1, "ARR-1")])
    assert plan.is_empty and plan.keep == 1


def test_a_newcomer_gets_an_order_and_the_others_keep_theirs():
    plan = plan_orders([scope(), scope("water-head", "bob")], [Standing(scope(), 1, "ARR-1")])
    assert [(one.officer, before) for one, before in plan.give] == [("bob", None)] and plan.keep == 1


@pytest.mark.parametrize(
    "change", [{"quality": "La directrice"}, {"services": ()}, {"ceiling": 90_000_00}, {"rank": 2}, {"holder": "Anna"}]
)
def test_whatever_an_order_says_differently_is_a_new_order_in_the_place_of_the_old_one(change):
    old = Standing(scope(), 1, "ARR-1")
    plan = plan_orders([scope(**change)], [old])
    assert plan.give == ((scope(**change), old),) and not plan.repeal


def test_a_successor_takes_the_place_of_who_held_the_post_and_nobody_is_repealed_twice():
    old = Standing(scope(), 1, "ARR-1")
    plan = plan_orders([scope(officer="bob"), scope(officer="cid", rank=2)], [old])
    assert [before for _one, before in plan.give] == [old, None] and plan.repeal == ()


def test_who_left_without_a_successor_is_repealed_and_a_draft_for_nobody_is_dropped():
    old, draft = Standing(scope(), 1, "ARR-1"), Standing(scope(officer="bob"), 2)
    plan = plan_orders([], [old, draft])
    assert (plan.give, plan.repeal, plan.drop) == ((), (old,), (draft,))


def test_a_draft_under_way_is_not_drafted_again_nor_a_repeal():
    plan = plan_orders(
        [scope()], [Standing(scope(), 2), Standing(scope(officer="bob"), 1, "ARR-1", repealed_by=3, repeal_only=True)]
    )
    assert plan.is_empty


def test_who_comes_back_before_the_repeal_is_signed_keeps_the_order():
    plan = plan_orders([scope()], [Standing(scope(), 1, "ARR-1", repealed_by=3, repeal_only=True)])
    assert [one.case_id for one in plan.drop] == [3] and not plan.give and not plan.repeal


# --- from the directory to the signature


@pytest.fixture
def posts(council, people, letterhead):  # noqa: F811
    """Ana heads the roads, Bob the cleanliness: each signs the letters of a service; it is 1 March 2027."""
    head = Role.objects.create(code="head", name="Chef de service", reach="team", rights=["act"])
    Officer.objects.filter(username__in=("ana", "bob")).update(role=head)
    for team, service in ((people.roads, "film-shoot"), (people.cleanliness, "bulky-waste")):
        SigningPost.objects.create(
            code=team.code,
            quality=f"La cheffe du service {team.name}",
            role=head,
            team=team,
            function="president",
            services=[service],
        )
    with at(3, 1):
        yield council


def step_of(case_id):
    return Live.objects.get(case_id=case_id).step


def do(case_ids, action):
    for outcome in act([(one, prepare(Order, action, {}, CLERK)) for one in case_ids]):
        assert outcome.refusal is None, outcome.refusal


def signed(house, drafted):
    """Seen by the lawyers, signed by the president in one go."""
    do([one.case_id for one in drafted], "legal_visa")
    return sign(house.authority, [(one, "sign_order") for one in list_waiting(house.authority, secretary())])


def bind(house, drafted):
    """Signed, sent to the prefect and published the same day."""
    acts = signed(house, drafted)
    queueing.mark_sent(list(Transmission.objects.filter(act__in=acts)))
    while send_out():
        pass
    while outbox.deliver():
        pass
    return acts


def signer(day, service="film-shoot"):
    return find_signatory(LETTER, service, day).name


@pytest.mark.django_db
def test_an_order_counts_from_the_day_after_it_was_published_and_no_letter_is_signed_by_it_before(posts):
    drafted = draft_orders(date(2027, 3, 1))
    assert len(drafted) == 2 and draft_orders(date(2027, 3, 1)) == []
    assert not SignatureDelegation.objects.exists()
    acts = bind(posts, drafted)
    assert [one.code for one in acts] == ["ARR-2027-0001", "ARR-2027-0002"] and acts[0].matter == "5.5"
    assert {step_of(one.case_id) for one in drafted} == {"in_force"}
    assert signer(date(2027, 3, 1)) != "Ana"
    assert signer(date(2027, 3, 2)) == "Ana" and signer(date(2027, 3, 2), "bulky-waste") == "Bob"
    assert compute("signature-delegations-signed", Period.year(2027)).value == 2


@pytest.mark.django_db
def test_a_change_of_the_directory_writes_only_the_order_that_it_touches_and_repeals_the_old_one_on_the_day(posts, people):
    first = draft_orders(date(2027, 3, 1))
    bind(posts, first)
    of_ana = SignatureDelegation.objects.get(officer__username="ana")
    with at(6, 1):
        ana, max_ = Officer.objects.get(username="ana"), Officer.objects.get(username="max")
        ana.teams.remove(people.roads)
        max_.teams.add(people.roads)
        Officer.objects.filter(pk=max_.pk).update(role=Role.objects.get(code="head"))
        drafted = draft_orders(date(2027, 6, 10))
        assert len(drafted) == 1 and of_ana.order_number in Case.objects.get(pk=drafted[0].case_id).answers["decision"]
        bind(posts, drafted)
        assert [step_of(case_id) for case_id in (of_ana.case_id, drafted[0].case_id)] == ["repealed", "in_force"]
        assert [step_of(one.case_id) for one in first].count("in_force") == 1
        assert plan_today().is_empty
    days = {day: signer(date(2027, 6, day)) for day in (9, 10)}
    assert days == {9: "Ana", 10: "Max"}  # neither a day without a signature nor one with two


@pytest.mark.django_db
def test_who_left_without_a_successor_signs_no_more_at_once_and_the_order_is_repealed(posts):
    bind(posts, draft_orders(date(2027, 3, 1)))
    with at(6, 1):
        Officer.objects.filter(username="ana").update(is_active=False)
        assert signer(date(2027, 6, 1)) != "Ana"
        (repeal,) = draft_orders(date(2027, 6, 1))
        assert draft_orders(date(2027, 6, 1)) == []
        bind(posts, [repeal])
    assert step_of(repeal.case_id) == "done"
    assert SignatureDelegation.objects.get(officer__username="ana").revoked_on == date(2027, 6, 2)


@pytest.mark.django_db
def test_four_hundred_orders_after_a_reorganisation_are_drafted_and_signed_in_one_go(posts, people, django_assert_max_num_queries):
    head = Role.objects.get(code="head")
    officers = Officer.objects.bulk_create(
        Officer(username=f"head{n:03}", first_name="Chef", last_name=f"N{n:03}", role=head) for n in range(400)
    )
    for one in officers:
        one.teams.add(people.signals)
    SigningPost.objects.create(
        code="signals",
        quality="Le chef de pôle",
        role=head,
        team=people.signals,
        function="acts",
        matters=["8.3"],
        ceiling_cents=90_000_00,
    )
    with django_assert_max_num_queries(60):
        drafted = draft_orders(date(2027, 3, 15))
    assert len(drafted) == 402
    assert len(signed(posts, drafted)) == 402 and plan_today().is_empty


@pytest.mark.django_db
def test_the_text_says_who_what_how_much_what_it_repeals_and_when_it_ends(letterhead):  # noqa: F811
    text = order_to_give(
        scope(ceiling=90_000_00, rank=2, kinds=("grant",)), date(2027, 3, 15), Standing(scope(), 1, "ARR-2026-0007"), letterhead
    )["decision"]
    for said in (
        "Article 1",
        "L. 5211-9",
        "Ana",
        "décisions favorables",
        "90 000",
        "absence",
        "ARR-2026-0007",
        "15/03/2027",
        "mandat",
    ):
        assert said in text.replace("\u202f", " ").replace("\u00a0", " "), said


# --- who may sign what?


@pytest.mark.django_db
def test_who_may_sign_is_answered_for_today_and_for_a_day_that_is_past(posts, client):
    bind(posts, draft_orders(date(2027, 3, 1)))
    of_ana = SignatureDelegation.objects.get(officer__username="ana")
    with at(6, 1):
        SignatureDelegation.objects.filter(pk=of_ana.pk).update(revoked_on=date(2027, 5, 1))
        may = lambda day, **asked: sorted(str(one.held.officer) for one in who_signs(day, **asked) if one.may_sign)  # noqa: E731
        assert may(date(2027, 6, 1)) == ["Bob"] and may(date(2027, 4, 1)) == ["Ana", "Bob"] and may(date(2027, 3, 1)) == []
        assert may(date(2027, 4, 1), service="film-shoot") == ["Ana"] and may(date(2027, 4, 1), function="acts") == []
        client.force_login(Officer.objects.get(username="bob"))
        page = client.get("/desk/letters/signers/?on=2027-04-01", headers={"accept-language": "fr"}).content.decode()
        assert "La cheffe du service Voirie" in page and of_ana.order_number in page
        told = client.get("/api/signers?on=2027-04-01&service=film-shoot").json()
        assert [(one["officer"], one["order"], one["may_sign"]) for one in told["signers"]] == [("Ana", of_ana.order_number, True)]
    assert client.get("/api/signers?on=soon").status_code in (401, 422)


@pytest.mark.django_db
def test_only_who_sets_the_house_up_drafts_the_orders_of_the_directory(posts, client):
    client.force_login(Officer.objects.get(username="bob"))
    assert client.post("/desk/letters/orders/draft/", {"starts_on": "2027-03-05"}).status_code == 403
    Role.objects.filter(code="head").update(rights=["act", "setup"])
    page = client.get("/desk/letters/orders/", headers={"accept-language": "fr"}).content.decode()
    assert "2 arrêtés à rédiger" in page and "Ana" in page
    assert client.post("/desk/letters/orders/draft/", {"starts_on": "2027-03-05"}).status_code == 302
    assert Case.objects.filter(service="signature-delegation").count() == 2
