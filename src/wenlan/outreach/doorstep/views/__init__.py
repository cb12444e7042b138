"""Pages of service at the door."""
