"""Originals handed to union centres (上传): a queue for each centre, sent once, with what the centre said."""
