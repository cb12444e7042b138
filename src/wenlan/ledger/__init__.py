"""The service ledger, one row an act of service, and the dictionary of measures."""
