"""Moving in from another system: a folder of its exports, tried as often as needed, run on the night of the switch."""
