"""Use in the house (馆内阅览): what is left on the tables, by scan or by tally, counted apart from loans."""
