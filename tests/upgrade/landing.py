"""Keeps the release that stands here as the one that landed: `python -m tests.upgrade.landing`, run when it lands.

Writes into `landed/` the tables of this release and the rows of a small installation as this release writes them. The
schema files must stand for all its migrations: `./dev schema` comes first.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from datetime import date
from pathlib import Path

import django

FOLDER = Path(__file__).with_name("landed")
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
OF_THE_PROGRAM = {"django_migrations", "django_content_type", "auth_permission"}  # made with the tables themselves


def live(year: int) -> None:
    """Live what the installation has behind it: a spring at a library and its branch.

    Two readers; three items, of which one is withdrawn; a loan that is renewed, another that comes back late at the
    branch, is paid for, goes on its way home and is reserved there.
    """
    from wenlan.circulation import operations as circulation
    from wenlan.circulation.testing import lend, make_act, reserve, scan, take_back
    from wenlan.credit import testing as credit
    from wenlan.credit.money import operations as money
    from wenlan.credit.money import queries as accounts
    from wenlan.holdings.testing import make_item, withdrawn
    from wenlan.indicators import operations as indicators
    from wenlan.network import queries as network
    from wenlan.network.testing import make_node
    from wenlan.patrons.testing import make_patron
    from wenlan.staff.testing import make_member

    bought, lent, late = date(year, 2, 2), date(year, 3, 4), date(year, 5, 20)
    home = network.root().id
    branch = make_node("E1", parent=home, since=date(year, 1, 1)).id
    clerk = make_member(branch, "circulation", username="clerk").id
    credit.make_rule(home, charge_fen=20, since=date(year, 1, 1))
    first, second = (make_patron(node=home, on=bought) for _ in range(2))
    kept, awaited, worn = (make_item(node=home, on=bought) for _ in range(3))
    lend(kept, first, make_act(home, lent))
    circulation.renew(make_act(home, date(year, 3, 20)), item=scan(kept))
    lend(awaited, second, make_act(home, lent))
    reserve(awaited, first, make_act(home, date(year, 4, 1)))
    credit.make_drawer(credit.make_act(branch, late, staff=clerk))
    take_back(awaited, make_act(branch, late, staff=clerk))
    owed = {charge.id: charge.open_fen for charge in accounts.charges(second.id)}
    money.take(credit.make_act(branch, late, staff=clerk), patron=second.id, taking=money.Taking(charges=owed))
    withdrawn(make_act(home, late), worn)
    indicators.fold_all()


def rows_of(database: sqlite3.Connection, table: str) -> list[dict[str, object]]:
    """Return the rows of a table by column; bytes are told as such."""
    database.row_factory = sqlite3.Row
    return [
        {name: {"bytes": value.hex()} if isinstance(value, bytes) else value for name, value in dict(row).items()}
        for row in database.execute(f'SELECT * FROM "{table}"')
    ]


def written(database: sqlite3.Connection, new: sqlite3.Connection) -> dict[str, list[dict[str, object]]]:
    """Return the rows of an installation that its tables did not come with."""
    found = {}
    for (table,) in database.execute(TABLES).fetchall():
        shipped = rows_of(new, table)
        rows = rows_of(database, table)
        assert all(row in rows for row in shipped), f"a row that {table} came with has changed"
        if table not in OF_THE_PROGRAM and len(rows) > len(shipped):
            found[table] = [row for row in rows if row not in shipped]
    return found


def main() -> int:
    """Make an installation, live in it, and keep what it wrote."""
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"WENLAN_HOME": home, "WENLAN_DATABASE_URL": ""}
        os.environ["DJANGO_SETTINGS_MODULE"] = "wenlan.config.settings"
        wenlan = [sys.executable, "-m", "wenlan"]
        subprocess.run([*wenlan, "init"], check=True)
        django.setup()
        from wenlan.config.schema.loading import FOLDER as SCHEMA
        from wenlan.ui import clock

        live(clock.today().year)
        subprocess.run([*wenlan, "verify"], check=True)
        with (
            closing(sqlite3.connect(Path(home, "wenlan.sqlite3"))) as database,
            closing(sqlite3.connect(":memory:")) as new,
        ):
            new.executescript((SCHEMA / "sqlite.sql").read_text(encoding="utf-8"))
            rows = {"year": clock.today().year, "tables": written(database, new)}
    for name in ("sqlite.sql", "postgresql.sql"):
        shutil.copy(SCHEMA / name, FOLDER / name)
    told = json.dumps(rows, ensure_ascii=False, indent=0)
    (FOLDER / "rows.json").write_text(told + "\n", encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
