"""Django's SQLite backend with one writer lane in the process."""
