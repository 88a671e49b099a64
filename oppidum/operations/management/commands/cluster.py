"""`oppidum cluster start|stop|status|url`: the private database by hand."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from oppidum.core.cluster import ClusterError, PrivateCluster, private_cluster


class Command(BaseCommand):
    help = "Start or stop the private PostgreSQL cluster, say how it is, or print its DATABASE_URL."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("act", choices=["start", "stop", "status", "url"])

    def handle(self, *, act: str, **options):
        cluster = private_cluster(settings.VAR)
        try:
            self.stdout.write(answer(cluster, act))
        except ClusterError as error:
            raise CommandError(error) from None


def answer(cluster: PrivateCluster, act: str) -> str:
    """Do it, and say in one line what is now true."""
    if act == "start":
        return f"started in {cluster.folder}" if cluster.start() else f"was running in {cluster.folder}"
    if act == "stop":
        return "stopped" if cluster.stop() else "was not running"
    if act == "status":
        return f"{'running' if cluster.is_running() else 'stopped'} in {cluster.folder}"
    return cluster.url("oppidum")
