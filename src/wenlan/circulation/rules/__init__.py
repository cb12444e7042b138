"""The rules of lending along the tree: seen, tried and amended by librarians."""
