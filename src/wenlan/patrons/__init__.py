"""Registration of readers, their categories, cards, guardians and blocks."""
