"""`oppidum up` as one starts it: real processes, a cluster and a port of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

import psycopg
import pytest

from oppidum.core.cluster import private_cluster
from tests.operations.folders import own_folder

pytestmark = pytest.mark.slow


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def get(port: int, path: str) -> bytes:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        return answer.read()


def descendants(pid: int) -> dict[int, str]:
    """All processes below this one, with their command lines."""
    table = subprocess.run(["ps", "-eo", "pid=,ppid=,stat=,args="], capture_output=True, text=True).stdout
    rows = [line.split(None, 3) for line in table.splitlines()]
    found, above = {}, {pid}
    while above:
        below = {int(row[0]): row[3] for row in rows if int(row[1]) in above and not row[2].startswith("Z")}
        found |= below
        above = set(below)
    return found


def wait_until(holds, seconds: float = 60):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if value := holds():
            return value
        time.sleep(0.1)
    raise AssertionError("it did not happen in time")


@contextmanager
def started(var, port: int):
    """`oppidum up`, from its first line to its being ready."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "OPPIDUM_"))}
    command = [sys.executable, "-m", "oppidum", "up", "--port", str(port)]
    with open(var / "up.log", "a+") as log:
        process = subprocess.Popen(
            command, env=environment | {"OPPIDUM_VAR": str(var)}, stdout=log, stderr=log, start_new_session=True
        )

        def ready():
            assert process.poll() is None, (var / "up.log").read_text()
            return re.search(rf"Residents +http://127.0.0.1:{port}/", (var / "up.log").read_text())

        try:
            wait_until(ready, 120)
            yield process
        finally:
            process.kill()
            process.wait()


def test_up_serves_mends_itself_and_ends_cleanly():
    with own_folder() as var:
        port = free_port()
        with started(var, port) as process:
            assert b"live" in get(port, "/health/live")
            assert b"css" in get(port, "/static/vendor/@picocss/pico/css/pico.min.css")

            below = descendants(process.pid)
            worker = next(pid for pid, args in below.items() if "procrastinate" in args)
            server = next(pid for pid, args in below.items() if "-m granian" in args)

            os.kill(worker, signal.SIGKILL)
            os.kill(server, signal.SIGKILL)
            wait_until(lambda: sum("procrastinate" in args for args in descendants(process.pid).values()) == 1)
            wait_until(lambda: _is_live(port))

            below = descendants(process.pid)
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=60) == 0
            assert not [pid for pid in below if _is_running(pid)]
        assert not private_cluster(var).is_running()


def test_up_leaves_running_a_cluster_that_it_found_running_and_starts_one_that_dies():
    with own_folder() as var:
        cluster, port = private_cluster(var), free_port()
        cluster.start()
        with started(var, port) as process:
            cluster.stop()
            wait_until(cluster.is_running)
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=60) == 0
        assert cluster.is_running()


@pytest.mark.parametrize("extension", ["pg_trgm", "unaccent", "postgis"])
def test_the_migrations_ask_for_the_extensions_that_another_server_would_lack(bare_migrated, extension):
    assert extension in bare_migrated


@pytest.fixture(scope="module")
def bare_migrated():
    """The extensions of a database that only `migrate` has touched, as on a server that DATABASE_URL names."""
    with own_folder() as var:
        cluster = private_cluster(var)
        cluster.start()
        url = cluster.url("bare")
        plain = url.replace("postgis:", "postgresql:")
        with psycopg.connect(cluster.url("oppidum").replace("postgis:", "postgresql:"), autocommit=True) as root:
            root.execute("create database bare template template0")
        environment = os.environ | {"OPPIDUM_VAR": str(var), "DATABASE_URL": url}
        migrate = [sys.executable, "-m", "oppidum", "migrate", "-v", "0"]
        done = subprocess.run(migrate, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        with psycopg.connect(plain) as connection:
            yield {row[0] for row in connection.execute("select extname from pg_extension")}


def _is_live(port: int) -> bool:
    try:
        return b"live" in get(port, "/health/live")
    except OSError:
        return False


def _is_running(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
