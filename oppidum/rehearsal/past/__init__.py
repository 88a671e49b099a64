"""A rule on the past: what a rule of routing or an escalation would have done to the cases of last year, before it is switched on."""
