"""Pictures of every page of a demonstration, and what axe finds on each.

    ./dev shots                       every page once, at 360, 1366 and 1920 px, in Chinese, light
    ./dev shots --all                 four widths, light and dark, Chinese and English, normal and large type
    ./dev shots /desk/circulation/    only pages whose address begins so

Serves the installation in WENLAN_HOME on a free port, walks its links from the portal and the desk — one page
for each view — and writes var/shots/<view>--<look>.png and var/shots/index.html to look through.
"""

import argparse
import os
import re
import subprocess
import sys
import time
import urllib.request
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape, unescape
from itertools import product
from urllib.parse import urljoin, urlsplit

import django
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tools.chromium import provide_browser
from tools.console import ROOT, Failure, leave, say
from tools.postgres import free_port

SHOTS = ROOT / "var" / "shots"
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
STARTS = ("/", "/desk/")
NOT_PAGES = (
    "sign-out",
    "lock",
    "/api/",
    "/media/",
    "/metrics",
    "/healthz",
    "download",
    ".csv",
    ".xlsx",
    ".docx",
    ".pdf",
)
MOST_PAGES = 120
LINK = re.compile(r'<a\s[^>]*href="([^"#]+)')


@dataclass(frozen=True, slots=True)
class Look:
    """One way to look at a page."""

    width: int
    theme: str = "light"
    language: str = "zh"
    type: str = "normal"

    def __str__(self) -> str:
        return f"{self.width}-{self.theme}-{self.language}-{self.type}"


USUAL = [Look(width) for width in (360, 1366, 1920)]
ALL = [Look(*parts) for parts in product((360, 768, 1366, 1920), ("light", "dark"), ("zh", "en"), ("normal", "large"))]


@contextmanager
def served() -> Iterator[str]:
    """Serve the installation; yield its address."""
    port = free_port()
    addresses = ("--http", f"127.0.0.1:{port}", "--sip2", f"127.0.0.1:{free_port()}")
    server = subprocess.Popen([sys.executable, "-m", "wenlan", "serve", *addresses], stdout=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 60
        while not is_up(f"http://127.0.0.1:{port}/healthz"):
            if server.poll() is not None or time.monotonic() > deadline:
                raise Failure("wenlan serve did not start; is there a demonstration in WENLAN_HOME? (./dev demo)")
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def is_up(url: str) -> bool:
    """Whether the server answers."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def sessions() -> list[str]:
    """Return sessions, made without a password, of as few members of staff as together hold every right in use."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    from wenlan.staff.queries import rights_by_node
    from wenlan.ui import clock

    today = clock.today()
    members = get_user_model().objects.filter(is_active=True).order_by("pk")[:200]
    rights = {member: set[str]().union(*rights_by_node(member.pk, today).values()) for member in members}
    open_rights, made = set[str]().union(*rights.values()), []
    while open_rights:
        member = max(rights, key=lambda one: len(rights[one] & open_rights))
        open_rights -= rights[member]
        client = Client()
        client.force_login(member)
        made.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
    if not made:
        raise Failure("nobody can sign in here; make a demonstration first: ./dev demo")
    return made


def visitor(browser: Browser, address: str, look: Look, session: str) -> BrowserContext:
    """Return a signed-in visitor with one look."""
    locale = {"zh": "zh-CN", "en": "en-US"}[look.language]
    context = browser.new_context(locale=locale, viewport={"width": look.width, "height": 900})
    kept = {"wenlan_session": session, "wenlan_theme": look.theme, "wenlan_type": look.type.replace("normal", "")}
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in kept.items()])
    return context


def find_pages(visitor: BrowserContext, address: str) -> tuple[dict[str, str], list[str]]:
    """Walk the links; return, by the name of its view, the first address of each page, and what did not answer."""
    found: dict[str, str] = {}
    faults: list[str] = []
    waiting, seen = deque(STARTS), set(STARTS)
    while waiting and len(found) < MOST_PAGES:
        path = waiting.popleft()
        answer = visitor.request.get(address + path)
        if answer.status >= 400:
            faults.append(f"{path} answers {answer.status}")
        if answer.status >= 400 or not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        found.setdefault(view_name(urlsplit(answer.url).path), path)
        for link in LINK.findall(answer.text()):
            path, _, query = urljoin(answer.url, unescape(link)).removeprefix(address).partition("?")
            whole = f"{path}?{query}" if query else path
            new = view_name(path) not in found and whole not in seen and path.startswith("/")
            if new and not any(part in whole for part in NOT_PAGES):
                seen.add(whole)
                waiting.append(whole)
    return found, faults


def view_name(path: str) -> str:
    """Return the name of the view that answers under a path, in the form of a file name."""
    from django.urls import Resolver404, resolve

    try:
        return (resolve(path).view_name or "page").replace(":", "-")
    except Resolver404:
        return path.strip("/").replace("/", "-") or "home"


def take(page: Page, url: str, name: str, look: Look) -> list[str]:
    """Take one picture; return what axe has against the page."""
    page.goto(url)
    page.screenshot(path=SHOTS / f"{name}--{look}.png", full_page=True)
    page.add_script_tag(path=AXE)
    violations = page.evaluate("async () => (await axe.run()).violations.map(v => `${v.impact} ${v.id}: ${v.help}`)")
    return [f"{name} ({look}): {violation}" for violation in violations]


def write_index(pages: dict[str, str], looks: list[Look], faults: list[str]) -> None:
    """Write a page with all the pictures."""
    figures = "".join(
        f"<h2>{escape(name)} <small>{escape(path)}</small></h2>"
        + "".join(f'<a href="{name}--{look}.png"><img src="{name}--{look}.png" height="360"></a> ' for look in looks)
        for name, path in pages.items()
    )
    listed = "".join(f"<li>{escape(fault)}</li>" for fault in faults)
    text = f'<!doctype html><meta charset="utf-8"><title>Wenlan</title><ul>{listed}</ul>{figures}'
    (SHOTS / "index.html").write_text(text, encoding="utf-8")


def main() -> int:
    """Take the pictures; return 1 when axe has found something."""
    parser = argparse.ArgumentParser(prog="./dev shots")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("begins", nargs="*", metavar="ADDRESS")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenlan.config.settings")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop in this thread
    django.setup()
    executable = provide_browser()
    if executable is None:
        raise Failure("no Chromium is installed (Debian: apt install chromium)")
    SHOTS.mkdir(parents=True, exist_ok=True)
    looks = ALL if options.all else USUAL
    wanted = tuple(options.begins) or "/"
    pages: dict[str, str] = {}
    faults: list[str] = []
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        for session in sessions():
            found, unanswered = find_pages(visitor(browser, address, looks[0], session), address)
            new = {name: path for name, path in found.items() if name not in pages and path.startswith(wanted)}
            pages |= new
            faults += unanswered
            for look in looks:
                page = visitor(browser, address, look, session).new_page()
                for name, path in new.items():
                    faults += take(page, address + path, name, look)
        browser.close()
    write_index(pages, looks, faults)
    for fault in faults:
        print(fault)
    say(f"{len(pages)} pages in {len(looks)} looks, {len(faults)} findings of axe: {SHOTS / 'index.html'}")
    return 1 if faults else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failure as failure:
        leave(failure)
