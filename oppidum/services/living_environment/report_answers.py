"""Standard answers that officers start from."""

ANSWERS = ()
