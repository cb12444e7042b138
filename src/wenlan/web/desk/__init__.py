"""Pages of the desk that combine packages: its first page, a reader, an item, a record."""
