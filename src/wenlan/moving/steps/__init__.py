"""The parts of an export, one after the other: each reads its file, says what becomes of every line, and does it."""
