"""The off-line journal: acts that happened without a line, recorded as they happened, and the conflicts of those."""
