"""Reservations (预约) of what is on loan, and requests (预借) of what stands on a shelf elsewhere."""
