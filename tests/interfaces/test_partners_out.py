"""What leaves for a partner: signed, once by its id, tried again, held where trying is hopeless, and no more than is declared."""

from datetime import timedelta

import pytest

from oppidum.cases.models import Case
from oppidum.cases.persons.retaining import forget_persons
from oppidum.core import clock
from oppidum.interfaces.partners.calling import AddressRefused, CallFailed, call, resolve
from oppidum.interfaces.partners.models import Message
from oppidum.interfaces.partners.sending import PATIENCE, release, send_waiting, too_old
from oppidum.interfaces.partners.signing import HEADER, is_genuine, sign
from tests.interfaces.partner_fixtures import deliver, leak, machine, operator  # noqa: F401 -- fixtures

Fate = Message.Fate


def test_filing_tells_the_partner_where_its_condition_holds(leak):  # noqa: F811
    leak.file(), leak.file(meter="M-1")
    deliver()
    assert [(m.partner, m.event, m.body["data"]) for m in Message.objects.all()] == [("operator", "file", {"meter": "M-1"})]


def test_what_leaves_is_signed_and_holds_what_is_declared_and_no_more(leak, operator, machine):  # noqa: F811
    case_id = leak.file(meter="M-1")
    leak.take(case_id, "hand_over")
    assert send_waiting() == 2 and send_waiting() == 0
    (_method, path, headers, body), _second = machine.heard
    assert path == "/hook?x=1" and is_genuine("shared", body, headers[HEADER], int(clock.now().timestamp()))
    first, second = machine.bodies()
    assert first == {
        "id": headers["X-Oppidum-Id"],
        "case": leak.code(case_id),
        "service": "leak",
        "event": "file",
        "at": first["at"],
        "step": "open",
        "data": {"meter": "M-1"},
    }
    assert second["event"] == "hand_over" and "fuite" not in str(second)
    assert Case.objects.get().code not in str(machine.heard), "the code is the author's key"


def test_a_failure_waits_longer_each_time_and_goes_on(leak, operator, machine):  # noqa: F811
    machine.answers = [(503, {}), (503, {"Retry-After": "600"}), (200, {})]
    leak.file(meter="M-1")
    deliver()
    now = clock.now()
    for after, sent in ((0, 0), (30, 0), (70, 0), (400, 0), (700, 1)):
        with clock.at(now + timedelta(seconds=after)):
            assert send_waiting() == sent, after
    message = Message.objects.get()
    assert (message.fate, message.attempts, len(machine.heard)) == (Fate.SENT, 3, 3)
    assert len({headers["X-Oppidum-Id"] for _m, _p, headers, _b in machine.heard}) == 1


def test_what_would_be_refused_again_is_held_until_somebody_releases_it(leak, operator, machine, people):  # noqa: F811
    machine.answers = [(422, {}), (200, {})]
    leak.file(meter="M-1")
    deliver()
    assert send_waiting() == 0
    message = Message.objects.get()
    assert message.fate == Fate.HELD and "422" in message.error
    release(message.pk, people.ana)
    assert send_waiting() == 1


def test_after_enough_tries_it_is_held(leak, operator, machine):  # noqa: F811
    machine.answers = [(500, {})]
    leak.file(meter="M-1")
    deliver()
    Message.objects.update(attempts=PATIENCE.attempts - 1)
    send_waiting()
    assert Message.objects.get().fate == Fate.HELD


def test_a_partner_without_an_address_holds_what_waits(leak):  # noqa: F811
    leak.file(meter="M-1")
    deliver()
    send_waiting()
    assert "oppidum partner" in Message.objects.get().error


def test_a_machine_that_is_off_is_tried_again(leak, operator):  # noqa: F811
    operator.url = "http://127.0.0.1:9/"
    operator.save()
    leak.file(meter="M-1")
    deliver()
    assert send_waiting() == 0
    assert Message.objects.get().fate == Fate.WAITING


def test_redirects_are_not_followed(leak, operator, machine):  # noqa: F811
    machine.answers = [(302, {"Location": "http://169.254.169.254/"})]
    leak.file(meter="M-1")
    deliver()
    send_waiting()
    assert len(machine.heard) == 1 and Message.objects.get().fate == Fate.HELD


def test_what_waits_beyond_the_partners_patience_is_an_alarm(leak):  # noqa: F811
    leak.file(meter="M-1")
    deliver()
    assert too_old() == 0
    with clock.at(clock.now() + timedelta(hours=25)):
        assert too_old() == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "https://127.0.0.1/",
        "https://10.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://169.254.169.254/latest/meta-data/",
        "ftp://example.org/",
        "https://user:word@example.org/",
        "https:///path",
        "http://example.org/",
    ],
)
def test_no_address_leads_into_our_own_network(url):
    with pytest.raises(AddressRefused):
        call("GET", url)


def test_an_inside_address_is_allowed_by_the_operator_but_never_the_clouds_own():
    assert resolve("127.0.0.1", 80, inside=True) == "127.0.0.1"
    with pytest.raises(AddressRefused):
        resolve("169.254.169.254", 80, inside=True)


def test_an_answer_without_end_is_cut(machine):  # noqa: F811
    machine.says = b"x" * (1024 * 1024 + 10)
    with pytest.raises(CallFailed, match="larger"):
        call("GET", machine.url, inside=True)


def test_a_signature_is_for_its_body_its_secret_and_its_minutes():
    header = sign("s", b"body", 1000)
    assert is_genuine("s", b"body", header, 1200)
    for secret, body, said, now in (
        ("t", b"body", header, 1000),
        ("s", b"other", header, 1000),
        ("s", b"body", header, 1400),
        ("s", b"body", "", 1000),
        ("s", b"body", header.replace("t=1000", "t=1001"), 1000),
    ):
        assert not is_genuine(secret, body, said, now)


def test_what_was_said_is_blanked_when_personal_data_go(leak, operator, moved):  # noqa: F811
    with moved(2027, 3, 1, 9):
        case_id = leak.file(meter="M-1")
        leak.take(case_id, "begin")
        leak.take(case_id, "finish", what_was_done="Réparée")
    with moved(2028, 3, 2, 9):
        assert forget_persons() == 0, "the operator is still to be told"
        send_waiting()
        assert forget_persons() == 1
    assert Message.objects.get().body == {} and Message.objects.get().fate == Fate.SENT
