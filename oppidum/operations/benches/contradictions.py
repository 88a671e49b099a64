"""How many faults put into a report are found, by kind; how many findings the unaltered text gives; how long a check takes."""

import csv
import os
import random
import time
from collections import defaultdict
from pathlib import Path

from oppidum.figures.contradictions import Finding, check_text
from oppidum.operations.benches.altering import Altered, Fault, Told, alter_freely, alter_told
from oppidum.operations.benches.answer import Answer

REPORTS = Path(__file__).parent / "reports"
BESIDE = Path(__file__).resolve().parents[4] / "shared/seed/000_e0e51f8285cadf3b.txt"
SEED = Path(os.environ.get("OPPIDUM_SEED_TEXT", BESIDE))


def run(rounds: int = 2, seed: int = 1) -> Answer:
    """Alter the seed text where it is at hand, and our own report, `rounds` times each; chance begins at `seed`."""
    figures: dict[str, float] = {}
    for name, path in (("own", REPORTS / "own.txt"), ("seed", SEED)):
        if path.exists():
            figures |= {f"{name}_{key}": value for key, value in measure(path, REPORTS / f"{name}.csv", rounds, seed)[0].items()}
    return Answer("contradictions", figures, {}, settings={"rounds": rounds, "seed": seed})


def read_told(path: Path) -> list[Told]:
    with path.open(encoding="utf-8", newline="") as file:
        return [Told(int(row["line"]), row["value"], row["kind"]) for row in csv.DictReader(file)]


def measure(text: Path, told: Path, rounds: int, seed: int) -> tuple[dict[str, float], list[tuple[bool, Fault]]]:
    """Figures of one report, and each fault with whether it was found."""
    lines = text.read_text(encoding="utf-8").split("\n")
    began = time.perf_counter()
    before = check_text(lines)
    took = time.perf_counter() - began
    outcomes = [(was_found(altered, before), altered[1]) for altered in copies(lines, read_told(told), rounds, seed)]
    by_kind: dict[str, list[bool]] = defaultdict(list)
    for found, fault in outcomes:
        by_kind[fault.kind].append(found)
    figures = {"recall": round(sum(found for found, _ in outcomes) / len(outcomes), 3), "faults": len(outcomes)}
    figures |= {f"recall_{kind}": round(sum(found) / len(found), 2) for kind, found in sorted(by_kind.items())}
    figures |= {
        "findings": len(before),
        "findings_per_1000_lines": round(len(before) * 1000 / len(lines), 1),
        "check_s": round(took, 2),
    }
    return figures, outcomes


def copies(lines: list[str], told: list[Told], rounds: int, seed: int) -> list[Altered]:
    """Every altered copy of a report: each told number once a round, and one of each free fault for every twenty told numbers."""
    made: list[Altered] = []
    for turn in range(rounds):
        chance = random.Random(f"{seed}/{turn}")
        made += [altered for one in told if (altered := alter_told(lines, one, chance))]
        for _ in range(max(1, len(told) // 40)):
            made += alter_freely(lines, chance)
    return made


def was_found(altered: Altered, before: list[Finding]) -> bool:
    """Whether a finding that the unaltered text does not give stands on the fault's line."""
    lines, fault = altered
    known = {(finding.kind, finding.values) for finding in before}
    found = check_text(lines)
    return any((one.kind, one.values) not in known and set(one.lines) & set(fault.lines) for one in found)
