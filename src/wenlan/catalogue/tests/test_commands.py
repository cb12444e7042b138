"""What the command line offers."""

import json
from argparse import ArgumentParser

import pytest

from wenlan.catalogue import indexing, operations
from wenlan.catalogue.cnmarc import MarcRecord, encode, field, read_file
from wenlan.catalogue.commands import COMMANDS
from wenlan.catalogue.models import BibRecord, MarcImport
from wenlan.catalogue.testing import make_act, make_marc, make_record
from wenlan.kernel.errors import NotFound
from wenlan.network.testing import make_network

pytestmark = pytest.mark.django_db


def run(name, *arguments):
    (command,) = [one for one in COMMANDS if one.name == name]
    parser = ArgumentParser()
    command.arguments(parser)
    return command.run(parser.parse_args([str(one) for one in arguments]))


def test_import_marc_prints_what_became_of_each_record(tmp_path, capsys):
    _, east = make_network("EAST")
    path = tmp_path / "batch.iso"
    path.write_bytes(encode(make_marc("三体"), "gb18030") + encode(make_marc("球状闪电"), "gb18030"))

    status = run("import marc", path, "--node", "EAST", "--profile", "interlib", "--json")

    told = json.loads(capsys.readouterr().out)
    assert status == 0
    assert (told["read"], told["created"], told["rejected"]) == (2, 2, 0)
    assert set(BibRecord.objects.values_list("node_id", flat=True)) == {east.id}
    assert MarcImport.objects.get().profile == "interlib"


def test_import_marc_for_people_names_the_reject_files(tmp_path, capsys):
    make_network()
    path = tmp_path / "batch.iso"
    path.write_bytes(encode(make_marc("三体"), "gb18030") + b"00040nam0 2200037   450 abc\x1eno directory\x1e\x1d")

    run("import marc", path)

    told = capsys.readouterr().out
    assert "Rejected: 1" in told
    assert "batch.iso.rejects.csv" in told


def test_import_marc_into_an_unknown_node_is_refused(tmp_path):
    make_network()

    with pytest.raises(NotFound):
        run("import marc", tmp_path / "batch.iso", "--node", "NOWHERE")


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
