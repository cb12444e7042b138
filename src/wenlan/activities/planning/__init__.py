"""The plan of a year: how many sessions of a kind the library means to hold, and how far it has come."""
