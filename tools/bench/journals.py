"""The replay of a bus that was away: `python -m tools.bench.journals FIRST ACTS`.

Half of the acts are loans of the pairs from FIRST on, half their returns, as a device would have written them in three
days. Prints as JSON how long they took, the longest wait of a hundred, and what was not recorded.
"""

import json
import os
import sys
import time
from datetime import timedelta
from uuid import UUID

import django

from tools.bench.stage import LIBRARIAN, barcode, card

AT_ONCE = 100  # as the page sends them
STEP = timedelta(seconds=20)
FIRST_UUID = 0x0190163D_8694_739B_AEA5_000000000000


def lines(first: int, count: int) -> list[str]:
    """Return the lines of a journal: some loans, then their returns."""
    from wenlan.network import queries as network
    from wenlan.ui import clock

    left, place = clock.now() - timedelta(days=3), network.root().code
    told = []
    for number in range(count):
        pair, is_loan = first + number % (count // 2), number < count // 2
        line = {"uuid": str(UUID(int=FIRST_UUID + number)), "at": (left + number * STEP).isoformat(), "offset": 0}
        line |= {"node": place, "by": LIBRARIAN, "item": barcode(pair), "act": "checkout" if is_loan else "checkin"}
        told.append(json.dumps(line | ({"card": card(pair)} if is_loan else {})))
    return told


def replay(first: int, count: int) -> dict[str, float]:
    """Send the acts as a page does; then all of them again."""
    from wenlan.circulation.journals import operations
    from wenlan.circulation.journals.types import LineState
    from wenlan.circulation.verification import differences
    from wenlan.kernel.acts import Act, Channel
    from wenlan.network import queries as network
    from wenlan.ui import clock

    told, waits, recorded = lines(first, count), [], 0
    act = Act(at=clock.now(), node=network.root().id, channel=Channel.DESK, key="bench-journal")
    for start in range(0, count, AT_ONCE):
        began = time.perf_counter()
        rows = operations.replay(act, device="BENCH", lines=told[start : start + AT_ONCE])
        waits.append(time.perf_counter() - began)
        recorded += sum(row.state == LineState.RECORDED for row in rows)
    again = time.perf_counter()
    operations.replay(act, device="BENCH", lines=told[:AT_ONCE])
    return {
        "seconds": sum(waits),
        "longest": 1000 * max(waits),
        "again": 1000 * (time.perf_counter() - again),
        "wrong": count - recorded + len(differences()),
    }


def main() -> int:
    """Replay, and print how long it took."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenlan.config.settings")
    django.setup()
    print(json.dumps(replay(int(sys.argv[1]), int(sys.argv[2]))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
