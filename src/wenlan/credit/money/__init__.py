"""What readers owe, pay, deposit and get back: one journal of money, every sum in fen."""
