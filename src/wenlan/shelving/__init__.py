"""The order of the shelves: areas, the day's tasks from the cart, shelf reading, done by staff and volunteers."""
