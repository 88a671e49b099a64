"""Oppidum: the open platform on which a metropolitan authority runs its public services and accounts for them."""
