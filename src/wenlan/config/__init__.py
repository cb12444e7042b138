"""Settings, root urls, wsgi and the `wenlan` command: the only place that knows every package."""
