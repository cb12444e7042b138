"""Rooms, seats, devices, gate counters and reading-room visits."""
