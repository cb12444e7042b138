"""Dated record books (台账) declared as data: the engine, and the books nobody else owns."""
