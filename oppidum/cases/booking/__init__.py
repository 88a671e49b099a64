"""Places booked with a case: taken, moved and given back in its transaction, on the terms that its service declares."""
