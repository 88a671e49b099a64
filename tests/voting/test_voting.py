"""One vote a voter, secret, until midnight of the last day; counted by nobody's hand, and counted again by anybody."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections

from oppidum.cases.models import Entry
from oppidum.cases.sweeping import sweep
from oppidum.voting.casting import NewBallot, cast, cast_many, change, has_voted, voter_of
from oppidum.voting.counting import choose, count_closed, forget_voters, published
from oppidum.voting.errors import NoSuchBallot, VotedAlready, WrongChoices
from oppidum.voting.links import make_vote_link
from oppidum.voting.models import Ballot, Turnout
from oppidum.voting.polls import find_poll_of, list_projects
from oppidum.voting.recount import find_ballot, receipt_of, recount
from tests.services.doing import step_of
from tests.voting.conftest import at, call_for_projects, do, put_to_vote

pytestmark = pytest.mark.django_db


# --- the rules, alone


def test_projects_are_chosen_by_their_votes_as_long_as_the_budget_holds():
    projects = [("trees", 60, 1), ("fountain", 30, 2), ("pontoon", 50, 3)]
    assert choose(projects, {"trees": 9, "pontoon": 7, "fountain": 5}, 100) == ["trees", "fountain"]
    assert choose(projects, {"trees": 9, "pontoon": 7, "fountain": 5}, 40) == ["fountain"]
    assert choose(projects, {"trees": 9}, 1000) == ["trees"]


def test_with_equal_votes_the_cheaper_comes_first_then_the_earlier():
    assert choose([("dear", 60, 1), ("cheap", 50, 2)], {"dear": 3, "cheap": 3}, 60) == ["cheap"]
    assert choose([("late", 50, 2), ("early", 50, 1)], {"late": 3, "early": 3}, 60) == ["early"]


def test_a_receipt_is_found_however_its_code_is_written_and_only_in_its_vote():
    assert (
        receipt_of("v1", "7kq2 mxa4-rh8t-v3wd")
        == receipt_of("v1", "7KQ2-MXA4-RH8T-V3WD")
        != receipt_of("v2", "7KQ2-MXA4-RH8T-V3WD")
    )


# --- one vote a voter


def test_who_voted_does_not_vote_again_whatever_the_capitals(poll, ids):
    cast(poll, "ana@example.org", ids[:1])
    with pytest.raises(VotedAlready):
        cast(poll, " Ana@Example.org", ids[1:])
    assert (Turnout.objects.count(), Ballot.objects.count()) == (1, 1)


@pytest.mark.parametrize("chosen", [[], ["0123456789abc"], "all"])
def test_a_ballot_with_nothing_too_much_or_something_else_is_not_taken_and_the_voter_may_vote(poll, ids, chosen):
    with pytest.raises(WrongChoices):
        cast(poll, "ana@example.org", ids if chosen == "all" else chosen)
    assert not has_voted(poll, "ana@example.org")
    cast(poll, "ana@example.org", ids[:2])


@pytest.mark.django_db(transaction=True)
def test_of_two_votes_of_one_voter_at_the_same_instant_one_counts(town, people):
    """With real connections: eight browsers of one voter, and one each of three others, all at once."""
    call = call_for_projects(people)
    put_to_vote(call)
    with at(6, 5):
        sweep()
        poll = find_poll_of(call.case_id)
        name = list_projects(poll)[0].public_id
        voters = ["ana@example.org"] * 8 + [f"other{n}@example.org" for n in range(3)]
        start = Barrier(len(voters))

        def vote(email):
            try:
                start.wait()
                return cast(poll, email, [name])
            except VotedAlready:
                return None
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(voters)) as many:
            codes = list(many.map(vote, voters))
    assert sum(code is not None for code in codes[:8]) == 1 and all(codes[8:])
    assert (Turnout.objects.count(), Ballot.objects.count()) == (4, 4)


def test_a_day_s_ballots_go_into_the_box_at_once_and_who_voted_before_or_twice_gets_no_code(
    poll, ids, django_assert_max_num_queries
):
    cast(poll, "ana@example.org", ids[:1])
    voters = ["ana@example.org", "bob@example.org", "Bob@example.org", *(f"v{n}@example.org" for n in range(200))]
    with django_assert_max_num_queries(8):
        codes = cast_many(poll, [NewBallot(one, ids[1:], "13901") for one in voters])
    assert [bool(code) for code in codes[:4]] == [False, True, False, True] and all(codes[3:])
    assert (Turnout.objects.count(), Ballot.objects.count()) == (202, 202)
    change(poll, codes[1], ids[:1])


def test_one_ballot_that_can_not_be_taken_keeps_all_of_its_batch_out(poll, ids):
    with pytest.raises(WrongChoices):
        cast_many(poll, [NewBallot("ana@example.org", ids[:1]), NewBallot("bob@example.org", ids)])
    assert not Turnout.objects.exists() and not Ballot.objects.exists()


def test_the_code_changes_the_vote_until_the_close_and_no_other_code_does(poll, ids):
    code = cast(poll, "ana@example.org", ids[:1])
    change(poll, code.lower().replace("-", " "), ids[1:3])
    assert Ballot.objects.get().choices == sorted(ids[1:3])
    with pytest.raises(NoSuchBallot):
        change(poll, "2222-2222-2222-2222", ids[:1])


# --- in secret


def test_nothing_leads_from_a_voter_to_a_ballot(poll, ids):
    cast(poll, "ana@example.org", ids[:1], commune="13901")
    columns = {column.name for column in (*Turnout._meta.fields, *Ballot._meta.fields)}
    assert columns == {"id", "vote", "voter", "commune", "receipt", "choices"}
    turnout, ballot = Turnout.objects.get(), Ballot.objects.get()
    assert "ana" not in turnout.voter and turnout.pk != ballot.pk
    assert voter_of(poll, "ana@example.org") == turnout.voter
    assert (
        Entry.objects.filter(case_id=poll.case_id)
        .exclude(action__in=("file", "route", "open_call", "link", "close_call", "announce", "open_vote"))
        .count()
        == 0
    )


def test_the_count_writes_all_ballots_anew_so_that_not_even_the_database_remembers_which_came_when(poll, ids):
    with connection.cursor() as cursor:
        cursor.execute("truncate voting_ballot")  # rows of other tests leave holes, and holes are filled first
    for n in range(5):
        cast(poll, f"v{n}@example.org", ids[n % 3 : n % 3 + 1])
    before = set(Ballot.objects.values_list("pk", flat=True))
    with at(6, 15, 1):
        sweep()
        count_closed()
    with connection.cursor() as cursor:
        cursor.execute("select count(distinct xmin::text), array_agg(receipt::text order by ctid) from voting_ballot")
        writers, receipts = cursor.fetchone()
    assert writers == 1 and receipts == sorted(receipts)
    assert before.isdisjoint(Ballot.objects.values_list("pk", flat=True))


# --- counted, and counted again


@pytest.fixture
def counted(poll, ids):
    """Trees 3, fountain 2, pontoon 1; the codes of the four voters."""
    codes = [cast(poll, f"v{n}@example.org", chosen) for n, chosen in enumerate((ids[:2], ids[:1], ids[:2], ids[2:]))]
    with at(6, 15, 1):
        sweep()
        assert count_closed() == 1 and count_closed() == 0
        yield find_poll_of(poll.case_id), codes


def test_the_count_is_told_to_the_projects_and_the_budget_decides(counted, ids):
    poll, _codes = counted
    assert poll.step == "counted"
    assert [(one.votes, one.is_chosen) for one in list_projects(poll)] == [(3, True), (2, True), (1, False)]
    told = Entry.objects.get(case_id=poll.case_id, action="count_vote")
    assert (told.data["voters"], told.data["ballots"]) == (4, 4) and told.actor_kind == "system"


def test_the_result_proclaimed_ends_every_project(counted, call):
    do(call, "proclaim")
    poll = find_poll_of(call.case_id)
    assert poll.step == "proclaimed"
    assert [step_of(one) for one in list_projects(poll)] == ["chosen", "chosen", "not_chosen"]


def test_everybody_counts_the_published_list_again_and_each_voter_finds_his_ballot(counted, ids):
    poll, codes = counted
    data = json.loads(json.dumps(published(poll)))
    assert recount(data).faults == () and list(recount(data).votes.values()) == [3, 2, 1]
    assert find_ballot(data, codes[3]) == ["Un ponton pour tous"] and find_ballot(data, "2222222222222222") is None
    assert not {"@", "v0"} & set(json.dumps(data["ballots"])) and "commune" not in json.dumps(data)


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ("a ballot changed", "digest"),
        ("a ballot added", "voted, and there are"),
        ("a ballot taken away", "voted, and there are"),
        ("a ballot twice", "more than once"),
        ("a choice too many", "not valid"),
        ("a project with more votes", "are counted"),
    ],
)
def test_whatever_is_changed_after_the_count_shows(counted, ids, what, says):
    data = published(counted[0])
    ballots = data["ballots"]
    match what:
        case "a ballot changed":
            ballots[0]["choices"] = [next(one for one in ids if one not in ballots[0]["choices"])]
        case "a ballot added":
            ballots.append({"receipt": "0" * 32, "choices": ids[:1]})
        case "a ballot taken away":
            ballots.pop()
        case "a ballot twice":
            ballots[0] = ballots[1]
        case "a choice too many":
            ballots[0]["choices"] = sorted(ids)
        case _:
            data["projects"][0]["votes"] += 1
    assert any(says in fault for fault in recount(data).faults)


def test_a_ballot_changed_in_the_database_after_the_count_shows_in_what_is_published(counted, ids):
    one = Ballot.objects.filter(choices=sorted(ids[2:])).first()
    Ballot.objects.filter(pk=one.pk).update(choices=ids[:1])
    assert any("digest" in fault for fault in recount(published(counted[0])).faults)


def test_the_command_counts_a_file_again_and_fails_when_it_does_not_hold(counted, tmp_path, capsys):
    poll, codes = counted
    file = tmp_path / "ballots.json"
    file.write_text(json.dumps(published(poll)))
    call_command("vote", "verify", str(file), "--code", codes[0])
    assert "everything holds" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("vote", "verify", str(file), "--code", "2222222222222222")
    file.write_text("{}")
    with pytest.raises(CommandError, match="ballots.json"):
        call_command("vote", "verify", str(file))


def test_the_list_of_ballots_and_the_program_are_given_to_everybody_after_the_count_and_not_before(poll, ids, call, client):
    page = f"/votes/{poll.public_id}/"
    code = cast(poll, "ana@example.org", ids[:1])
    assert client.get(f"{page}ballots.json").status_code == client.get(f"{page}ballots/").status_code == 404
    with at(6, 15, 1):
        sweep()
        count_closed()
        data = client.get(f"{page}ballots.json").json()
        assert find_ballot(data, code) == ["Des arbres place du Marché"]
        table = b"".join(client.get(f"{page}ballots.csv").streaming_content).decode()
        assert receipt_of(poll.public_id, code) in table
        assert "Des arbres" in client.post(f"{page}ballots/", {"code": code}).content.decode()
        assert b"def recount(" in client.get("/votes/recount.py").content


def test_a_link_of_another_vote_or_of_yesterday_opens_no_ballot(poll, client):
    link = make_vote_link(poll, "ana@example.org").partition("/votes/")[2]
    assert client.post(f"/votes/{poll.public_id}/cast", {}).status_code == 302
    assert client.get(f"/votes/{link[:-3]}").status_code == 404
    with at(6, 5, 11):
        assert client.get(f"/votes/{link}").status_code == 410
    assert client.get(f"/votes/{link}").status_code == 302


def test_a_ballot_without_a_commune_or_without_the_word_of_honour_is_not_taken_and_says_so(poll, ids, client):
    client.get("/votes/" + make_vote_link(poll, "ana@example.org").partition("/votes/")[2])
    page = client.post(f"/votes/{poll.public_id}/cast", {"choices": ids[:1]}, headers={"accept-language": "fr"})
    assert (
        page.status_code == 422 and "Choisissez la commune" in page.content.decode() and "Cochez la case" in page.content.decode()
    )
    assert not Ballot.objects.exists()


def test_who_voted_is_forgotten_two_months_after_the_result_and_the_count_stays(counted, call):
    do(call, "proclaim")
    assert forget_voters() == 0
    with at(9, 1):
        assert forget_voters() == 4
    assert recount(published(find_poll_of(call.case_id))).faults == ()
