"""Which team gets a case, and open cases routed anew when a rule changes."""
