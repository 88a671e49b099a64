"""What the bodies tell whoever looks on (see `core/watching.py`): acts just made, sittings planned or with a new state, as they stand."""

ACTS, SITTINGS = "acts of bodies", "sittings of bodies"
