"""Accounts that belong together: families, whose members see each other's loans, and contacts of institutions."""
