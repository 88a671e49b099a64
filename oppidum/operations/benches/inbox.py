"""The inbox: its page of fifty and its API twin, for an officer who sees everything, on a database of 200,000 reports."""

import http.client
import os
import platform
import random
import time
from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection

from oppidum.cases.acting import act
from oppidum.cases.rules.standing import Actor, Command
from oppidum.core import clock
from oppidum.core.sql import rows
from oppidum.operations.benches.answer import Answer, percentile
from oppidum.operations.benches.counting import statements_counted
from oppidum.operations.benches.intake import serving
from oppidum.operations.benches.processors import backends, processes_of_group, seconds_of
from oppidum.operations.benches.requests import fill_requests, fill_resting
from oppidum.operations.benches.scratch import fill, measured_database
from oppidum.operations.serving import THREADS_PER_WORKER, WEB_WORKERS, Address
from oppidum.people.models import Officer

PAGE, TWIN = "/desk/?view=all", "/api/cases?view=all&size=50"
PEERS = {"Signalen 2.50, pages of 50 through its API": {"per_second": 4, "sql_queries": 263}}
WARM_UP = 40
# What a year of reports looks like in life: all of the last month open, of the older ones a few.
OPEN_DAYS, OPEN_SHARE_BEFORE = 30, 0.02
# A year with all services leaves a fifth of its cases open and at rest: passes that are valid, letters that await nothing.
AT_REST_SHARE = 5
_CASES = """
    select count(*), count(*) filter (where is_open), count(*) filter (where is_open and rests), count(distinct service) from cases_live
"""


def run(reports: int = 200_000, requests: int = 600, port: int = 8794, services: int = 0, database: str = "") -> Answer:
    """Fill a scratch database, end most of its reports through the engine, and read the inbox over one connection.

    `services` 1: a tenth of the cases are requests to all other services, which stay open, and a fifth is at rest. `database`: that one
    is read as it is.
    """
    load = os.getloadavg()[0]
    with measured_database(database) as url:
        if not database:
            fill(reports - reports // 10 - reports // AT_REST_SHARE if services else reports, random.Random(50))
            if services:
                fill_requests(reports // 10, random.Random(52))
                fill_resting(reports // AT_REST_SHARE, random.Random(53))
            end_old_ones(random.Random(51))
        [(cases, still_open, at_rest, spread_over)] = rows(_CASES)
        officer = Officer.objects.select_related("role").filter(role__reach="all", is_active=True).order_by("pk").first()
        cookie = f"{settings.SESSION_COOKIE_NAME}={session_of(officer)}"
        statements = {path: count_statements(path, officer) for path in (PAGE, TWIN)}
        with serving(url, port) as address:
            for _ in range(4):  # each is a connection of its own: both workers are warm, and have their own to the database
                read(address, PAGE, cookie, 1)
            groups = {"web": processes_of_group(address.group), "database": backends()}
            before = {name: seconds_of(pids) for name, pids in groups.items()}
            page, page_seconds, page_bytes = read(address, PAGE, cookie, requests)
            spent = {name: seconds_of(pids) - before[name] for name, pids in groups.items()}
            twin, twin_seconds, _ = read(address, TWIN, cookie, requests)
    return Answer(
        name="inbox",
        figures={
            "per_second": round(len(page) / page_seconds, 1),
            "p50_ms": round(percentile(page, 0.50), 2),
            "p95_ms": round(percentile(page, 0.95), 2),
            "p99_ms": round(percentile(page, 0.99), 2),
            "sql_queries": statements[PAGE],
            **{f"{name}_cpu_ms_each": round(1000 * each / (requests + WARM_UP), 2) for name, each in spent.items()},
            "api_per_second": round(len(twin) / twin_seconds, 1),
            "api_p50_ms": round(percentile(twin, 0.50), 2),
            "api_p95_ms": round(percentile(twin, 0.95), 2),
            "api_sql_queries": statements[TWIN],
            "page_kilobytes": round(page_bytes / 1000),
        },
        peers=PEERS,
        settings={
            "database": database or "scratch",
            "cases": cases,
            "open_cases": still_open,
            "at_rest": at_rest,
            "services": spread_over,
            "requests": requests,
            "connections": 1,
            "web_workers": WEB_WORKERS,
            "threads_per_worker": THREADS_PER_WORKER,
            "cores": len(os.sched_getaffinity(0)),
            "python": platform.python_version(),
            "load_before": round(load, 2),
            "officer": f"{officer.role}, sees every case",
        },
    )


def end_old_ones(rng: random.Random) -> None:
    """Mark as done what was filed before the last month, but a few."""
    since = clock.today() - timedelta(days=OPEN_DAYS)
    old = [row[0] for row in rows("select case_id from cases_live where service = 'report' and filed_on < %s::date", [since])]
    done = Command("finish", Actor("officer", None, "Bench", frozenset({"act"})), {"what_was_done": "Fait"})
    act((case_id, done) for case_id in old if rng.random() > OPEN_SHARE_BEFORE)
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze cases_live")


def session_of(officer: Officer) -> str:
    """The key of a session in which the officer is signed in."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(officer.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = officer.get_session_auth_hash()
    session.create()
    return session.session_key


def count_statements(path: str, officer: Officer) -> int:
    """The statements of one request, once the process is warm."""
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(officer)
    client.get(path)
    with statements_counted() as sent:
        answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code}")
    return len(sent)


def read(address: Address, path: str, cookie: str, requests: int) -> tuple[list[float], float, int]:
    """Latencies in order, in milliseconds, of that many requests one after the other; how long they took in all; the last one's size."""
    link = http.client.HTTPConnection(address.host, address.port)
    taken, size, began = [], 0, time.perf_counter()
    for n in range(requests + WARM_UP):
        if n == WARM_UP:
            taken, began = [], time.perf_counter()
        asked = time.perf_counter()
        link.request("GET", path, headers={"Cookie": cookie, "Accept": "text/html"})
        answer = link.getresponse()
        size = len(answer.read())
        taken.append((time.perf_counter() - asked) * 1000)
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
    lasted = time.perf_counter() - began
    link.close()
    return sorted(taken), lasted, size
