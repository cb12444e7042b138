"""Capped admission (限流进馆): so many people in each slot, booked ahead or counted at the door."""
