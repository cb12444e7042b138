"""Pages of readers' accounts, reviews, amnesties and rules."""
