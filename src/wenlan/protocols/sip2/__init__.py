"""SIP2 (3M Standard Interchange Protocol 2.00): self-check, return machines, card machines."""
