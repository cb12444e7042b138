"""The tables of a new database, as SQL made from the migrations by `./dev schema`: one file for each database."""
