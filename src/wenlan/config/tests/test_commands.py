"""The command line speaks the language of the installation."""

import argparse
import importlib
import pkgutil
import re
import subprocess
import sys
from importlib.util import find_spec

import pytest
from django.utils.translation import override

import wenlan
from wenlan import config
from wenlan.config.commands import OFFERED_BY, asked, offered, parser

CHINESE = re.compile("[\u4e00-\u9fff]")
NOT_TO_SERVE = (  # by what they import, `wenlan serve` would start a second later
    *("docx", "openpyxl", "pymarc", "pypinyin", "rjieba", "rich", "tantivy", "typst", "xlsxwriter"),
    *("wenlan.annual_report.operations", "wenlan.circulation.operations", "wenlan.demo.operations"),
    *("wenlan.indicators.queries", "wenlan.protocols.sip2.server"),
)


def helps_of(command):
    shown = argparse.ArgumentParser(add_help=False)
    command.arguments(shown)
    return [str(action.help) for action in shown._actions if action.help not in {None, argparse.SUPPRESS}]


@pytest.mark.parametrize("command", list(offered()), ids=lambda command: command.name)
def test_every_command_explains_itself_in_chinese(command):
    with override("zh-hans"):
        said = [str(command.help), *helps_of(command)]

    assert [text for text in said if not CHINESE.search(text) and " " in text] == []


def test_the_list_of_commands_can_be_printed_in_both_languages():
    with override("zh-hans"):
        assert "核对服务账" in parser().format_help()
    with override("en"):
        assert "prove that ledger" in parser().format_help()


def modules_with_commands():
    packages = [f"wenlan.{package.name}" for package in pkgutil.iter_modules(wenlan.__path__) if package.ispkg]
    offers = [f"{name}.commands" for name in packages if name != "wenlan.config" and find_spec(f"{name}.commands")]
    own = [f"wenlan.config.{module.name}" for module in pkgutil.iter_modules(config.__path__) if not module.ispkg]
    return [*offers, *(name for name in own if name not in {"wenlan.config.testing", "wenlan.config.urls"})]


def test_every_command_that_is_offered_is_found_under_its_name():
    there = {
        command.name: place
        for place in modules_with_commands()
        for command in getattr(importlib.import_module(place), "COMMANDS", ())
    }

    assert there == OFFERED_BY


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["serve", "--http", ":80"], ["serve"]),
        (["import", "gate", "x.csv"], ["import gate"]),
        (["gate", "import"], ["gate"]),
        (["report"], ["report annual", "report read"]),
        (["report", "--help"], ["report annual", "report read"]),
        (["import", "nothing"], ["import gate", "import journal", "import marc", "import patrons"]),
        (["serv"], [*OFFERED_BY]),
        (["--help"], [*OFFERED_BY]),
        ([], [*OFFERED_BY]),
    ],
)
def test_a_call_means_one_command_those_of_a_group_or_all(words, meant):
    assert [*asked(words)] == meant


@pytest.mark.slow
def test_a_start_imports_what_its_command_needs_and_no_other():
    program = "import sys; from wenlan.__main__ import main\ntry: main()\nfinally: print(*sys.modules, file=sys.stderr)"
    called = [sys.executable, "-c", program, "serve", "--help"]

    done = subprocess.run(called, capture_output=True, text=True, encoding="utf-8", check=True)

    imported = {*done.stderr.split()}
    assert sorted({"granian", "wenlan.config.serving", "wenlan.circulation.models"} - imported) == []
    assert sorted(imported & {*NOT_TO_SERVE}) == []
    assert "--sip2" in done.stdout
