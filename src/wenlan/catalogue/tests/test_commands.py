"""What the command line offers."""

import json
from argparse import ArgumentParser

import pytest

from wenlan.catalogue import indexing, operations
from wenlan.catalogue.cnmarc import MarcRecord, field, read_file
from wenlan.catalogue.commands import COMMANDS
from wenlan.catalogue.testing import make_act, make_record
from wenlan.network.testing import make_network

pytestmark = pytest.mark.django_db


def run(name, *arguments):
    (command,) = [one for one in COMMANDS if one.name == name]
    parser = ArgumentParser()
    command.arguments(parser)
    return command.run(parser.parse_args([str(one) for one in arguments]))


def test_export_marc_writes_the_subtree_in_gbk_and_reads_back(tmp_path, capsys):
    _root, east, west = make_network("EAST", "WEST")
    make_record(east.id, "三体")
    make_record(west.id, "球状闪电")

    status = run("export marc", tmp_path / "out.iso", "--node", "EAST", "--encoding", "gbk")

    assert status == 0
    assert [one.record.value("200", "a") for one in read_file(tmp_path / "out.iso")] == ["三体"]


def test_export_writes_a_mark_for_a_character_the_encoding_lacks(tmp_path):
    root, *_ = make_network()
    make_record(root.id, "𠅤氏家谱")

    run("export marc", tmp_path / "out.iso", "--encoding", "gbk")

    (found,) = read_file(tmp_path / "out.iso")
    assert found.record.value("200", "a") == "〓氏家谱"


def test_export_as_marcxml_carries_every_format(tmp_path):
    root, *_ = make_network()
    chinese = make_record(root.id, "三体").marc
    english = MarcRecord("00000nam a2200000 a 4500", (field("245", "10", ("a", "The <three-body> problem & more")),))
    operations.add_record(make_act(root.id), marc=english)

    run("export marc", tmp_path / "out.xml", "--format", "marcxml")

    assert [one.record.fields for one in read_file(tmp_path / "out.xml")] == [chinese.fields, english.fields]


def test_rebuild_search_tells_the_number_of_records(tmp_path, settings, capsys):
    settings.WENLAN_SEARCH_DIR = tmp_path / "search"
    root, *_ = make_network()
    make_record(root.id, "三体")

    assert run("rebuild search", "--json") == 0

    assert json.loads(capsys.readouterr().out) == {"records": 1}
    assert indexing.index().count() == 1
