"""The check-out's own SQL under pgbench: `python -m tools.bench.pgbench PAIR` prints a script for it.

The text of the statements is recorded from a real check-out of PAIR (above READERS, so that no two ids are the
same). What differs from pair to pair becomes a variable, all else stays as it was; the loan's uid is made from the
pair's number, and the versions of the rows are those that the read has found.
"""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import django

from tools.bench.stage import FIRST_BARCODE, FIRST_CARD, READERS, barcode, card

SEEN = "seen_"  # begins the names of the columns that the read found


@dataclass(frozen=True, slots=True)
class Found:
    """A parameter that the read has found: the name of its column."""

    column: str


OF_AN_ACT = ("holdings_", "circulation_loan", "patrons_patron", "ledger_serviceevent", "ledger_unfolded")


def recorded(pair: int) -> list[tuple[str, Sequence[Any]]]:
    """Lend one pair; return the statements that did it, with their parameters."""
    from django.db import connection

    from wenlan.circulation import operations
    from wenlan.circulation.types import CardRef, ItemRef
    from wenlan.kernel.acts import Act, Channel
    from wenlan.network import queries as network
    from wenlan.ui import clock

    statements: list[tuple[str, Sequence[Any]]] = []

    def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append((sql, params))
        return execute(sql, params, many, context)

    def check_out(one: int) -> None:
        act = Act(at=clock.now(), node=network.root().id, channel=Channel.DESK, key=f"{one}")
        operations.check_out(act, item=ItemRef(barcode(one)), card=CardRef(card(one)))

    check_out(pair - 1)  # fills what the process remembers
    with connection.execute_wrapper(keep):
        check_out(pair)
    return [(sql, params) for sql, params in statements if any(table in sql for table in OF_AN_ACT)]


def ids_of(pair: int) -> dict[str, int]:
    """Return the ids of a pair's item, reader and card."""
    from django.db import connection

    queries = {
        "item": ("SELECT id FROM holdings_facts WHERE barcode_key = %s", barcode(pair)),
        "patron": ("SELECT patron_id FROM patrons_card_facts WHERE number_key = %s", card(pair)),
        "card_id": ("SELECT id FROM patrons_card_facts WHERE number_key = %s", card(pair)),
    }
    found = {}
    with connection.cursor() as cursor:
        for name, (sql, number) in queries.items():
            cursor.execute(sql, [number])
            found[name] = int(cursor.fetchone()[0])
    return found


def script(pair: int) -> str:
    """Return the script; client c lends the pairs :first + c * :share + 1, 2, 3 ..."""
    statements, ids = recorded(pair), ids_of(pair)
    reader = pair % READERS
    lines = [
        "\\set i :i + 1",
        "\\set k :first + :client_id * :share + :i",
        f"\\set barcode {FIRST_BARCODE} + :k",
        f"\\set card {FIRST_CARD} + mod(:k, {READERS})",
        f"\\set item {ids['item'] - pair} + :k",
        f"\\set patron {ids['patron'] - reader} + mod(:k, {READERS})",
        f"\\set card_id {ids['card_id'] - reader} + mod(:k, {READERS})",
    ]
    (read, asked), (write, values) = statements
    number, _reader_version, item, _item_version, *others = values
    values = (number, Found("reader_version"), item, Found("item_version"), *others)
    lines += [f"{one_line(read, asked, pair, ids)} \\gset {SEEN}", f"{one_line(write, values, pair, ids)};"]
    return "\n".join(lines) + "\n"


def one_line(sql: str, params: Sequence[Any], pair: int, ids: dict[str, int]) -> str:
    """Return a filled statement as pgbench reads it."""
    return " ".join(filled(sql, params, pair, ids).split())


def filled(sql: str, params: Sequence[Any], pair: int, ids: dict[str, int]) -> str:
    """Return a statement with variables and constants where its parameters were."""
    parts = sql.replace("%%", "%").split("%s")
    values = [variable(value, pair, ids) for value in params]
    return "".join(text + value for text, value in zip(parts, [*values, ""], strict=True))


def variable(value: Any, pair: int, ids: dict[str, int]) -> str:
    """Return what stands for a parameter: a variable for what belongs to the pair, else the value itself."""
    from psycopg.sql import Literal

    if isinstance(value, Found):
        return f":{SEEN}{value.column}"
    uid = "md5(:k::text)::uuid"
    named: dict[str | int, str] = {barcode(pair): ":barcode::text", card(pair): ":card::text", str(pair): ":k::text"}
    named |= {number: f":{name}::bigint" for name, number in ids.items()}
    if type(value) in {int, str} and value in named:
        return named[value]
    if type(value).__name__ == "UUID":
        return uid
    if isinstance(value, str) and value.startswith("loan:"):
        return f"'loan:' || {uid}"
    if isinstance(value, datetime):  # written without a colon: pgbench would take what follows one for a variable
        return f"'{value:%Y%m%dT%H%M%S%z}'::timestamptz"
    return Literal(value).as_string(None)


def main() -> int:
    """Print the script."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenlan.config.settings")
    django.setup()
    print(script(int(sys.argv[1])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
