"""RFID tags on items: which tag was written for which item, and how far a place has come with it."""
