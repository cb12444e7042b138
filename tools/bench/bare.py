"""The check-out's own SQL by `sqlite3` alone: `python -m tools.bench.bare FIRST COUNT` in WENLAN_HOME.

The text of the statements is recorded from a real check-out. Each transaction is what the operation does, without the
operation: begin, read, decide nothing, write, commit to the disk. Prints the seconds as JSON.
"""

import json
import os
import sqlite3
import sys
import time
import uuid
from collections.abc import Callable, Sequence
from typing import Any

import django

from tools.bench.pgbench import ids_of, recorded
from tools.bench.stage import ITEMS, READERS, barcode, card

WARM_UP = 200
Value = Callable[[int], Any]


def value_of(found: Any, pair: int, ids: dict[str, int]) -> Value:
    """Return what a parameter of the recorded pair is for another one."""
    reader = pair % READERS
    named: dict[Any, Value] = {
        barcode(pair): barcode,
        card(pair): card,
        str(pair): lambda one: f"bare-{one}",
        ids["item"]: lambda one: ids["item"] + one - pair,
        ids["patron"]: lambda one: ids["patron"] + one % READERS - reader,
        ids["card_id"]: lambda one: ids["card_id"] + one % READERS - reader,
    }
    if type(found) in {int, str} and found in named:
        return named[found]
    if isinstance(found, str) and found.startswith("loan:"):
        return lambda _one: f"loan:{uuid.uuid4()}"
    if isinstance(found, str) and len(found) == 32:
        return lambda _one: uuid.uuid4().hex
    return lambda _one: found


def prepared(sql: str, params: Sequence[Any], pair: int, ids: dict[str, int]) -> tuple[str, list[Value]]:
    """Return a statement as sqlite3 takes it, and its parameters as functions of the pair."""
    return sql.replace("%%", "%").replace("%s", "?"), [value_of(one, pair, ids) for one in params]


def lend(first: int, count: int) -> float:
    """Lend the pairs from `first` on, after a few more to warm up; return the seconds that `count` of them took."""
    from django.conf import settings
    from django.db import connection

    pair = ITEMS - 1
    statements = [prepared(sql, params, pair, ids_of(pair)) for sql, params in recorded(pair)]
    connection.close()
    bare = sqlite3.connect(settings.DATABASES["default"]["NAME"], isolation_level=None)
    for pragma in str(settings.DATABASES["default"]["OPTIONS"]["init_command"]).split(";"):
        bare.execute(pragma)

    def check_out(one: int) -> None:
        bare.execute("BEGIN IMMEDIATE")
        for sql, values in statements:
            bare.execute(sql, [value(one) for value in values]).fetchall()
        bare.execute("COMMIT")

    for one in range(first, first + WARM_UP):
        check_out(one)
    began = time.perf_counter()
    for one in range(first + WARM_UP, first + WARM_UP + count):
        check_out(one)
    return time.perf_counter() - began


def main() -> int:
    """Lend, and print the seconds."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenlan.config.settings")
    django.setup()
    print(json.dumps({"seconds": lend(int(sys.argv[1]), int(sys.argv[2]))}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
