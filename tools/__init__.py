"""What developers run, through ./dev: nothing here is part of an installation."""
