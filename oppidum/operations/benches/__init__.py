"""Benchmarks. Each module has `run(**settings) -> Answer`; `oppidum bench NAME` finds it by its name."""
