"""When a place was really open: signed in and out by whoever keeps it, with the time and where they stood."""
