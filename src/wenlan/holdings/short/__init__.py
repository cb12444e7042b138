"""Taking a book into a small room: by a record that the county has, or by one in brief."""
