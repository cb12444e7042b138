"""Records in three fields, made where no cataloguer is, and the list of those that a cataloguer has to finish."""
