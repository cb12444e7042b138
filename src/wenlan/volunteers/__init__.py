"""Volunteers, their teams and shifts, and the hours they served."""
