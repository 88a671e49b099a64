"""Paying: the residents' page under /pay/, the panel of a case at the desk, and the accountant's lists under /desk/money/."""
