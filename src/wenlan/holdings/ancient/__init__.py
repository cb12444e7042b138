"""Ancient books (古籍): a work with its volumes, its grade and edition in the register of ancient books."""
