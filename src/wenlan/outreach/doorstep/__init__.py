"""Books brought to the door (送书上门): who is served, runs with their visits, and what was given and collected."""
