"""The running system: web server, task worker and, when there is no other, the private cluster, as one thing."""

import errno
import http.client
import os
import socket
import sys
from dataclasses import dataclass

from django.conf import settings

from oppidum.core.cluster import PrivateCluster
from oppidum.operations.preparing import Say
from oppidum.operations.supervising import Child, Supervisor

WEB_WORKERS = 2
THREADS_PER_WORKER = 4


class PortTaken(Exception):
    """Somebody else listens there, or we may not; the text says how to choose another."""


@dataclass(frozen=True)
class Address:
    """Where the web server listens."""

    host: str = "127.0.0.1"
    port: int = 8000

    @property
    def reachable(self) -> str:
        """A host name by which this machine itself reaches it."""
        return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)

    @property
    def url(self) -> str:
        host = f"[{self.reachable}]" if ":" in self.reachable else self.reachable
        return f"http://{host}:{self.port}"

    def must_be_free(self) -> None:
        """Raise PortTaken now rather than after minutes of preparation."""
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        another = f"PORT={self.port + 1} make demo, or oppidum up --port {self.port + 1}"
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
            except OSError as error:
                why = {
                    errno.EADDRINUSE: f"Port {self.port} is taken by another program. Choose another: {another}",
                    errno.EACCES: f"Port {self.port} is for root only. Choose one above 1023: {another}",
                }.get(error.errno, f"{self.host} is no address of this machine ({error.strerror}).")
                raise PortTaken(why) from None

    def is_answering(self) -> bool:
        connection = http.client.HTTPConnection(self.reachable, self.port, timeout=5)
        try:
            connection.request("GET", "/health/live", headers={"Host": settings.ALLOWED_HOSTS[0]})
            return connection.getresponse().status < 500
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


def announce_url(address: Address) -> None:
    """Links in mails lead to where we listen, unless the installation says otherwise (OPPIDUM_URL)."""
    if "OPPIDUM_URL" not in os.environ:
        os.environ["OPPIDUM_URL"] = settings.PUBLIC_URL = address.url


def web_server(address: Address) -> list[str]:
    """The command of the web server."""
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", str(WEB_WORKERS), "--no-ws"]
    granian += ["--blocking-threads", str(THREADS_PER_WORKER), "--log-level", "warning", "--respawn-failed-workers"]
    granian += ["--workers-kill-timeout", "5", "--host", address.host, "--port", str(address.port)]
    return [*granian, "oppidum.wsgi:application"]


def serve(address: Address, say: Say, cluster: PrivateCluster | None, welcome: list[str]) -> int:
    """Run until told to stop; return the exit code."""
    worker = [sys.executable, "-m", "oppidum", "procrastinate", "--skip-checks", "worker", "--shutdown-graceful-timeout", "5"]

    def look_after_cluster() -> None:
        if cluster and not cluster.is_running():
            say("The database server is down; starting it again")
            cluster.start()

    def greet() -> None:
        for line in welcome:
            say(line)

    return Supervisor(
        [Child("The web server", web_server(address)), Child("The task worker", worker)],
        say,
        is_answering=address.is_answering,
        on_answer=greet,
        watch=look_after_cluster,
    ).run()
