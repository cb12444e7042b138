"""What machines speak: SIP2, REST and the harvesting protocols."""
