"""A PostgreSQL of one's own: a small cluster in a folder of the installation, when no DATABASE_URL is given.

It listens on a Unix socket alone, which only its owner (and root) may open: so it needs no password and
takes no port of the machine. PostgreSQL refuses to run as root: then it runs as the system's `postgres`, who
must be able to walk to its folder. Standard library only, for the settings need it before all else works.
"""

import fcntl
import hashlib
import os
import pwd
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

OWNER = "oppidum"
PORT = 5432  # names the socket's file; nothing listens on the network
OLDEST = 15
EXTENSIONS = ("postgis", "pg_trgm", "unaccent", "btree_gin", "btree_gist")
# A socket's path holds 107 bytes, and a URL's host name has no capitals: other paths get a short folder.
PLAIN_PATH = re.compile(r"[a-z0-9._/-]{1,85}")
LOG_BYTES = 10_000_000
INSTALL = "apt-get install postgresql postgresql-15-postgis-3 (or run bin/setup)"


class ClusterError(Exception):
    """The private cluster can't do what was asked; the text says why and what to do."""


@dataclass(frozen=True)
class PrivateCluster:
    """The cluster that belongs to one `var` folder. `folder` holds its data, settings, log and lock."""

    var: Path
    folder: Path
    sockets: Path

    def url(self, database: str) -> str:
        """The DATABASE_URL of one of its databases; needs no running server."""
        return f"postgis://{OWNER}@{quote(str(self.sockets), safe='')}:{PORT}/{quote(database)}"

    def is_running(self) -> bool:
        """Somebody answers on the socket. After a kill -9 the pid file stays, but nobody answers."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            probe.settimeout(5)
            try:
                probe.connect(str(self.sockets / f".s.PGSQL.{PORT}"))
            except PermissionError:
                raise ClusterError(f"{self.folder} belongs to another user: {self._way_out}") from None
            except OSError:
                return False
        return True

    def start(self) -> bool:
        """Make the cluster if there is none, start it if it is down, and return whether this call started it.

        Several processes may call at once: one works, the others wait and find it running.
        """
        if self.is_running() and self._is_complete:
            return False
        with self._lock():
            if running := self.is_running():
                self._wait_ready()
            else:
                self._make_folders()
                if not (self._data / "PG_VERSION").exists():
                    self._init()
                self._write_settings()
                self._launch()
            if not self._is_complete:
                self._complete()
        return not running

    def stop(self) -> bool:
        """Stop the server, ending its connections; return whether it was running."""
        if not self.is_running():
            return False
        with self._lock():
            if not self.is_running():
                return False
            try:
                self._as_owner("pg_ctl", "stop", "-D", self._data, "-m", "fast", "-w", "-t", 60)
            except ClusterError:
                if self.is_running():
                    raise
        return True

    def create_database(self, name: str) -> bool:
        """Create a database with the extensions, unless it exists; return whether it was created."""
        known = self._sql("template1", "select datname from pg_database").split()
        if name not in known:
            self._client("createdb", name)
        return name not in known

    def destroy(self) -> None:
        """Stop the server and remove all its data. There is no way back."""
        self.stop()
        for folder in (self.folder, self.sockets):
            shutil.rmtree(folder, ignore_errors=True)

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    @property
    def _is_complete(self) -> bool:
        return (self.folder / "complete").exists()

    @property
    def _way_out(self) -> str:
        return f"set OPPIDUM_VAR to a folder of yours (now {self.var}), or DATABASE_URL to another server"

    def _unwritable(self, folder: Path, error: OSError) -> ClusterError:
        return ClusterError(f"{folder} can't be written ({error.strerror}): {self._way_out}")

    def _make_folders(self) -> None:
        owner = _server_user()
        for folder in (self.folder, self.sockets):
            try:
                folder.mkdir(parents=True, exist_ok=True)
                if owner:
                    os.chown(folder, owner.pw_uid, owner.pw_gid)
                if folder.stat().st_uid != (owner.pw_uid if owner else os.geteuid()):
                    raise ClusterError(f"{folder} belongs to another user: {self._way_out}")
                folder.chmod(0o755)
            except OSError as error:
                raise self._unwritable(folder, error) from None

    def _init(self) -> None:
        """Made beside its place, then moved there: cut short, it leaves nothing that looks like a cluster."""
        draft = self.folder / "data.part"
        shutil.rmtree(draft, ignore_errors=True)
        options = ("-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-instructions")
        self._as_owner("initdb", "-D", draft, *options)
        (self.folder / "local.conf").touch()
        with open(draft / "postgresql.conf", "a") as conf:
            conf.write("\ninclude_if_exists = '../oppidum.conf'\ninclude_if_exists = '../local.conf'\n")
        (self.folder / "complete").unlink(missing_ok=True)
        draft.rename(self._data)

    def _write_settings(self) -> None:
        lines = [f"{name} = {value}" for name, value in server_settings(self.sockets).items()]
        text = "# Written at each start; put your own settings in local.conf beside this file.\n"
        try:
            (self.folder / "oppidum.conf").write_text(text + "\n".join(lines) + "\n")
        except OSError as error:
            raise self._unwritable(self.folder, error) from None

    def _complete(self) -> None:
        """Extensions go to template1: each new database (the tests' too) is born with them in 0.1 s."""
        for extension in EXTENSIONS:
            self._sql("template1", f"create extension if not exists {extension}")
        self.create_database("oppidum")
        (self.folder / "complete").touch()

    @cached_property
    def _log(self) -> Path:
        return self.folder / "postgresql.log"

    def _launch(self) -> None:
        if self._log.exists() and self._log.stat().st_size > LOG_BYTES:
            self._log.replace(self._log.with_suffix(".log.1"))
        self._clear_remains()
        try:
            self._as_owner("pg_ctl", "start", "-D", self._data, "-l", self._log, "-w", "-t", 300, "-s")
        except ClusterError as error:
            raise ClusterError(f"{error}\nThe end of {self._log}:\n{self._log_tail()}") from None

    def _clear_remains(self) -> None:
        """Make way for a start when nobody answers although files say that a server runs.

        PostgreSQL goes by process numbers, which may name a zombie that nobody buries (in containers) or
        another program by now. We go by who works in the data folder: a server whose socket was removed is
        stopped, the children of a killed one get the time to notice, and the files go when all are gone.
        """
        pid_file = self._data / "postmaster.pid"
        if not pid_file.exists():
            return
        for _ in range(60):
            living = _processes_in(self._data)
            if not living:
                break
            if int(pid_file.read_text().split()[0]) in living:
                self._as_owner("pg_ctl", "stop", "-D", self._data, "-m", "fast", "-w", "-t", 60)
                return
            time.sleep(0.25)
        else:
            raise ClusterError(f"Processes {living} of a killed server still work in {self._data}: end them.")
        for name in (f".s.PGSQL.{PORT}", f".s.PGSQL.{PORT}.lock"):
            (self.sockets / name).unlink(missing_ok=True)
        pid_file.unlink()

    def _log_tail(self, lines: int = 12) -> str:
        text = self._log.read_text(errors="replace") if self._log.exists() else "(empty)"
        return "\n".join(text.splitlines()[-lines:])

    def _wait_ready(self) -> None:
        for _ in range(600):
            try:
                self._client("pg_isready", "-q")
                return
            except ClusterError:
                time.sleep(0.5)
        raise ClusterError(f"The server in {self.folder} does not get ready; its log is {self._log}")

    @contextmanager
    def _lock(self) -> Iterator[None]:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise self._unwritable(self.folder, error) from None
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    @cached_property
    def _programs(self) -> Path:
        version = self._data / "PG_VERSION"
        return find_programs(int(version.read_text()) if version.exists() else None)

    def _as_owner(self, program: str, *arguments) -> str:
        owner = _server_user()
        prefix = ["runuser", "-u", owner.pw_name, "--"] if owner else []
        return self._run([*prefix, str(self._programs / program), *map(str, arguments)])

    def _client(self, program: str, *arguments: str) -> str:
        address = ("-h", str(self.sockets), "-p", str(PORT), "-U", OWNER)
        return self._run([str(self._programs / program), *address, *arguments])

    def _sql(self, database: str, statement: str) -> str:
        return self._client("psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", statement)

    def _run(self, command: list[str]) -> str:
        # From `/`, since the server's user may not enter the folder that we stand in.
        done = subprocess.run(command, cwd="/", env=_environment(), stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode:
            said = (done.stderr or done.stdout).strip()
            raise ClusterError(_explain(said, self.folder) or f"This failed: {' '.join(command)}")
        return done.stdout


def private_cluster(var: Path) -> PrivateCluster:
    """The cluster of a `var` folder: always the same for the same folder, running or not; touches nothing."""
    var = Path(var).resolve()
    mark = hashlib.sha256(str(var).encode()).hexdigest()[:10]
    folder = var / "cluster"
    if not (folder / "data").exists() and not _can_walk_to(var, _server_user()):
        folder = Path("/var/lib") / f"oppidum-{mark}"
    sockets = folder / "sockets"
    if not PLAIN_PATH.fullmatch(str(sockets)):
        sockets = Path("/run" if os.geteuid() == 0 else "/tmp") / f"oppidum-{os.geteuid()}-{mark}"
    return PrivateCluster(var, folder, sockets)


def find_programs(version: int | None = None) -> Path:
    """The folder of initdb, pg_ctl and psql: of that major version, else of the newest that has PostGIS."""
    found = {}
    for place in (*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr").glob("pgsql-*/bin")):
        if (place / "initdb").exists() and (number := re.search(r"(\d+)/bin$", str(place))):
            found[int(number[1])] = place
    if version in found:
        return found[version]
    if version:
        raise ClusterError(f"The data were written by PostgreSQL {version}, which is not installed.")
    fit = [number for number in found if number >= OLDEST]
    if not fit:
        raise ClusterError(f"PostgreSQL {OLDEST} or later with PostGIS is not installed: {INSTALL}")
    return found[max(fit, key=lambda number: (_has_postgis(number), number))]


def server_settings(sockets: Path, memory_mb: int | None = None) -> dict[str, str]:
    """What differs from PostgreSQL's defaults; measured on a 2-core machine, scaled to the memory there is.

    Durability stays whole (fsync and synchronous_commit on): batches are what makes writing fast.
    """
    memory_mb = memory_mb or _memory_mb()
    shared_mb = max(128, min(2048, memory_mb // 4))
    settings = {
        "listen_addresses": "''",
        "port": str(PORT),
        "unix_socket_directories": f"'{sockets}'",
        "unix_socket_permissions": "0700",
        "shared_buffers": f"{shared_mb}MB",
        "effective_cache_size": f"{max(256, memory_mb // 2)}MB",
        "work_mem": f"{max(4, min(64, memory_mb // 256))}MB",
        "maintenance_work_mem": f"{max(64, min(512, memory_mb // 16))}MB",
        "max_wal_size": f"{min(6, max(1, memory_mb // 2048))}GB",
        "checkpoint_timeout": "15min",
        "random_page_cost": "1.1",
        "jit": "off",
        "wal_compression": "on",
        "log_timezone": "'Europe/Paris'",
    }
    # A container's /dev/shm is often 64 MB, too little for a parallel query's memory.
    if not os.path.isdir("/dev/shm") or shutil.disk_usage("/dev/shm").total < 512 * 2**20:
        settings["dynamic_shared_memory_type"] = "sysv"
    return settings


def _memory_mb() -> int:
    """The machine's memory, or the container's share of it."""
    machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    for limit in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        try:
            machine = min(machine, int(Path(limit).read_text()))
        except (OSError, ValueError):
            continue
    return machine // 2**20


def _has_postgis(version: int) -> bool:
    places = (f"/usr/share/postgresql/{version}", f"/usr/pgsql-{version}/share")
    return any(Path(place, "extension/postgis.control").exists() for place in places)


def _server_user() -> pwd.struct_passwd | None:
    """The user that PostgreSQL must run as instead of us: only root needs one."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        raise ClusterError(f"There is no system user `postgres`: {INSTALL}") from None


def _can_walk_to(folder: Path, user: pwd.struct_passwd | None) -> bool:
    """Whether `user` may enter every folder down to this one (those that exist; we make the others)."""
    if user is None:
        return True
    for place in (folder, *folder.parents):
        if place.exists():
            stat = place.stat()
            bit = 0o100 if stat.st_uid == user.pw_uid else 0o010 if stat.st_gid == user.pw_gid else 0o001
            if not stat.st_mode & bit:
                return False
    return True


def _processes_in(folder: Path) -> list[int]:
    """The living processes (a zombie has no folder) that stand in this one, as a server's do in its data."""
    found = []
    for link in Path("/proc").glob("[0-9]*/cwd"):
        try:
            if os.path.samefile(link, folder):
                found.append(int(link.parent.name))
        except OSError:
            continue
    return found


def _environment() -> dict[str, str]:
    """Ours without PG* variables, which would send the programs to another server; messages in English."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return kept | {"LC_ALL": "C.UTF-8"}


def _explain(said: str, folder: Path) -> str:
    if "No space left" in said:
        return f"The disk of {folder} is full. Free some space and start again.\n{said}"
    if "postgis" in said and ("not available" in said or "could not open extension" in said):
        return f"PostGIS is not installed for this PostgreSQL: {INSTALL}\n{said}"
    return said
