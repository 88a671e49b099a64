"""Mails: what is said and to whom, how they leave, what comes back of them. Text messages are their short twin (`texting`)."""
