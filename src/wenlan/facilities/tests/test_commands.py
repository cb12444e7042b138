"""What the command line offers."""

import json
from argparse import ArgumentParser
from datetime import date

import pytest

from wenlan.facilities import queries
from wenlan.facilities.commands import COMMANDS
from wenlan.facilities.testing import counted, make_gate, make_library
from wenlan.facilities.types import Direction
from wenlan.kernel.errors import NotFound
from wenlan.ledger.kinds import Kind

pytestmark = pytest.mark.django_db


def run(name, *arguments):
    (command,) = [one for one in COMMANDS if one.name == name]
    parser = ArgumentParser()
    command.arguments(parser)
    return command.run(parser.parse_args([str(one) for one in arguments]))


def test_import_gate_prints_what_became_of_the_lines(tmp_path, capsys):
    make_gate(make_library(), "EAST")
    path = tmp_path / "march.csv"
    path.write_text("gate,day,persons\nEAST,2019-03-01,200\nWEST,2019-03-01,200\n", "utf-8")

    status = run("import gate", path, "--json")

    told = json.loads(capsys.readouterr().out)
    assert status == 0
    assert (told["read"], told["created"], told["rejected"]) == (2, 1, 1)
    assert told["rejects"] == str(tmp_path / "march.csv.rejects.csv")
    assert counted(Kind.VISIT_COUNTED, day=date(2019, 3, 1), channel="import") == 200


def test_import_gate_for_people_names_the_rejects_file(tmp_path, capsys):
    make_library()
    path = tmp_path / "march.csv"
    path.write_text("gate,day,persons\nWEST,2019-03-01,200\n", "utf-8")

    run("import gate", path)

    assert capsys.readouterr().out.splitlines() == [
        "Lines read: 1",
        "New counts: 0",
        "Corrected counts: 0",
        "Unchanged counts: 0",
        "Rejected lines: 1",
        f"The rejected lines stand with their reasons in {path}.rejects.csv.",
    ]


def test_gate_sets_up_an_entrance_of_a_library(capsys):
    make_library("CZ")

    run("gate", "CZ-S", "--node", "CZ", "--name", "南门", "--two-way")

    assert capsys.readouterr().out == "The gate CZ-S counts for Branch CZ.\n"
    assert (queries.gate("CZ-S").words["zh"], queries.gate("CZ-S").direction) == ("南门", Direction.TWO_WAY)


def test_gate_refuses_an_unknown_library():
    make_library("CZ")

    with pytest.raises(NotFound):
        run("gate", "X", "--node", "NOWHERE", "--name", "x")
