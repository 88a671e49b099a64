"""kill -9, at any moment: no accepted report is lost, no mail leaves twice, and a mail that perhaps left says so."""

import os
import random
import re
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection

from oppidum.cases.mailing.sending import message_id

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120


class House:
    """A running installation on a database of its own, whose parts are real processes."""

    def __init__(self, url: str, var: Path):
        self.url, self.var, self.running = url, var, []
        self.environment = os.environ | {
            "DATABASE_URL": url,
            "OPPIDUM_VAR": str(var),
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "tests.cases.kill_settings",
        }

    def start(self, *module, **options):
        process = subprocess.Popen([sys.executable, "-m", *module], env=self.environment, cwd=ROOT, text=True, **options)
        self.running.append(process)
        return process

    def worker(self):
        return self.start("oppidum", "procrastinate", "worker", stderr=open(self.var / "worker.log", "a"))  # noqa: SIM115

    def rows(self, sql: str) -> list[tuple]:
        with psycopg.connect(self.url.replace("postgis:", "postgresql:")) as database:
            return database.execute(sql).fetchall()

    def mails(self) -> Counter:
        """How often each mail, by its id, reached the mail server."""
        texts = [path.read_text() for path in (self.var / "mail").glob("*")]
        return Counter(re.findall(r"^Message-ID: (\S+)", "\n".join(texts), re.MULTILINE))

    def wait(self, until) -> None:
        end = time.monotonic() + PATIENCE
        while not until():
            assert time.monotonic() < end, (self.var / "worker.log").read_text()[-3000:]
            time.sleep(0.02)

    def stop(self):
        for process in self.running:
            process.kill()
            process.wait()


@pytest.fixture
def house(django_db_setup, django_db_blocker, tmp_path):
    """A database of its own: processes commit what they write, and the journal can't be emptied afterwards.

    It is a copy of the test database, unless no other test of this run needed one: then it is made by migrations.
    """
    server = connection.settings_dict
    name, is_ready = f"test_kill_{os.getpid()}", server["NAME"].startswith("test_")
    who = quote(server["USER"]) + (f":{quote(server['PASSWORD'])}" if server["PASSWORD"] else "")
    where = quote(server["HOST"], safe="") + (f":{server['PORT']}" if server["PORT"] else "")
    house = House(f"postgis://{who}@{where}/{name}", tmp_path)
    with django_db_blocker.unblock():
        connection.close()
        with connection._nodb_cursor() as cursor:
            # A template is copied while nobody is in it: idle sessions of threads that earlier tests are done with are ended.
            cursor.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s and state = 'idle'", [server["NAME"]]
            )
            cursor.execute(f'create database "{name}"' + (f' template "{server["NAME"]}"' if is_ready else ""))
        if not is_ready:
            assert house.start("oppidum", "migrate", "-v0").wait() == 0
        yield house
        house.stop()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'drop database "{name}" with (force)')


def file_and_kill(house, count, kills):
    """File until `count` codes were given, killing the filer in the midst of it; returns the codes that it gave."""
    codes = []
    for turn in range(kills + 1):
        filer = house.start("tests.cases.filer", str(count), stdout=subprocess.PIPE)
        enough = count if turn == kills else random.randint(1, count // (kills + 1))
        for given, line in enumerate(filer.stdout, start=1):
            codes.append(line.strip())
            if turn < kills and given >= enough:
                time.sleep(random.random() / 100)
                filer.kill()
        filer.wait()
        assert turn < kills or filer.returncode == 0
    return codes


def mail_and_kill(house, kills, is_filed):
    """Run the worker, killing it while it sends, until nothing waits any more."""

    def is_over():
        return is_filed() and not waiting(house)

    for _ in range(kills):
        worker, enough = house.worker(), house.mails().total() + random.randint(1, 8)
        house.wait(lambda enough=enough: house.mails().total() >= enough or is_over())
        time.sleep(random.random() / 30)
        worker.kill()
        worker.wait()
    house.worker()
    house.wait(is_over)


def waiting(house):
    return house.rows("""
        select 1 from cases_effect where done_at is null
        union all select 1 from cases_mail where fate in ('queued', 'sending') limit 1
    """)


def live_through(house, count, filer_kills, worker_kills):
    with ThreadPoolExecutor(1) as pool:
        filing = pool.submit(file_and_kill, house, count, filer_kills)
        mail_and_kill(house, worker_kills, filing.done)
        codes = filing.result()
    journals = dict(
        house.rows("""
        select code, count(*) from cases_case c join cases_live l on l.case_id = c.id join cases_journal j on j.case_id = c.id
        group by code
    """)
    )
    assert len(codes) >= count and {journals.get(code) for code in codes} == {2}
    assert house.rows("select count(*) from cases_case") == [(len(journals),)]
    fates = {message_id(key): fate for key, fate in house.rows("select key, fate from cases_mail")}
    left = house.mails()
    assert len(fates) == len(journals), "a mail for each report"
    assert max(left.values()) == 1, "no mail left twice"
    assert set(fates.values()) <= {"sent", "unknown"}
    assert {name for name, fate in fates.items() if fate == "sent"} <= set(left) <= set(fates)
    assert list(fates.values()).count("unknown") <= worker_kills
    return fates


def test_killing_the_intake_and_the_worker_loses_no_report_and_repeats_no_mail(house):
    live_through(house, count=20, filer_kills=1, worker_kills=1)


@pytest.mark.slow
def test_killing_them_again_and_again_loses_no_report_and_repeats_no_mail(house):
    fates = live_through(house, count=300, filer_kills=6, worker_kills=10)
    assert "unknown" in fates.values(), "ten kills in the midst of sending find at least one mail on its way"
