"""The browser that browser stories drive: the machine's own, or Debian's package."""

import os
import shutil
from pathlib import Path

from tools.console import install_system_packages

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge", "chrome")
USUAL_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)


def find_browser() -> str | None:
    """Return the path of a Chromium, or what WENLAN_TEST_BROWSER names."""
    if stated := os.environ.get("WENLAN_TEST_BROWSER"):
        return stated
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or next((place for place in USUAL_PLACES if Path(place).exists()), None)


def provide_browser() -> str | None:
    """Return the browser, installing Debian's package first where we may; None when there is none."""
    found = find_browser()
    if found is None and install_system_packages("chromium"):
        found = find_browser()
    return found
