"""The dated tree of libraries, their departments, opening hours and calendars."""
