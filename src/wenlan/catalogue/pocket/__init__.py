"""The county's records in small, to be carried on a phone: title, author and class by ISBN, in parts kept by digest."""
