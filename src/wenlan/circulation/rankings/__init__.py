"""Which titles were lent most, and which readers borrowed most."""
