"""News, online columns, channels and their clicks, and press cuttings."""
