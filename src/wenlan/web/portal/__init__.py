"""What readers see: search, a record, activities, opening hours, their own loans, public figures."""
