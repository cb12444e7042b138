"""The lock in its two forms, and pip's settings in uv's words."""

import pytest

from tools import environment

pytestmark = pytest.mark.embedded


@pytest.mark.parametrize("group", environment.GROUPS)
def test_the_requirements_say_what_the_lock_says(group):
    stated = (environment.REQUIREMENTS / f"{group}.txt").read_text(encoding="utf-8")

    assert stated == environment.exported(group), "run ./dev lock"


def test_pips_settings_are_told_to_uv_without_folders_that_are_not_there(monkeypatch, tmp_path):
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX", "UV_FIND_LINKS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", f"{tmp_path.as_uri()} file:///not/there")
    monkeypatch.setenv("PIP_FIND_LINKS", "/not/there")

    settings = environment.settings_for_uv()

    assert settings["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    assert settings["UV_INDEX"] == tmp_path.as_uri()
    assert "UV_FIND_LINKS" not in settings


def test_what_is_set_for_uv_stays(monkeypatch):
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://chosen.example/simple")
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")

    assert "UV_DEFAULT_INDEX" not in environment.settings_for_uv()
