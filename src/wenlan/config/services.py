"""What runs beside the web in the one process that owns an embedded database: SIP2 and the clock's work."""

import threading
from collections.abc import Callable

from wenlan.jobs import worker
from wenlan.protocols.sip2.server import Sip2Server
from wenlan.ui import clock

Stop = Callable[[], None]


def start_worker() -> Stop:
    """Run the recurring tasks in a thread of this process; returns what ends them."""
    stop = threading.Event()
    thread = threading.Thread(target=worker.work, args=(stop, clock.now), name="worker", daemon=True)
    thread.start()

    def end() -> None:
        stop.set()
        thread.join(timeout=10)

    return end


def start_sip2(address: str) -> Stop:
    """Serve SIP2 on `host:port` in threads of this process; returns what ends it. Raises OSError when taken."""
    host, _, port = address.rpartition(":")
    server = Sip2Server(host or "127.0.0.1", int(port))
    server.start()
    return server.stop
