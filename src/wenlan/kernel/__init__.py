"""Errors, acts, periods, identifiers: no domain word and no table."""
