"""E-books, licences, digitised objects and their text."""
