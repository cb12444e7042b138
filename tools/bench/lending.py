"""Check-outs through the operation, in one process: `python -m tools.bench.lending FIRST COUNT START`.

START is the clock (seconds since 1970) at which to begin, so that several processes begin together. Prints how
long the check-outs took, as JSON.
"""

import json
import os
import sys
import time

import django

from tools.bench.stage import barcode, card

WARM_UP = 200


def lend(first: int, count: int, start: float) -> float:
    """Lend the pairs from `first` on, after a few more to warm up; return the seconds that `count` of them took."""
    from wenlan.circulation import operations
    from wenlan.circulation.types import CardRef, ItemRef
    from wenlan.kernel.acts import Act, Channel
    from wenlan.network import queries as network
    from wenlan.ui import clock

    place = network.root().id

    def check_out(pair: int) -> None:
        act = Act(at=clock.now(), node=place, channel=Channel.DESK, key=f"bench-{pair}", device="D1")
        operations.check_out(act, item=ItemRef(barcode(pair)), card=CardRef(card(pair)))

    for pair in range(first, first + WARM_UP):
        check_out(pair)
    time.sleep(max(0.0, start - time.time()))
    began = time.perf_counter()
    for pair in range(first + WARM_UP, first + WARM_UP + count):
        check_out(pair)
    return time.perf_counter() - began


def main() -> int:
    """Lend, and print the seconds."""
    first, count, start = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenlan.config.settings")
    django.setup()
    print(json.dumps({"seconds": lend(first, count, start)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
