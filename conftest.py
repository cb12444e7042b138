"""What tests of every package may ask for; they set the rest of their stage themselves."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM_OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# How long an example takes says something about the machine, not about the law.
hypothesis_settings.register_profile("wenlan", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("wenlan")


@pytest.fixture(autouse=True, scope="session")
def acts_are_alone() -> None:
    """A test's transaction is no part of an act: on PostgreSQL a loan is tried without locks first, as at a desk."""
    from django.db import connection

    from wenlan.circulation import statements

    def is_alone() -> bool:
        return all(block._from_testcase for block in connection.atomic_blocks)

    statements.is_alone = is_alone


@pytest.fixture(scope="session")
def test_data() -> Path:
    """The folder of real files to test with: WENLAN_TEST_DATA, or `shared/data` beside the checkout."""
    beside = Path(__file__).resolve().parent.parent / "shared" / "data"
    folder = Path(os.environ.get("WENLAN_TEST_DATA", beside))
    if not folder.is_dir():
        pytest.skip("the real files to test with are not on this machine (WENLAN_TEST_DATA)")
    return folder


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """A headless Chromium: the one that ./dev test found or WENLAN_TEST_BROWSER names."""
    from playwright.sync_api import sync_playwright

    from tools.chromium import find_browser

    executable = find_browser()
    if executable is None:
        pytest.skip("no Chromium on this machine: ./dev test --only browser")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop in this thread
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=list(CHROMIUM_OPTIONS))
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: "Browser") -> "Iterator[Page]":
    """An empty page of a new visitor who speaks Chinese; fails the test on an error in the page's scripts."""
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": 1366, "height": 768})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []
