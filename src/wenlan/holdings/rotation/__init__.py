"""Planning what stock moves: by class, age, how long it stood idle, and what the other place does not have yet."""
