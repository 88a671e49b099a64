"""The benchmarks of services measure what they say, on a handful of cases."""

import subprocess
import sys

from oppidum.cases.models import Entry, Live
from oppidum.operations.benches import generated, peers, services_flow, services_sweep


def test_the_sweep_takes_each_due_case_once_and_no_other(people):
    figures, floor = services_sweep.measure(open_cases=150, due=60)
    assert Live.objects.count() == 150 and Entry.objects.filter(action="tacit").count() == 60
    assert figures["sweep_s"] >= 0 and floor["walk_and_write_s"] >= 0


def test_permits_go_through_all_their_steps(people):
    assert set(services_flow.measure(cases=4, alone=2)) == {"permits_per_second", "permits_one_by_one_per_second"}
    assert set(Live.objects.values_list("step", flat=True)) == {"let"}


def test_copies_of_services_are_services_under_codes_of_their_own(tmp_path):
    generated.write_package(tmp_path, 3)
    check = (
        "import django; django.setup(); from oppidum.cases.declaration import catalogue; "
        "print(sum('-copy-' in code for code in catalogue()))"
    )
    environment = {"PYTHONPATH": str(tmp_path), "DJANGO_SETTINGS_MODULE": "oppidum.settings", "PATH": "/usr/bin:/bin"}
    done = subprocess.run([sys.executable, "-c", check], env=environment, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "3", done.stderr


def test_a_peer_that_can_not_run_says_why(monkeypatch):
    monkeypatch.setattr(peers, "PEERS", {"nobody": "nobody"})
    assert "nobody" in peers.measure("postgres://localhost/none", 1)["nobody"]["not_measured"]
