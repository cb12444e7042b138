"""Staff accounts, roles over the tree, sign-in, and the audit trail."""
