"""Call numbers (索书号): how they are composed, sorted, given out, kept back and given again."""
