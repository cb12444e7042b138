"""Pages for what imports could not read."""
