"""Readers who register themselves: the rule of each library, their applications, and the queue of approval."""
