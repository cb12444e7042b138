"""Measures summed from the ledger, and the figures behind forms and dashboards."""
