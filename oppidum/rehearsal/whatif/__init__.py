"""What-if: a scenario lived beside the same year without it, over several chances, and what the two differ in.

`scenario` reads the file, `checking` what it changes (`replay/declaring.py` and `placing.py` put that to work); `living` runs both sides seed
by seed; `statistics` and `comparing` say what differs and how surely; `report` says it in words, tables and drawings; `keeping` keeps them.
"""
