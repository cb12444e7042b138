"""The boxes of return machines: what fell in, how long it lies there, emptied by scan with what differs."""
