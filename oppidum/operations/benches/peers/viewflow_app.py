"""django-viewflow: the rental permit's straight way as a flow of handles, with its own tables, locks and transactions.

`Handle` is Viewflow's node for acts that come from code instead of a page; a `View` would add the cost of a request.
"""

import json
import sys
import time
from importlib.metadata import version

import dj_database_url
import django
from django.conf import settings

from oppidum.operations.benches.peers import ACTS


def main(url: str, cases: int) -> None:
    database = dj_database_url.parse(url.replace("postgis:", "postgresql:", 1))
    applications = ["django.contrib.auth", "django.contrib.contenttypes", "viewflow", "viewflow.workflow", __package__]
    settings.configure(DATABASES={"default": database}, INSTALLED_APPS=applications, USE_TZ=True, SECRET_KEY="bench")
    django.setup()
    _make_tables()
    from oppidum.operations.benches.peers.viewflow_flow import RentalPermit as flow  # Viewflow's models need set-up first.

    began = time.perf_counter()
    processes = [flow.start.run() for _ in range(cases)]
    for act in ACTS:
        node = getattr(flow, act)
        for process in processes:
            node.run(process.task_set.get(flow_task=node, status="NEW"))
    seconds = time.perf_counter() - began
    told = {"version": version("django-viewflow"), "django": django.get_version()}
    json.dump(told | {"cases": cases, "acts": cases * len(ACTS), "seconds": seconds}, sys.stdout)


def _make_tables() -> None:
    """Its tables in a schema of their own: users and content types stand in the scratch database already."""
    from django.core.management import call_command
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("drop schema if exists peer_viewflow cascade")
        cursor.execute("create schema peer_viewflow")
    settings.DATABASES["default"]["OPTIONS"] = connection.settings_dict["OPTIONS"] = {"options": "-c search_path=peer_viewflow"}
    connection.close()
    call_command("migrate", verbosity=0)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
