"""Searching other libraries' catalogues: a client of Z39.50 (ISO 23950)."""
