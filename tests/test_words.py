"""One English sentence has one Chinese one: at run time all packages' catalogues are one."""

from collections import defaultdict
from pathlib import Path

from babel.messages.pofile import read_po

PACKAGES = Path(__file__).resolve().parent.parent / "src" / "wenlan"


def test_no_two_packages_translate_the_same_words_differently():
    said = defaultdict(set)
    for path in sorted(PACKAGES.glob("*/locale/zh_Hans/LC_MESSAGES/django.po")):
        with path.open("rb") as file:
            for message in read_po(file):
                if message.id and message.string:
                    said[message.context, str(message.id)].add(str(message.string))

    assert {words: ways for words, ways in said.items() if len(ways) > 1} == {}
