"""What the command line offers."""

import json
from argparse import ArgumentParser

import pytest

from wenlan.catalogue import conversions, indexing, operations
from wenlan.catalogue.commands import COMMANDS
from wenlan.catalogue.testing import make_act, make_marc, make_record
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


def test_rebuild_conversions_converts_what_has_changed_since_and_nothing_twice(capsys):
    root, *_ = make_network()
    changed, same = make_record(root.id, "三体"), make_record(root.id, "球状闪电")
    for one in (changed, same):
        conversions.convert_record(make_act(root.id), record=one.uid)
    operations.change_record(make_act(root.id), record=changed.uid, marc=make_marc("三体（修订）"))

    assert [run("rebuild conversions", "--json") for _ in range(2)] == [0, 0]

    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert told == [{"converted": 1}, {"converted": 0}]
    assert conversions.conversion(changed.id).marc.value("245", "a") == "三体（修订） /"
