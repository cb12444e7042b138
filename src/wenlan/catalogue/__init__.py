"""Bibliographic records in CNMARC, authorities, classification and the search index."""
