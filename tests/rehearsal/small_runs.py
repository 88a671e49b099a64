"""Results of small runs as `replay.running.run` writes them, drawn without a city: for tests of what compares them."""

from random import Random

WEEKS = [f"2023-W{n:02d}" for n in range(1, 53)]


def small_run(seed: int, crews: int = 0) -> dict:
    """A year of one busy team and a quiet one; each crew more takes a day off the busy one's waits."""
    rng = Random(seed)
    arrived = {week: rng.randint(40, 60) for week in WEEKS}
    backlog = {week: max(0, 30 + rng.randint(-5, 5) + n % 13 - 10 * crews) for n, week in enumerate(WEEKS)}
    waits = {str(days): rng.randint(20, 40) for days in range(max(0, 3 - crews), 12 - crews)}
    busy = {"arrived": arrived, "done": arrived, "late": {w: max(0, b // 10) for w, b in backlog.items()}, "backlog": backlog}
    busy["cost_eur"] = dict.fromkeys(WEEKS, 1000.0 * (5 + crews))
    quiet = {measure: dict.fromkeys(WEEKS, 5) for measure in ("arrived", "done", "late", "backlog", "cost_eur")}
    return {
        "cases": sum(arrived.values()),
        "figures": {"reports": {"total": 2500 + seed}, "reports-late": {"total": 300 - 40 * crews + rng.randint(-9, 9)}},
        "notes": {m: {"illegal-dumping": busy[m], "roads": quiet[m]} for m in busy},
        "waits": {"wait_days": {"illegal-dumping": waits, "roads": {"2": 100}}},
    }
