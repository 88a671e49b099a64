"""Ballots: one vote a voter, secret, counted so that anybody can count again."""
