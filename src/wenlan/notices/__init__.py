"""What we tell readers, when, and whether it arrived."""
