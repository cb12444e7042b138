"""Visits counted by hand, as people come in, where no gate counts them."""
