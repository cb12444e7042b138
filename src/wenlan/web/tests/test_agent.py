"""The agent as the desk gives it out: one file with the library's address inside, which starts by itself."""

import io
import json
import subprocess
import sys
import zipfile

import pytest
from django.test import Client

from wenlan.network.testing import make_network
from wenlan.staff.testing import signed_in

pytestmark = pytest.mark.django_db
PROGRAM = "/desk/agent/wenlan-agent.pyz"


@pytest.fixture
def desk():
    _root, east = make_network("E")
    return signed_in(east.id, "circulation")


def test_the_page_and_the_program_are_for_staff(desk):
    assert [Client().get(page).status_code for page in ("/desk/agent/", PROGRAM)] == [302, 302]
    assert "http://testserver" in desk.get("/desk/agent/").content.decode()


def test_the_program_serves_the_address_it_was_fetched_from_and_carries_no_tests(desk):
    program = desk.get(PROGRAM)

    with zipfile.ZipFile(io.BytesIO(program.content)) as packed:
        names = packed.namelist()
        assert json.loads(packed.read("wenlan_agent/packed.json")) == {"origins": ["http://testserver"]}
    assert {"__main__.py", "wenlan_agent/server.py", "wenlan_agent/profiles/gbt35660.json"} <= set(names)
    assert [name for name in names if "test" in name] == []
    assert desk.get(PROGRAM).content == program.content


def test_the_program_starts_without_anything_of_wenlan(desk, tmp_path):
    path = tmp_path / "wenlan-agent.pyz"
    path.write_bytes(desk.get(PROGRAM).content)
    alone = [sys.executable, "-I", "-S", str(path)]

    version = subprocess.run([*alone, "--version"], capture_output=True, text=True, check=True, timeout=30)
    wrong = subprocess.run(
        [*alone, "--pad", "nothing:COM1", "--settings", str(tmp_path / "kept.json")], capture_output=True, timeout=30
    )

    assert version.stdout.strip() == "1.0"
    assert wrong.returncode == 1
    assert json.loads((tmp_path / "kept.json").read_text(encoding="utf-8"))["origins"] == ["http://testserver"]
