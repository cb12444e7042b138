"""The program beside the browser: RFID pads, gates and card readers of one computer, served to the library's own pages.

It runs by itself on old computers: nothing but Python 3.8 or later and its standard library.
"""

VERSION = "1.0"
