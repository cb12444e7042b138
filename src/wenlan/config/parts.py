"""`wenlan sip2`, `wenlan worker`: what runs beside the pages, each as a program of its own."""

import gc
import signal
import sys
import threading
from argparse import ArgumentParser, Namespace
from collections.abc import Callable

from django.utils.translation import gettext_lazy

from wenlan.config import services
from wenlan.config.serving import SIP2
from wenlan.kernel.commands import Command


def until_told(stop: Callable[[], None]) -> int:
    """Wait for Ctrl-C, a termination, or (as a supervised part) the end of standard input; then stop."""
    gc.freeze()  # as the web does: what is loaded is not looked through again
    told = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: told.set())
    if not sys.stdin.isatty():
        threading.Thread(target=wait_for_end_of_input, args=(told,), daemon=True).start()
    try:
        while not told.wait(0.5):
            pass
    except KeyboardInterrupt:
        told.set()
    stop()
    return 0


def wait_for_end_of_input(told: threading.Event) -> None:
    """Tell when the supervisor has closed our standard input, or is gone."""
    sys.stdin.read()
    told.set()


def run_sip2(options: Namespace) -> int:
    """Serve only SIP2."""
    return until_told(services.start_sip2(options.listen))


def run_worker(_options: Namespace) -> int:
    """Run only the recurring tasks."""
    return until_told(services.start_worker())


def sip2_arguments(parser: ArgumentParser) -> None:
    """State the options of `wenlan sip2`."""
    parser.add_argument("--listen", default=SIP2, metavar="HOST:PORT")


COMMANDS = [
    Command(name="sip2", help=gettext_lazy("serve only SIP2"), arguments=sip2_arguments, run=run_sip2),
    Command(
        name="worker", help=gettext_lazy("run only the recurring tasks"), arguments=lambda _parser: None, run=run_worker
    ),
]
