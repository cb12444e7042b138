"""The keeper's page: one village room on a cheap phone, with or without script. Under `/keeper/`."""
