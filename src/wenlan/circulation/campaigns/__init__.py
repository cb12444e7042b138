"""Recall campaigns (图书馆喊你来还书): who has something late is asked back, once, and what came of it is counted."""
