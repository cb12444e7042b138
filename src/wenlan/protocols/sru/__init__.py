"""The catalogue for other systems' searches: SRU 1.1 and 1.2 with CQL."""
