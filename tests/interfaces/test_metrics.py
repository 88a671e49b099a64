"""What an operator wants to be woken for, in Prometheus' format, for who has the key."""

import re

from oppidum.cases.filing import NewCase, file_case
from oppidum.cases.rules.standing import Contact
from oppidum.interfaces.keys import make_key


def ask(client, token=None):
    return client.get("/metrics", headers={"Authorization": f"Bearer {token}"} if token else {})


def test_the_gauges_tell_what_waits(people, client):
    file_case(
        NewCase(
            service="report",
            category="roads.pothole",
            lon=5.05,
            lat=43.35,
            commune="13901",
            channel="portal",
            contact=Contact("Zoé", "zoe@example.org"),
        )
    )
    answer = ask(client, make_key("prometheus", ["metrics:read"]))
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/plain; version=0.0.4")
    said = answer.content.decode()
    assert 'oppidum_cases_open{step="assigned"} 1\n' in said
    assert "oppidum_effects_waiting 1\n" in said and "oppidum_effects_stuck 0\n" in said
    assert all(re.fullmatch(r'# (HELP|TYPE) .+|[a-z_]+(\{[a-z]+="[a-z_]+"\})? [\d.]+', line) for line in said.splitlines())
    assert "zoe" not in said


def test_without_the_right_key_nothing_is_told(people, client):
    for token in (None, "nonsense", make_key("other", ["api:read"])):
        answer = ask(client, token)
        assert answer.status_code == 403 and b"oppidum_" not in answer.content
