"""Tasks, schedule, outbox, leases, counters, and the answers kept for repeated keys."""
