"""The rules of the house that a program can keep: layers, sizes, names, SQL, clocks, browsers."""
