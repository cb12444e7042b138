"""Names and subjects as authority records: one heading for one thing, linked by number from the records that use it."""
