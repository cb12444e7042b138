"""Pages of the bookshop: the counter, and what the library arranges about it."""
