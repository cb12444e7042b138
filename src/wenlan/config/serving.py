"""`wenlan serve`, `wenlan web`: one supervised process group, or the pages alone.

An embedded database has one process that writes: the web's only worker process runs SIP2 and the recurring
tasks in threads beside it. On PostgreSQL each part is a process of its own, and the web has several. Children
are started as new programs, never forked, and stopped by closing their standard input, so that Windows works.
"""

import os
import socket
import subprocess
import sys
import threading
import time
from argparse import ArgumentParser, Namespace
from contextlib import closing

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from granian import Granian
from granian.constants import Interfaces

from wenlan.kernel.commands import Command
from wenlan.kernel.errors import DomainError

WEB = "127.0.0.1:8000"
SIP2 = "127.0.0.1:6001"
THREADS = 8
RESTART_PAUSE_SECONDS = 1.0


class AddressTaken(DomainError):
    """Another program listens there already."""

    code = "config.address_taken"
    message = gettext_lazy("%(address)s cannot be used: another program listens there, or it is not of this machine.")


def place(address: str) -> tuple[str, int]:
    """Return host and port of `HOST:PORT`. Raises AddressTaken when nothing can listen there."""
    host, _colon, port = address.rpartition(":")
    try:
        with closing(socket.create_server((host or "127.0.0.1", int(port)))):
            return host or "127.0.0.1", int(port)
    except (OSError, ValueError, OverflowError) as taken:
        raise AddressTaken(address=address) from taken


def serve_web(address: str, *, workers: int) -> None:
    """Serve pages until stopped. Raises AddressTaken."""
    host, port = place(address)
    Granian(
        "wenlan.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        log_access=False,
        respawn_failed_workers=True,
    ).serve()


def run_serve(options: Namespace) -> int:
    """Serve web, SIP2 and recurring tasks until Ctrl-C."""
    place(options.sip2)
    if connection.vendor == "sqlite":
        os.environ["WENLAN_BESIDE_WEB"] = f"sip2={options.sip2},worker"
        announce(options)
        serve_web(options.http, workers=1)
        return 0
    parts = [Part(["sip2", "--listen", options.sip2]), Part(["worker"])]
    for part in parts:
        part.start()
    announce(options)
    try:
        serve_web(options.http, workers=os.cpu_count() or 2)
    finally:
        for part in parts:
            part.stop()
    return 0


def announce(options: Namespace) -> None:
    """Say where to look."""
    where = {"http": options.http, "sip2": options.sip2}
    print(_("Wenlan: http://%(http)s/  desk: http://%(http)s/desk/  SIP2: %(sip2)s") % where, flush=True)


class Part:
    """A child program that is started again when it ends unasked."""

    def __init__(self, arguments: list[str]) -> None:
        self.arguments = [sys.executable, "-m", "wenlan", *arguments]
        self.stopping = False
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the child and a thread that watches it."""
        threading.Thread(target=self._watch, daemon=True).start()

    def stop(self) -> None:
        """Close the child's input and wait for its end; end it hard after ten seconds."""
        self.stopping = True
        if self.process is None or self.process.stdin is None:
            return
        self.process.stdin.close()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def _watch(self) -> None:
        while not self.stopping:
            self.process = subprocess.Popen(self.arguments, stdin=subprocess.PIPE)
            self.process.wait()
            time.sleep(RESTART_PAUSE_SECONDS)


def run_web(options: Namespace) -> int:
    """Serve only the pages."""
    serve_web(options.listen, workers=1 if connection.vendor == "sqlite" else options.workers)
    return 0


def serve_arguments(parser: ArgumentParser) -> None:
    """State the options of `wenlan serve`."""
    parser.add_argument("--http", default=WEB, metavar="HOST:PORT")
    parser.add_argument("--sip2", default=SIP2, metavar="HOST:PORT")


def web_arguments(parser: ArgumentParser) -> None:
    """State the options of `wenlan web`."""
    parser.add_argument("--listen", default=WEB, metavar="HOST:PORT")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 2, help=_("processes (PostgreSQL only)"))


COMMANDS = [
    Command(
        name="serve", help=gettext_lazy("serve web, SIP2 and recurring tasks"), arguments=serve_arguments, run=run_serve
    ),
    Command(name="web", help=gettext_lazy("serve only the pages"), arguments=web_arguments, run=run_web),
]
