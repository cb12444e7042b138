"""Bulk deposits (统借) at hosted points and village rooms: what is out, exchanged, missing, due; never loans."""
