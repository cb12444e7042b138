"""What travels between places (通还物流): crates, the age of what is on its way, what was lost, who sends to whom."""
