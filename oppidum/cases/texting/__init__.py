"""Text messages (SMS): the short twin of a notice, to the telephone that was given with the request.

`choices` says what is told which way, `words` how short, `gsm` what it costs, `hours` when; `sending` hands it to a `gateway`, and
`coming_in` takes what comes back: delivered, not delivered, STOP. docs/how-to/send-text-messages.md tells how to set it up.
"""
