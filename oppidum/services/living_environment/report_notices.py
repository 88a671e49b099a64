"""What is written to residents at each step of a report."""

NOTICES = ()
