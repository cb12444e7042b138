"""One English sentence has one Chinese one: at run time all packages' catalogues are one."""

from collections import defaultdict
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings
from django.utils import translation

from wenlan.kernel.errors import NotFound

pytestmark = pytest.mark.embedded

PACKAGES = Path(__file__).resolve().parent.parent / "src" / "wenlan"


def test_every_package_that_has_words_is_one_whose_words_are_read():
    applied = {Path(one.path).name for one in apps.get_app_configs()}
    stated = {Path(one).parent.name for one in settings.LOCALE_PATHS}

    assert {path.parent.name for path in PACKAGES.glob("*/locale")} <= applied | stated
    with translation.override("zh-hans"):
        assert str(NotFound(what="R1")) == "没有找到 R1。"


def test_no_two_packages_translate_the_same_words_differently():
    said = defaultdict(set)
    for path in sorted(PACKAGES.glob("*/locale/zh_Hans/LC_MESSAGES/django.po")):
        with path.open("rb") as file:
            for message in read_po(file):
                if message.id and message.string:
                    said[message.context, str(message.id)].add(str(message.string))

    assert {words: ways for words, ways in said.items() if len(ways) > 1} == {}
