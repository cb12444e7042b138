"""Loans from and to libraries outside the network."""
