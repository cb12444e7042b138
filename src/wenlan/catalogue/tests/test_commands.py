"""What the command line offers."""

import json
from argparse import ArgumentParser

import pytest

from wenlan.catalogue import indexing
from wenlan.catalogue.commands import COMMANDS
from wenlan.catalogue.testing import make_record
from wenlan.network.testing import make_network

pytestmark = pytest.mark.django_db


def run(name, *arguments):
    (command,) = [one for one in COMMANDS if one.name == name]
    parser = ArgumentParser()
    command.arguments(parser)
    return command.run(parser.parse_args([str(one) for one in arguments]))


def test_rebuild_search_tells_the_number_of_records(tmp_path, settings, capsys):
    settings.WENLAN_SEARCH_DIR = tmp_path / "search"
    root, *_ = make_network()
    make_record(root.id, "三体")

    assert run("rebuild search", "--json") == 0

    assert json.loads(capsys.readouterr().out) == {"records": 1}
    assert indexing.index().count() == 1
