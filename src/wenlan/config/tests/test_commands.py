"""The command line speaks the language of the installation."""

import argparse
import re

import pytest
from django.utils.translation import override

from wenlan.config.commands import offered, parser

CHINESE = re.compile("[\u4e00-\u9fff]")


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
