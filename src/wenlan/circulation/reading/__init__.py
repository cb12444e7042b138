"""Sessions in reading rooms: who sits where and since when, and what is handed over the counter."""
