"""Other workflow engines carrying the same flow, each in a process of its own: `python -m oppidum.operations.benches.peers.NAME URL CASES`.

Not installed with the platform: `uv pip install 'oppidum[bench]'`. Each prints one JSON object: version, cases, acts, seconds.
"""

import json
import subprocess
import sys
from typing import Any

ACTS = ("complete", "visit", "visited", "favourable", "let")
PEERS = {"spiffworkflow": "spiff", "django_viewflow": "viewflow_app"}


def measure(url: str, cases: int) -> dict[str, Any]:
    """What each peer does on that database; for one that can't run here, why."""
    return {name: _run(module, url, cases) for name, module in PEERS.items()}


def _run(module: str, url: str, cases: int) -> dict[str, Any]:
    command = [sys.executable, "-m", f"{__name__}.{module}", url, str(cases)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"not_measured": (done.stderr.strip().splitlines() or ["no word"])[-1]}
    found = json.loads(done.stdout)
    return found | {
        "cases_per_second": round(found["cases"] / found["seconds"], 1),
        "acts_per_second": round(found["acts"] / found["seconds"], 1),
    }
