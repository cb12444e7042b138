"""A backup comes back whole, in the other database too."""

import io
import json
import os
import subprocess
import sys
import uuid
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection

from wenlan.circulation.operations import check_in
from wenlan.circulation.testing import lend, make_act, make_rule, scan
from wenlan.config import archives
from wenlan.config.home import Installation, write_installation
from wenlan.config.sealed_files import Unreadable
from wenlan.holdings.testing import make_item
from wenlan.ledger.models import TokenKey
from wenlan.network.testing import make_network
from wenlan.patrons.testing import make_patron
from wenlan.staff.testing import make_member

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PASSPHRASE = "图书馆的口令"
TOKENS = f"tables/{TokenKey._meta.db_table}.jsonl"


@pytest.fixture
def archive():
    """A sealed archive of a small network with one open and one returned loan."""
    write_installation(settings.WENLAN_HOME, Installation())
    root, east = make_network("E")
    make_rule(root.id)
    make_member(root.id, "director")
    reader = make_patron(node=east.id, name="张三里")
    items = [make_item(node=east.id), make_item(node=east.id)]
    for item in items:
        lend(item, reader, make_act(east.id))
    check_in(make_act(east.id, seconds=60), item=scan(items[0]))
    target = io.BytesIO()
    archives.back_up(target, PASSPHRASE)
    return target.getvalue()


def run(home, *arguments, url=""):
    environment = {**os.environ, "WENLAN_HOME": str(home), "WENLAN_BACKUP_PASSPHRASE": PASSPHRASE}
    environment |= {"WENLAN_DATABASE_URL": url, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-m", "wenlan", *arguments], env=environment, capture_output=True, text=True, encoding="utf-8"
    )
    return done.returncode, done.stdout, done.stderr


def test_what_was_backed_up_is_restored_and_verifies(archive, tmp_path):
    file = tmp_path / "night.wenlan"
    file.write_bytes(archive)

    restored = run(tmp_path / "other", "restore", str(file), "--json")
    again = run(tmp_path / "other", "restore", str(file))
    rows = json.loads(restored[1])["rows"]

    assert restored[0] == 0, restored[2]
    assert (rows["circulation_loan"], rows["patrons_patron"], rows["holdings_item"]) == (2, 1, 2)
    assert again[0] == 1
    verified = run(tmp_path / "other", "verify")
    assert verified[0] == 0, verified
    backed_up = run(tmp_path / "other", "backup", str(tmp_path / "second.wenlan"), "--json")
    assert json.loads(backed_up[1])["rows"] == rows


@pytest.mark.postgresql
def test_an_embedded_installation_moves_to_postgresql(archive, tmp_path):
    file = tmp_path / "night.wenlan"
    file.write_bytes(archive)
    name = f"moved_{uuid.uuid4().hex[:8]}"
    run(tmp_path / "embedded", "restore", str(file))
    run(tmp_path / "embedded", "backup", str(tmp_path / "from_sqlite.wenlan"))
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    url = urlunsplit(urlsplit(settings.WENLAN_DATABASE_URL)._replace(path=f"/{name}"))

    restored = run(tmp_path / "server", "restore", str(tmp_path / "from_sqlite.wenlan"), "--json", url=url)
    verified = run(tmp_path / "server", "verify", url=url)

    assert restored[0] == 0, restored[2]
    assert json.loads(restored[1])["rows"]["circulation_loan"] == 2
    assert verified[0] == 0, verified
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_damaged_archive_is_refused_before_anything_is_written(archive, tmp_path):
    file = tmp_path / "night.wenlan"
    file.write_bytes(archive[:-200] + b"\0" * 200)

    refused = run(tmp_path / "other", "restore", str(file))

    assert refused[0] == 1
    assert "night.wenlan" in refused[2]
    assert not (tmp_path / "other" / "wenlan.sqlite3").exists()


def test_names_are_not_readable_without_the_passphrase(archive):
    assert "张三里".encode() not in archive
    with pytest.raises(Unreadable):
        archives.check(io.BytesIO(archive), "another")


def test_token_keys_of_closed_years_stay_behind(archive):
    assert TokenKey.objects.filter(year=2019).exists()  # the loans above are of 2019, and that year is over

    kept = [content.read() for name, content in archives.members(io.BytesIO(archive), PASSPHRASE) if name == TOKENS]

    assert kept == [b""]
