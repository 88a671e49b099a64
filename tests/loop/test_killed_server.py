"""kill -9 of web workers, the task worker and the database under load: what was accepted is there, whole, and no mail leaves twice.

Programs send as real ones do: each report has an Idempotency-Key of its own, and is sent again until it is answered.
"""

import http.client
import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import contextmanager
from urllib.parse import urlencode

import psycopg
import pytest

from oppidum.core.cluster import private_cluster
from tests.operations.folders import own_folder
from tests.operations.test_up import descendants, free_port, started, wait_until
from tests.territory.town import IN_AUBANE, IN_BELLEFONT

CONNECTIONS = 8
PATIENCE = 120


class House:
    """`oppidum up` in a folder of its own, and what its database and its mails say."""

    def __init__(self, var, port: int, pid: int):
        self.var, self.port, self.pid = var, port, pid
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "OPPIDUM_"))}
        self.environment |= {"OPPIDUM_VAR": str(var), "DJANGO_SETTINGS_MODULE": "oppidum.settings"}

    def run(self, *module: str) -> str:
        done = subprocess.run([sys.executable, "-m", *module], env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def rows(self, sql: str) -> list[tuple]:
        with psycopg.connect(private_cluster(self.var).url("oppidum").replace("postgis:", "postgresql:")) as database:
            return database.execute(sql).fetchall()

    def is_waiting(self) -> bool:
        """Whether something is still to be written or sent; while the database comes back, yes."""
        try:
            return bool(
                self.rows("""
                select 1 from cases_effect where done_at is null
                union all select 1 from cases_mail where fate in ('queued', 'sending') limit 1
            """)
            )
        except psycopg.OperationalError:
            return True

    def mails(self) -> Counter:
        """How often each mail, by its id, left."""
        texts = [path.read_text() for path in (self.var / "mail").glob("*")]
        return Counter(re.findall(r"^Message-ID: (\S+)", "\n".join(texts), re.MULTILINE))

    def kill(self, what: str) -> None:
        """kill -9 of a web worker, the task worker, or the database's first process."""
        if what == "database":
            victims = [int((self.var / "cluster" / "data" / "postmaster.pid").read_text().split()[0])]
        else:
            below = descendants(self.pid)
            victims = [pid for pid, args in below.items() if {"web": "granian", "worker": "procrastinate"}[what] in args]
            # The server's own first process is the lowest number: its workers are what dies under load.
            victims = sorted(victims)[1:] if what == "web" else victims
        if victims:
            os.kill(random.choice(victims), signal.SIGKILL)


@contextmanager
def house():
    with own_folder() as var:
        port = free_port()
        with started(var, port) as process:
            yield House(var, port, process.pid)
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)


def form(n: int, key: str) -> bytes:
    lon, lat = IN_AUBANE if n % 2 else IN_BELLEFONT
    return urlencode(
        {
            "api_key": key,
            "service_code": "roads.pothole",
            "lat": lat,
            "long": lon,
            "attribute[where]": "road",
            "description": f"Trou numéro {n}",
            "email": f"resident{n}@example.org",
        }
    ).encode()


def send(house: House, n: int, key: str, until: float) -> str:
    """Send report `n` until it is answered; its code."""
    while time.monotonic() < until:
        connection = http.client.HTTPConnection("127.0.0.1", house.port, timeout=10)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Idempotency-Key": f"report-{n}"}
        try:
            connection.request("POST", "/open311/v2/requests.json", form(n, key), headers)
            answer = connection.getresponse()
            told = answer.read()
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
            continue
        finally:
            connection.close()
        if answer.status in (200, 201):
            return re.search(r"/follow/(\w{5}-\w{5})", json.loads(told)[0]["service_notice"])[1]
        assert answer.status >= 500, told
        time.sleep(0.05)
    raise AssertionError(f"report {n} was never answered")


def send_all(house: House, key: str, count: int, answered: dict[int, str]) -> list[threading.Thread]:
    """Eight connections that share `count` reports; `answered` fills with their codes."""
    until, numbers = time.monotonic() + PATIENCE, iter(range(count))

    def work():
        for n in numbers_of(numbers):
            answered[n] = send(house, n, key, until)

    threads = [threading.Thread(target=work, daemon=True) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    return threads


_LOCK = threading.Lock()


def numbers_of(shared):
    """The next numbers of an iterator that threads share."""
    while True:
        with _LOCK:
            n = next(shared, None)
        if n is None:
            return
        yield n


def live_through(count: int, kills: list[str]) -> None:
    """Send `count` reports while the processes die, one after each share of the answers; then look at what is there."""
    answered: dict[int, str] = {}
    with house() as home:
        key = home.run("tests.loop.town_hall").strip()
        threads = send_all(home, key, count, answered)
        for turn, what in enumerate(kills, start=1):
            wait_until(lambda turn=turn: len(answered) >= turn * count // (len(kills) + 1), PATIENCE)
            time.sleep(random.random() / 50)  # not a wait for anything: a random moment
            home.kill(what)
        for thread in threads:
            thread.join(PATIENCE)
        assert len(answered) == count, (home.var / "up.log").read_text()[-3000:]
        wait_until(lambda: not home.is_waiting(), PATIENCE)
        check(home, answered)


def check(home: House, answered: dict[int, str]) -> None:
    """Everything that was answered is there, once and whole; each mail left once at most, and its fate is known or said to be not."""
    entries = dict(
        home.rows("select c.code, count(j.seq) from cases_case c left join cases_journal j on j.case_id = c.id group by 1")
    )
    assert len(set(answered.values())) == len(answered) and set(entries) == set(answered.values()), "each report once, none lost"
    assert set(entries.values()) == {2}, "filed and routed, both"
    assert home.rows("select count(*) from cases_case c left join cases_live l on l.case_id = c.id where l.case_id is null") == [
        (0,)
    ]
    assert home.rows("select count(*) from cases_case c where not exists (select from cases_party p where p.case_id = c.id)") == [
        (0,)
    ]
    home.run("oppidum", "cases", "verify")
    fates = Counter(fate for (fate,) in home.rows("select fate from cases_mail"))
    left = home.mails()
    assert fates.total() == len(answered) and set(fates) <= {"sent", "unknown"}, fates
    assert max(left.values()) == 1 and fates["sent"] <= len(left) <= len(answered), "no mail twice, none lost without a word"


def test_killing_a_web_worker_and_the_task_worker_loses_nothing_and_repeats_nothing():
    live_through(40, ["web", "worker"])


@pytest.mark.slow
def test_killing_everything_again_and_again_the_database_too_loses_nothing_and_repeats_nothing():
    live_through(400, ["web", "database", "worker", "web", "database", "worker", "web"])
