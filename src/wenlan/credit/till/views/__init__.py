"""Pages of the cashier's desk."""
