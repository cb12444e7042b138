"""What a new database is made from stands for all migrations."""

import pytest

from wenlan.config.schema.loading import FOLDER, HEAD, digests, stated_in

pytestmark = pytest.mark.embedded


@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_the_tables_of_a_new_database_are_those_of_all_migrations(vendor):
    script = (FOLDER / f"{vendor}.sql").read_text(encoding="utf-8")

    assert script.startswith(f"{HEAD}\n")
    otherwise = {name for name, _ in stated_in(script).items() ^ digests().items()}
    assert sorted(map(".".join, otherwise)) == [], "run ./dev schema, which writes the tables of a new database anew"
