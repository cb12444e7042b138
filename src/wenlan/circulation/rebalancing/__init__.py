"""Bringing floating stock from where too much of it stands to where too little does."""
