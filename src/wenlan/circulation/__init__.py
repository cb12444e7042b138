"""Loans, returns, renewals, reservations, transfers and in-house use."""
