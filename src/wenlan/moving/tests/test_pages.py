"""The page of trials and runs, and the command, as a librarian sees them."""

import json
from argparse import ArgumentParser

import pytest
from django.test import Client

from wenlan.moving import commands
from wenlan.moving.models import Misfit, Run
from wenlan.moving.tests.exports import FILES, moved, written
from wenlan.moving.tests.test_faults import ODD
from wenlan.staff.testing import signed_in

pytestmark = pytest.mark.django_db


def test_the_page_begins_with_what_to_do_and_then_lists_trials_and_runs(
    places, tmp_path, django_assert_max_num_queries
):
    client = signed_in(places["root"], "circulation")
    empty = client.get("/desk/moving-in/").content.decode()
    moved(written(tmp_path, FILES), places["root"], run=False)
    with django_assert_max_num_queries(40) as one:
        client.get("/desk/moving-in/")
    moved(tmp_path, places["root"])
    moved(tmp_path, places["root"], is_last=True)

    with django_assert_max_num_queries(len(one.captured_queries)):
        page = client.get("/desk/moving-in/").content.decode()

    assert "wenlan move-in" in empty
    assert (page.count('<td class="moment"'), page.count("Does not balance")) == (3, 0)


def test_a_report_shows_counts_words_and_the_lines_without_card_numbers(places, tmp_path):
    client = signed_in(places["root"], "circulation")
    moved(written(tmp_path, ODD), places["root"], run=False)
    run = Run.objects.get()

    page = client.get(f"/desk/moving-in/{run.pk}/").content.decode()
    chosen = client.get(f"/desk/moving-in/{run.pk}/?part=items&problem=twice").content.decode()

    assert "军人" in page
    assert "the reader comes twice in the file" in page.split('id="lines"')[0]
    assert "1,383.80" in page
    kept = [(one.what, one.words) for one in Misfit.objects.filter(part="readers")]
    assert not any("A0" in what + words or "2015" in words for what, words in kept)
    assert chosen.split('id="lines"')[1].count("<tr>") == 2


def test_other_branches_and_strangers_do_not_see_a_report(places, tmp_path):
    moved(written(tmp_path, FILES), places["EAST"], run=False)
    run = Run.objects.get()
    west = signed_in(places["WEST"], "branch_manager")

    answers = [client.get(f"/desk/moving-in/{run.pk}/").status_code for client in (west, Client())]

    assert (answers, '<td class="moment"' in west.get("/desk/moving-in/").content.decode()) == ([403, 302], False)


def test_the_command_tries_first_and_says_whether_the_books_balance(places, tmp_path, capsys):
    parser = ArgumentParser()
    commands.arguments(parser)
    folder = str(written(tmp_path, FILES))
    options = [folder, "--profile", "interlib", "--source", "old", "--category", "成人读者=adult"]

    tried = commands.run(parser.parse_args(options))
    said = capsys.readouterr().out
    done = commands.run(parser.parse_args([*options, "--run", "--last", "--json"]))
    told = json.loads(capsys.readouterr().out)

    assert (tried, done) == (0, 0)
    assert "Trial: nothing is written." in said
    assert "Items in stock: old system 5, kept out 0, in Wenlan 5; network 0 → 5" in said
    assert (told["here"]["readers"], told["differences"], told["found"]) == (3, {}, 2)
    assert (tmp_path / "misfits.xlsx").is_file()
    alone = commands.run(parser.parse_args([str(tmp_path / "items.csv"), *options[1:], "--json"]))
    assert (alone, json.loads(capsys.readouterr().out)["outcomes"]) == (0, {"items": {"skipped": 1, "same": 5}})
