"""The catalogue for harvesters: OAI-PMH 2.0."""
