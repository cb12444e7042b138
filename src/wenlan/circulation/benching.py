"""One process of the bench: prepares a small network, lends as a desk does, or lets two desks race.

    python -m wenlan.circulation.benching prepare ITEMS
    python -m wenlan.circulation.benching lend FIRST COUNT [--batch]
    python -m wenlan.circulation.benching race TRIES

Prints one line of JSON. `lend` first prints "ready" and waits for a line, so that several start together.
"""

import json
import os
import sys
import time
from datetime import UTC, date, datetime
from typing import Any

import django

AT = datetime(2019, 3, 4, 2, tzinfo=UTC)
READERS = 2000
FIRST_BARCODE, FIRST_CARD = 100_000_000, 200_000_000
WARM_UP = 50


def prepare(items: int) -> dict[str, Any]:
    """Make tables, a branch, a rule, readers and items; return what a statement for one of them needs."""
    from django.core.management import call_command

    from wenlan.catalogue.testing import make_record
    from wenlan.circulation.testing import make_act, make_rule
    from wenlan.holdings import operations as holdings
    from wenlan.holdings.types import NewItem
    from wenlan.ledger.operations import ensure_partitions, ensure_token_keys
    from wenlan.network.testing import make_network
    from wenlan.patrons import operations as patrons
    from wenlan.patrons import queries as readers
    from wenlan.patrons.testing import make_category
    from wenlan.patrons.types import NewReader

    call_command("migrate", verbosity=0)
    ensure_token_keys(2019)
    ensure_partitions(date(2019, 1, 1), date(2020, 1, 1))
    _, branch = make_network("BENCH")
    rule = make_rule(branch.id)
    make_category("adult", loan_limit=30_000)
    record = make_record(branch.id).id
    new_readers = [
        NewReader(name="李明", category="adult", card_number=str(FIRST_CARD + number)) for number in range(READERS)
    ]
    patron_ids = patrons.register_many(make_act(branch.id), readers=new_readers)
    item_ids = [
        item
        for start in range(0, items, 5000)
        for item in holdings.accession_many(
            make_act(branch.id),
            items=[
                NewItem(record=record, barcode=str(FIRST_BARCODE + number))
                for number in range(start, min(start + 5000, items))
            ],
        )
    ]
    card = readers.patron(patron_ids[0]).cards[0]
    return {
        "node": branch.id,
        "rule": rule.id,
        "first_item": item_ids[0],
        "first_patron": patron_ids[0],
        "first_card_id": card.id,
    }


def lend(first: int, count: int, *, in_batch: bool) -> dict[str, Any]:
    """Check `count` items out, from item number `first` on; return how long it took."""
    from contextlib import nullcontext

    from django.db import transaction

    from wenlan.circulation import operations
    from wenlan.circulation.types import CardRef, ItemRef
    from wenlan.kernel.acts import Act, Channel
    from wenlan.network import queries as network

    node = network.node_by_code("BENCH").id

    def one(number: int) -> None:
        operations.check_out(
            Act(at=AT, node=node, channel=Channel.DESK, key=str(number), device="bench"),
            item=ItemRef(str(FIRST_BARCODE + number)),
            card=CardRef(str(FIRST_CARD + number % READERS)),
        )

    with transaction.atomic() if in_batch else nullcontext():
        for number in range(first, first + WARM_UP):
            one(number)
        print("ready", flush=True)
        sys.stdin.readline()
        started, times = time.perf_counter(), []
        for number in range(first + WARM_UP, first + count):
            before = time.perf_counter()
            one(number)
            times.append(time.perf_counter() - before)
        seconds = time.perf_counter() - started
    times.sort()
    return {
        "acts": len(times),
        "seconds": seconds,
        "p50_ms": times[len(times) // 2] * 1000,
        "p95_ms": times[len(times) * 95 // 100] * 1000,
    }


def race(tries: int) -> dict[str, Any]:
    """Let two desks reach for the last place under a limit and for the last copy, `tries` times together."""
    from wenlan.circulation.racing import Stage, race
    from wenlan.circulation.testing import card_of, make_act, scan
    from wenlan.circulation.verification import differences
    from wenlan.holdings.testing import make_item
    from wenlan.network import queries as network
    from wenlan.patrons.testing import make_category, make_patron

    node = network.node_by_code("BENCH").id
    make_category("racer", loan_limit=1)
    last_place = card_of(make_patron(node=node, category="racer"))
    cards = card_of(make_patron(node=node)), card_of(make_patron(node=node))
    copy = scan(make_item(node=node))
    stages = [
        Stage(cards=(last_place, last_place), items=(scan(make_item(node=node)), scan(make_item(node=node)))),
        Stage(cards=cards, items=(copy, copy)),
    ]
    outcome = race(stages, tries=tries, act_of=lambda key: make_act(node, key=key))
    wrong = 2 * tries - outcome.lent_once - outcome.returned_once
    return {"tries": tries, "wrong": wrong, "differences": len(differences())}


def main(arguments: list[str]) -> None:
    """Run one command and print its answer."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenlan.config.settings")
    django.setup()
    command, *rest = arguments
    numbers = [int(value) for value in rest if value.isdigit()]
    if command == "prepare":
        answer = prepare(*numbers)
    elif command == "lend":
        answer = lend(*numbers, in_batch="--batch" in rest)
    else:
        answer = race(*numbers)
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
