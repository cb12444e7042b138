"""The server dies in the middle of the work, as in a power cut; `./dev bench crash` is the same at full length."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tools.bench.crashes import FAULTS
from wenlan.config.home import Installation, write_installation
from wenlan.network.testing import make_network

ROOT = Path(__file__).resolve().parent.parent
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def database_url():
    """Return the test's own database, as another program names it."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite://{facts['NAME']}"
    password = f":{facts['PASSWORD']}" if facts["PASSWORD"] else ""
    return f"postgresql://{facts['USER']}{password}@/{facts['NAME']}?host={facts['HOST']}&port={facts['PORT']}"


def test_every_acknowledged_act_is_there_once_though_the_server_was_killed():
    make_network()
    write_installation(Path(settings.WENLAN_HOME), Installation())
    connection.close()
    servers = 1 if connection.vendor == "sqlite" else 2  # two workers race for the same items and places
    command = (sys.executable, "-m", "tools.bench.crashes", "600", "--kills", "2", "--servers", str(servers))
    environment = {**os.environ, "WENLAN_HOME": str(settings.WENLAN_HOME), "WENLAN_DATABASE_URL": database_url()}

    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert done.stdout, done.stderr[-4000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert {name: found[name] for name in FAULTS} == dict.fromkeys(FAULTS, 0)
    assert found["failures"] == []
    assert (found["acts"], found["kills"]) == (600, 2)
    assert found["resent"] > 0
    assert found["refused"] > 0  # they did meet at the same items and limits
