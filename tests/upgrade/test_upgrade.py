"""The database of the last release that landed, brought up to this one: nothing is lost, and the books agree.

`landed/` holds that release's tables, which were its `src/wenlan/config/schema/*.sql`, and in `rows.json` the rows of a
small installation as it wrote them. When a release lands, `python -m tests.upgrade.landing` puts its own in their
place. Its migrations must stand as they landed.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.upgrade.telling import LANDED

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parent.parent.parent
BEGUN = ("landed", "nothing")


@contextmanager
def installation(folder: Path, name: str) -> Iterator[dict[str, str]]:
    """Give the environment of an installation of its own, on an empty database of the kind of the run."""
    home = folder / name
    home.mkdir()
    (home / "wenlan.toml").write_text("", encoding="utf-8")
    url = os.environ.get("WENLAN_DATABASE_URL", "")
    base = {**os.environ, "WENLAN_HOME": str(home), "DJANGO_SETTINGS_MODULE": "wenlan.config.settings"}
    if not url:
        yield base
        return
    import psycopg

    parts, made = urlsplit(url), f"upgrade_{name}_{os.getpid()}"
    server, own = (urlunsplit(parts._replace(path=f"/{one}")) for one in ("postgres", made))
    with psycopg.connect(server, autocommit=True) as administrator:
        administrator.execute(f"CREATE DATABASE {made}")
        try:
            yield base | {"WENLAN_DATABASE_URL": own}
        finally:
            administrator.execute(f"DROP DATABASE {made} WITH (FORCE)")


@pytest.fixture(scope="module")
def landed():
    """The rows that the last release wrote, and the year they are of."""
    return json.loads((LANDED / "rows.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def told(tmp_path_factory, landed):
    """What an upgraded and a new installation tell, each brought to this release by a program of its own."""
    folder = tmp_path_factory.mktemp("upgrade")
    with ExitStack() as standing:
        programs = [
            standing.enter_context(telling(begun, landed["year"], standing.enter_context(installation(folder, begun))))
            for begun in BEGUN
        ]
        answers = [program.communicate() for program in programs]
    for program, (out, err) in zip(programs, answers, strict=True):
        assert program.returncode == 0, out + err
    return [json.loads(out) for out, _err in answers]


def telling(begun: str, year: int, environment: dict[str, str]) -> subprocess.Popen[str]:
    called = [sys.executable, "-m", "tests.upgrade.telling", begun, str(year)]
    piped = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "encoding": "utf-8"}
    return subprocess.Popen(called, env=environment, cwd=ROOT, **piped)


def test_an_installation_of_the_last_release_is_brought_up_to_this_one(told):
    upgraded, _new = told

    assert upgraded["books"]
    figures = [upgraded["figures"][code] for code in ("loans", "returns", "renewals", "reservations", "stock_held")]
    assert figures == [2, 1, 1, 1, 2]


def test_it_then_stands_on_the_same_tables_as_a_new_one(told, landed):
    upgraded, new = told

    assert new["all"] == upgraded["all"], "differs from what the migrations lead to: ./dev schema"
    for what in ("shipped", "migrations"):
        assert new[what] == upgraded[what]
    assert sorted({*upgraded["filled"]} - {*new["filled"], *landed["tables"]}) == []
