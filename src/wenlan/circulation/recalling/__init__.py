"""Recalled loans: due earlier by rule because somebody waits, and who was told."""
