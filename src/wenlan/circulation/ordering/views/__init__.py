"""Pages of orders at the desk, and of the menu."""
