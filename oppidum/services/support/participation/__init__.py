"""Residents have a say: registers of public inquiries and consultations, projects put to their vote (system S07 of the activity report)."""
