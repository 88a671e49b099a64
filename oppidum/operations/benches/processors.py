"""How much processor time a piece of work takes, of some processes alone: the same on a busy machine as on a quiet one."""

import os
from collections.abc import Iterable
from pathlib import Path

from django.db import connection

_TICKS = os.sysconf("SC_CLK_TCK")


def seconds_of(pids: Iterable[int]) -> float:
    """User and system time that those processes have used so far; one that is gone counts for nothing."""
    return sum(_seconds(_stat(pid)) for pid in pids)


def processes_of_group(group: int) -> list[int]:
    """The processes of a process group: a server with its workers."""
    return [int(one.name) for one in Path("/proc").iterdir() if one.name.isdigit() and _stat(int(one.name))[2:3] == [str(group)]]


def backends() -> list[int]:
    """The server processes behind this database's connections."""
    with connection.cursor() as cursor:
        cursor.execute("select pid from pg_stat_activity where datname = current_database()")
        return [pid for (pid,) in cursor.fetchall()]


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the command: state, parent, group, ... (man 5 proc)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _seconds(fields: list[str]) -> float:
    return (int(fields[11]) + int(fields[12])) / _TICKS if fields else 0.0
