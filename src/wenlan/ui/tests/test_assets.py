"""What a page loads, read from a build's manifest."""

import json

import pytest
from django.contrib.staticfiles import finders

from wenlan.ui import assets

MANIFEST = {
    "src/desk.ts": {
        "file": "assets/desk-1.js",
        "name": "desk",
        "isEntry": True,
        "imports": ["_shared.js"],
        "css": ["assets/desk-1.css"],
    },
    "_shared.js": {
        "file": "assets/shared-1.js",
        "name": "shared",
        "imports": ["_deep.js"],
        "css": ["assets/shared-1.css"],
    },
    "_deep.js": {"file": "assets/deep-1.js", "name": "deep", "imports": ["_shared.js"]},
    "src/plain.css": {"file": "assets/plain-1.css", "name": "plain", "isEntry": True},
}


@pytest.fixture
def build(tmp_path, monkeypatch):
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(MANIFEST), encoding="utf-8")
    monkeypatch.setattr(finders, "find", {assets.MANIFEST: str(path)}.get)
    return path


def test_an_entry_brings_its_styles_and_those_of_what_it_imports(build):
    assert assets.asset("desk") == assets.Asset(
        styles=("wenlan/assets/desk-1.css", "wenlan/assets/shared-1.css"), script="wenlan/assets/desk-1.js"
    )


def test_a_style_entry_has_no_script(build):
    assert assets.asset("plain") == assets.Asset(styles=("wenlan/assets/plain-1.css",), script="")


def test_an_unknown_entry_is_named_with_those_there_are(build):
    with pytest.raises(assets.AssetsNotBuilt, match="no entry 'dusk'; it has desk, plain"):
        assets.asset("dusk")


def test_a_missing_build_says_what_to_run(monkeypatch):
    monkeypatch.setattr(finders, "find", {}.get)

    with pytest.raises(assets.AssetsNotBuilt, match="npm run build"):
        assets.asset("desk")
