"""The cataloguer's editor: the format as data, what a record should be, its versions."""
