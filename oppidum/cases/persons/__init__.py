"""Persons in what the engine and the rooms hold: where they stand, how they are found and masked, how long they are kept."""
