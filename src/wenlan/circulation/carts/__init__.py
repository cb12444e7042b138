"""What came back at a place and waits on the cart to be put on the shelves."""
