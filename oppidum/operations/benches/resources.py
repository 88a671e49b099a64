"""What a piece of work takes of the machine: memory of all its processes, processor time of clients and server apart, statements.

with watching(url) as used:
    run(...)
used.memory_gb, used.client_cpu_s, used.server_cpu_s, used.statements(12)
"""

import os
import re
import resource
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

_TICKS = os.sysconf("SC_CLK_TCK")
EVERY_S = 0.25
MEMORY_EVERY = 8  # samples: reading the memory of all processes takes some milliseconds
IN_CLIENT = "(waits for its client)"
_LITERALS = re.compile(r"'(?:[^']|'')*'|\b\d+(?:\.\d+)?\b|\$\d+")
_LISTS = re.compile(r"\?(?:\s*,\s*\?)+")
_ACTIVITY = "select state, query from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() and state not in ('idle', 'disabled')"


@dataclass
class Used:
    """What was used between begin and end. `memory_gb` is the largest sum of proportional set sizes (PSS) that was sampled."""

    seconds: float = 0.0
    memory_gb: float = 0.0
    client_cpu_s: float = 0.0
    server_cpu_s: float = 0.0
    samples: Counter = field(default_factory=Counter)

    def statements(self, most: int = 12) -> dict[str, float]:
        """Of the connections' time in work or in a transaction, the share of each statement, largest first (per cent)."""
        whole = sum(self.samples.values())
        return {name: round(100 * count / whole, 1) for name, count in self.samples.most_common(most)}


@contextmanager
def watching(url: str) -> Iterator[Used]:
    """Watch this process, all its descendants and the server behind `url`, which must run on this machine."""
    used, stop = Used(), threading.Event()
    with psycopg.connect(url.replace("postgis:", "postgresql:", 1), autocommit=True) as server:
        postmaster = _parent(server.info.backend_pid)
        sampler = threading.Thread(target=_sample, args=(used, server, postmaster, stop), daemon=True)
        began, client, served = time.perf_counter(), _own_cpu(), _server_cpu(postmaster)
        sampler.start()
        try:
            yield used
        finally:
            stop.set()
            sampler.join()
            used.seconds = time.perf_counter() - began
            used.client_cpu_s = _own_cpu() - client
            used.server_cpu_s = _server_cpu(postmaster) - served


def _sample(used: Used, server: psycopg.Connection, postmaster: int, stop: threading.Event) -> None:
    turn = 0
    while True:
        if turn % MEMORY_EVERY == 0:
            used.memory_gb = max(used.memory_gb, _memory_gb([os.getpid(), postmaster]))
        for state, query in server.execute(_ACTIVITY):
            used.samples[shape(query) if state == "active" else IN_CLIENT] += 1
        turn += 1
        if stop.wait(EVERY_S):
            return


def shape(query: str, longest: int = 110) -> str:
    """A statement without its values, in one line, cut to its beginning."""
    return _LISTS.sub("?…", " ".join(_LITERALS.sub("?", query[:2000]).split()))[:longest]


def _own_cpu() -> float:
    """Processor seconds of this process, of its ended children and of those that live."""
    ended = sum(
        usage.ru_utime + usage.ru_stime
        for usage in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )
    return ended + sum(_cpu(pid) for pid in _descendants([os.getpid()]))


def _server_cpu(postmaster: int) -> float:
    """Processor seconds of the server's processes, with those of the connections that it has ended."""
    fields = _stat(postmaster)
    ended = (int(fields[13]) + int(fields[14])) / _TICKS if fields else 0.0
    return ended + sum(_cpu(pid) for pid in [postmaster, *_descendants([postmaster])])


def _memory_gb(roots: list[int]) -> float:
    return sum(_pss_kb(pid) for pid in [*roots, *_descendants(roots)]) * 1024 / 1e9


def _descendants(roots: list[int]) -> list[int]:
    children: dict[int, list[int]] = {}
    for one in Path("/proc").iterdir():
        if one.name.isdigit():
            children.setdefault(_parent(int(one.name)), []).append(int(one.name))
    found, left = [], list(roots)
    while left:
        below = children.get(left.pop(), [])
        found += below
        left += below
    return found


def _pss_kb(pid: int) -> int:
    """The process' proportional set size: shared pages are divided among those who share them, so sums count nothing twice."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:  # gone since it was listed
        return 0
    return int(text.partition("Pss:")[2].split(maxsplit=1)[0]) if "Pss:" in text else 0


def _parent(pid: int) -> int:
    return int(fields[1]) if (fields := _stat(pid)) else 0


def _cpu(pid: int) -> float:
    return (int(fields[11]) + int(fields[12])) / _TICKS if (fields := _stat(pid)) else 0.0


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the command: state, parent, ... (man 5 proc)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
