"""A reader's photograph: kept sealed, shown to those who see names, gone with the account's data."""
