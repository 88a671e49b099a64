"""A year lived through the real engine: `plan` says which, `worker` lives it, `running` keeps the processes, `proof` counts again.

A worker lives its *lanes* day by day. A lane is a simulator: it says what arrives and what people do next, and knows no database; the
worker files and acts for all its lanes in one batch, through the one door. Same plan, same seed: same cases and figures, whatever the
number of workers, for a lane draws each case's chances from a stream of its own (`streams`).
"""
