"""Page shell, components, form widgets, and the clock of the edges."""
