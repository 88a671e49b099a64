"""`oppidum up`: the whole system in one command, on whatever its database holds."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connections

from oppidum.core.cluster import ClusterError, PrivateCluster
from oppidum.operations.preparing import NotPrepared, own_cluster, prepare, timed
from oppidum.operations.serving import Address, PortTaken, announce_url, serve
from oppidum.operations.vendoring import VendorError


class Command(BaseCommand):
    help = "Start the database if it is ours, bring tables and files up to date, and serve until Ctrl-C."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, host: str, port: int, **options):
        address = Address(host, port)
        with told_plainly():
            address.must_be_free()
            announce_url(address)
            with running_database(self.say) as cluster:
                prepare(self.say)
                self.fill(options)
                if options.get("prepare_only"):
                    self.say("Everything is ready.")
                    return
                connections.close_all()
                code = serve(address, self.say, cluster, self.welcome(address))
        if code:
            raise CommandError("The web server does not start.")

    def fill(self, options) -> None:
        """Put data where there are none; `demo` does."""

    def welcome(self, address: Address) -> list[str]:
        """What is printed when the server answers."""
        faces = {"Residents": "/", "Officers": "/desk/", "Figures": "/figures/"}
        lines = [f"  {name:<10} {address.url}{path}" for name, path in faces.items()]
        return ["", "Oppidum is ready.", *lines, "", "Ctrl-C stops it."]

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


@contextmanager
def running_database(say) -> Iterator[PrivateCluster | None]:
    """The private cluster, stopped in the end if we started it; or None and the server that DATABASE_URL names."""
    cluster, ours = own_cluster(), False
    if cluster:
        with timed(say, f"database in {cluster.folder}"):
            ours = cluster.start()
    try:
        yield cluster
    finally:
        if ours:
            connections.close_all()
            cluster.stop()


@contextmanager
def told_plainly() -> Iterator[None]:
    """What went wrong in one sentence, without a traceback, when the remedy lies outside the program."""
    try:
        yield
    except (ClusterError, NotPrepared, PortTaken, VendorError) as error:
        raise CommandError(error) from None
    except OSError as error:
        raise CommandError(f"{error.filename or 'The system'}: {error.strerror}") from error
    except DatabaseError as error:
        raise CommandError(f"The database refuses: {error}") from error
