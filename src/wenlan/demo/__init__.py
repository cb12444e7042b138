"""Builds a demonstration network and lives a year of it through the real operations."""
