"""Programmes, their sessions, and who came."""
