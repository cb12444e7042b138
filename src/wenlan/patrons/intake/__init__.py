"""Files of readers: a class list, or all the readers of an old system; looked at first, run, and run again."""
