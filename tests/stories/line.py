"""The line between a browser and the server, which can be cut and mended."""

import socket
import threading
from contextlib import suppress
from urllib.parse import urlsplit


class Line:
    """The line to the server: every connection of the browser goes through it, and it can be cut and mended."""

    def __init__(self, server):
        self.beyond = (urlsplit(server.url).hostname, urlsplit(server.url).port)
        self.sockets = []
        self.port = 0
        self.mend()

    @property
    def url(self):
        return f"http://localhost:{self.port}"

    def mend(self):
        self.entrance = socket.create_server(("localhost", self.port))
        self.port = self.entrance.getsockname()[1]
        threading.Thread(target=self.serve, args=(self.entrance,), daemon=True).start()

    def cut(self):
        for one in (self.entrance, *self.sockets):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self.sockets.clear()

    def serve(self, entrance):
        with suppress(OSError):
            while True:
                here, _address = entrance.accept()
                there = socket.create_connection(self.beyond)
                self.sockets += [here, there]
                for one, other in ((here, there), (there, here)):
                    threading.Thread(target=self.carry, args=(one, other), daemon=True).start()

    @staticmethod
    def carry(one, other):
        with suppress(OSError):
            while sent := one.recv(65536):
                other.sendall(sent)
            other.shutdown(socket.SHUT_WR)
