"""Reading rooms whose readers sign in: the desk of the room counts them, and no sum of the day beside."""
