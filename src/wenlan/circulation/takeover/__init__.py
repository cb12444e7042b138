"""Loans and reservations of another system taken over: those open on the night of the switch, and those of the past."""
