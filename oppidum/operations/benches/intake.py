"""Intake: reports accepted per second through POST /open311/v2/requests.json, on a database that holds many already."""

import contextlib
import json
import os
import platform
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection

from oppidum.cases.declaration import get_service
from oppidum.interfaces.keys import make_key
from oppidum.operations.benches import driving
from oppidum.operations.benches.answer import Answer, percentile
from oppidum.operations.benches.counting import statements_counted
from oppidum.operations.benches.intake_floor import measure_floor
from oppidum.operations.benches.processors import backends, processes_of_group, seconds_of
from oppidum.operations.benches.scratch import fill, made_up_answers, measured_database
from oppidum.operations.benches.spots import draw_spots
from oppidum.operations.serving import THREADS_PER_WORKER, WEB_WORKERS, Address, web_server

PATH = "/open311/v2/requests.json"
PEERS = {
    "Signalen 2.50, mail, search and background tasks off, 20,000 reports": {"per_second": 20, "p95_ms": 248, "sql_queries": 45}
}
FORMS = 4000
WARM_UP_SECONDS = 3
LONGEST_START_S = 180


class Served(NamedTuple):
    """Where the web server listens, and its process group."""

    host: str
    port: int
    group: int


def run(reports: int = 200_000, seconds: int = 15, connections: int = 8, port: int = 8791, database: str = "") -> Answer:
    """Fill a scratch database, or take `database` as it is, serve it as `oppidum up` does, and post to it from a process of its own."""
    rng = random.Random(311)
    load = os.getloadavg()[0]
    with measured_database(database) as url:
        filling = time.monotonic()
        if not database:
            fill(reports, rng)
        filling = time.monotonic() - filling
        before_all = _count_cases()
        bodies = _bodies(rng, make_key("bench", ["open311:write"], limit=100_000_000))
        statements = count_statements(bodies)
        with serving(url, port) as address, tempfile.NamedTemporaryFile() as file:
            Path(file.name).write_bytes(b"\n".join(bodies))
            drive(address, WARM_UP_SECONDS, connections, file.name)
            groups = {"web": processes_of_group(address.group), "database": backends()}
            before = {name: seconds_of(pids) for name, pids in groups.items()}
            driven = drive(address, seconds, connections, file.name)
            spent = {name: seconds_of(pids) - before[name] for name, pids in groups.items()}
        filed = _count_cases()
        floor = measure_floor(connections, url)
    taken = sorted(driven["taken_ms"])
    per_second = len(taken) / driven["seconds"]
    return Answer(
        name="intake",
        figures={
            "per_second": round(per_second, 1),
            "p50_ms": round(percentile(taken, 0.50), 2),
            "p95_ms": round(percentile(taken, 0.95), 2),
            "p99_ms": round(percentile(taken, 0.99), 2),
            "sql_queries": statements,
            "share_of_floor": round(per_second / floor["insert_per_second"], 3),
            "refused": sum(driven["refused"].values()),
            **{f"{name}_cpu_ms_each": round(1000 * each / max(len(taken), 1), 2) for name, each in spent.items()},
            "client_cpu_share": round(driven["cpu_share"], 2),
        }
        | ({} if database else {"filled_per_second": round(reports / filling)}),
        floor=floor,
        peers=PEERS,
        settings={
            "database": database or "scratch",
            "cases_before": before_all,
            "cases_after": filed,
            "seconds": seconds,
            "connections": connections,
            "web_workers": WEB_WORKERS,
            "threads_per_worker": THREADS_PER_WORKER,
            "cores": len(os.sched_getaffinity(0)),
            "python": platform.python_version(),
            "load_before": round(load, 2),
            "client": "eight threads of one process, standard library",
        },
    )


def _bodies(rng: random.Random, key: str) -> list[bytes]:
    """Forms of many places and categories; every second one has an e-mail."""
    bodies = []
    categories = list(get_service("report").categories.values())
    for n, (lon, lat, _commune) in enumerate(draw_spots(FORMS, rng)):
        category = rng.choice(categories)
        form = {
            "api_key": key,
            "service_code": category.code,
            "lat": lat,
            "long": lon,
            "address_string": f"{n % 200 + 1} cours Mirabeau",
            "description": "Il y a un trou devant le portail de l'école, les enfants tombent en vélo.",
        }
        form |= {f"attribute[{name}]": value for name, value in made_up_answers(rng, category).items()}
        if n % 2:
            form |= {"email": f"habitant{n}@example.org", "first_name": "Camille", "last_name": "Roux", "phone": "06 12 34 56 78"}
        bodies.append(urlencode(form).encode())
    return bodies


def count_statements(bodies: list[bytes]) -> int:
    """The statements of one POST with an e-mail, once the process is warm."""
    from django.test import Client

    client, form = Client(), {"content_type": "application/x-www-form-urlencoded"}
    for body in bodies[:4]:
        client.post(PATH, body, **form)
    with statements_counted() as sent:
        answer = client.post(PATH, bodies[5], **form)
    if answer.status_code != 200:
        raise RuntimeError(answer.content.decode())
    return len(sent)


@contextlib.contextmanager
def serving(url: str, port: int, **more: str) -> Iterator[Served]:
    """The web server as `oppidum up` starts it, on that database; without the task worker, which nothing waits for. `more`: what else its
    environment says."""
    address = Address(port=port)
    address.must_be_free()
    env = os.environ | {"DATABASE_URL": url, "OPPIDUM_VAR": str(settings.VAR)} | more
    # What the server says goes where errors go: standard output is for the answer alone.
    server = subprocess.Popen(web_server(address), env=env, start_new_session=True, stdout=2)
    try:
        until = time.monotonic() + LONGEST_START_S
        while not address.is_answering():
            if time.monotonic() > until:
                raise RuntimeError("the web server does not answer")
            time.sleep(0.1)
        yield Served(address.host, address.port, server.pid)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)


def drive(address: Served, seconds: float, connections: int, file: str) -> dict:
    """What the client's process saw."""
    done = subprocess.run(
        [sys.executable, driving.__file__, address.host, str(address.port), PATH, str(seconds), str(connections), file],
        capture_output=True,
        check=True,
    )
    return json.loads(done.stdout)


def _count_cases() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from cases_case")
        return cursor.fetchone()[0]
