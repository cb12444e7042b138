"""The index over all records: one interface, the embedded engine behind it."""
