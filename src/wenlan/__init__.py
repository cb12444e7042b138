"""Wenlan: an open platform for a Chinese public-library network."""
