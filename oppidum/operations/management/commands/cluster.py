"""`oppidum cluster start|stop|status|url|destroy`: the private database by hand."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from oppidum.core.cluster import ClusterError, PrivateCluster, private_cluster


class Command(BaseCommand):
    help = "Start, stop or remove the private PostgreSQL cluster, say how it is, or print its DATABASE_URL."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("act", choices=["start", "stop", "status", "url", "destroy"])
        parser.add_argument("--yes", action="store_true", help="destroy all data without asking")

    def handle(self, *, act: str, yes: bool, **options):
        cluster = private_cluster(settings.VAR)
        if act == "destroy" and not yes and input(f"Type yes to remove all data of {cluster.folder}: ") != "yes":
            raise CommandError("Nothing was removed.")
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
    if act == "destroy":
        cluster.destroy()
        return f"{cluster.folder} is gone"
    return cluster.url("oppidum")
