"""How items stand on the shelves: their places in the order of call numbers."""
