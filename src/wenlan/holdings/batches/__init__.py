"""Changing many items at once: chosen, looked at before and after, run, and undone by a second batch."""
