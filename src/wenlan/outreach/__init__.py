"""Book-bus routes, stops and trips, deliveries and home service."""
