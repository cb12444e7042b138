"""Who of the team is on duty when, and at which post: planned by the week, swapped, covered."""
