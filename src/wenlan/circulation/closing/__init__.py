"""Emergency closures: every due date that falls into one is moved behind it, and the move can be taken back."""
