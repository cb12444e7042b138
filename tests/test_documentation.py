"""Documentation: links lead somewhere, nothing that can be set or called is left out, made pages are fresh."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, own_code
from tools import reference
from wenlan.config.commands import offered

pytestmark = pytest.mark.embedded

PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)|!\[[^\]]*\]\(([^)\s]+)\)|src=\"([^\"]+)\"")
SETTING = re.compile(r"^WENLAN_[A-Z_]+$")
ROOMS = ("tutorials", "how-to", "reference", "explanation", "decisions")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(path: Path):
    targets = [next(filter(None, found)) for found in LINK.findall(path.read_text(encoding="utf-8"))]

    assert [
        target
        for target in targets
        if not re.match(r"[a-z]+:", target) and not (path.parent / target).resolve().exists()
    ] == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_page_is_found_from_its_room(room):
    folder = ROOT / "docs" / room
    index = (folder / "README.md").read_text(encoding="utf-8")

    assert [
        path.name
        for path in sorted(folder.rglob("*.md"))
        if path.name != "README.md" and f"({path.relative_to(folder).as_posix()})" not in index
    ] == []


def test_the_readmes_fit_a_screen():
    assert [
        name
        for name in ("README.md", "README.zh-CN.md")
        if len((ROOT / name).read_text(encoding="utf-8").splitlines()) > 45
    ] == []


def test_every_setting_is_named():
    page = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    settings = {
        node.value
        for module in own_code()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SETTING.match(node.value)
    }

    assert sorted(name for name in settings if f"`{name}`" not in page) == []


def test_every_command_is_named():
    page = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")

    assert [command.name for command in offered() if f"## wenlan {command.name}\n" not in page] == []


@pytest.mark.parametrize("name", reference.PAGES)
def test_made_pages_are_fresh(name):
    page = (reference.REFERENCE / f"{name}.md").read_text(encoding="utf-8")

    assert page == reference.made(name), "run ./dev reference"
