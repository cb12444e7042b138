"""Items, call numbers, item status, stocktaking and withdrawal."""
