"""Loans through the operation, in one process: `python -m tools.bench.lending FIRST COUNT [GATE]`.

GATE is a folder where several processes say that they are warm (`ready-FIRST`) and wait to begin together (`go`).
Lends the pairs, then takes them back; prints as JSON how long both took and each act's wait, and what the process
itself computed.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import django

from tools.bench.stage import barcode, card

WARM_UP = 200
Measured = dict[str, float | list[float]]


def wait_at(gate: str, name: str) -> None:
    """Say that this process is warm, and wait until all are; without a gate begin at once."""
    if not gate:
        return
    Path(gate, f"ready-{name}").touch()
    while not Path(gate, f"go-{name.partition('-')[0]}").exists():
        time.sleep(0.002)


def timed(act: Callable[[int], None], first: int, count: int, gate: str, name: str) -> Measured:
    """Do an act for the pairs from `first` on, a few more before to warm up; return seconds, waits and CPU seconds."""
    for pair in range(first, first + WARM_UP):
        act(pair)
    wait_at(gate, f"{name}-{first}")
    waits, computed, began = [], time.process_time(), time.perf_counter()
    before = began
    for pair in range(first + WARM_UP, first + WARM_UP + count):
        act(pair)
        now = time.perf_counter()
        waits.append(now - before)
        before = now
    return {"seconds": before - began, "cpu": time.process_time() - computed, "waits": waits}


def lend(first: int, count: int, gate: str) -> dict[str, Measured]:
    """Lend and take back."""
    from wenlan.circulation import operations
    from wenlan.circulation.types import CardRef, ItemRef
    from wenlan.kernel.acts import Act, Channel
    from wenlan.network import queries as network
    from wenlan.ui import clock

    place = network.root().id

    def act(key: str) -> Act:
        return Act(at=clock.now(), node=place, channel=Channel.DESK, key=key, device="D1")

    def check_out(pair: int) -> None:
        operations.check_out(act(f"bench-{pair}"), item=ItemRef(barcode(pair)), card=CardRef(card(pair)))

    def check_in(pair: int) -> None:
        operations.check_in(act(f"bench-in-{pair}"), item=ItemRef(barcode(pair)))

    return {
        "out": timed(check_out, first, count, gate, "out"),
        "in": timed(check_in, first, count, gate, "in"),
    }


def main() -> int:
    """Lend, and print how long it took."""
    first, count, gate = int(sys.argv[1]), int(sys.argv[2]), "".join(sys.argv[3:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenlan.config.settings")
    django.setup()
    print(json.dumps(lend(first, count, gate)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
