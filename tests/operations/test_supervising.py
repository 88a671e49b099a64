"""Processes that live and end together."""

import os
import signal
import sys
import threading
import time

import pytest

from oppidum.operations.supervising import Child, Patience, Supervisor

QUICK = Patience(end=2, longest_pause=0.1, beat=0.02)


def program(text: str) -> list[str]:
    return [sys.executable, "-c", text]


FOREVER = program("import time; time.sleep(600)")
STUBBORN = program("import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(600)")


def is_alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def said():
    return []


def supervise(children, said, until, answers=True):
    """Run a supervisor until `until()` holds, as if the answer to it were a SIGTERM; return its exit code."""
    supervisor = Supervisor(children, said.append, lambda: answers, lambda: said.append("ready"), patience=QUICK)

    def wait_then_stop():
        deadline = time.monotonic() + 60
        while not until() and time.monotonic() < deadline:
            time.sleep(0.02)
        supervisor.stops.append(signal.SIGTERM)

    threading.Thread(target=wait_then_stop).start()
    return supervisor.run()


def test_a_child_that_dies_is_started_again(said):
    worker = Child("The worker", program("pass"))
    code = supervise([Child("The server", FOREVER), worker], said, until=lambda: worker.deaths >= 3)
    assert code == 0
    assert "The worker ended with code 0; starting it again" in said


def test_readiness_is_said_once(said):
    supervise([Child("The server", FOREVER)], said, until=lambda: "ready" in said)
    assert said == ["ready"]


def test_a_server_that_never_answers_ends_the_whole(said):
    code = supervise([Child("The server", program("raise SystemExit(3)"))], said, until=lambda: False, answers=False)
    assert code == 1
    assert said == ["The server ended with code 3 before it ever answered; its last words are above."]


def test_a_child_that_ignores_the_end_is_killed(said):
    child = Child("The server", STUBBORN)
    pids = []

    def settled():
        if child.process:
            pids.append(child.process.pid)
            time.sleep(0.3)
        return bool(pids)

    began = time.monotonic()
    supervise([child], said, until=settled)
    assert time.monotonic() - began < 60, "not for ever"
    assert not is_alive(pids[0])


def test_children_end_when_the_supervisor_itself_is_killed(tmp_path):
    note = tmp_path / "pid"
    grandchild = f"import os, time; open({str(note)!r}, 'w').write(str(os.getpid())); time.sleep(600)"
    supervisor = f"""
from oppidum.operations.supervising import Child, Supervisor
Supervisor([Child("x", {program(grandchild)!r})], print, lambda: True, lambda: None).run()
"""
    pid = os.spawnv(os.P_NOWAIT, sys.executable, program(supervisor))
    deadline = time.monotonic() + 60
    while not (note.exists() and note.read_text()) and time.monotonic() < deadline:
        time.sleep(0.05)
    child = int(note.read_text())
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    while is_alive(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_alive(child)
