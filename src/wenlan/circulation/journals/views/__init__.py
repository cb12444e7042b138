"""Pages of the desk without a line, and of the queue of its conflicts."""
