"""The benchmark of intake runs for real, on a small database, and says what its contract promises."""

import json
import os
import subprocess
import sys

import pytest


@pytest.mark.slow
def test_the_bench_answers_with_the_names_of_its_contract():
    command = [
        sys.executable,
        "-m",
        "oppidum",
        "bench",
        "intake",
        "--json",
        "--set",
        "reports=500",
        "--set",
        "seconds=2",
        "--set",
        "port=8797",
    ]
    done = subprocess.run(command, capture_output=True, env=os.environ | {"PYTHONWARNINGS": "ignore"}, text=True, check=False)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout.splitlines()[-1])
    assert set(answer) == {"name", "figures", "floor", "peers", "settings"}
    figures = answer["figures"]
    assert {"per_second", "p50_ms", "p95_ms", "p99_ms", "sql_queries", "share_of_floor"} <= set(figures)
    assert figures["per_second"] > 0 and figures["refused"] == 0 and figures["sql_queries"] == 1
