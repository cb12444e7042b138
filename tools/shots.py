"""Pictures of every page of a demonstration, and what axe finds on each.

    ./dev shots                       every page and dialog, at 360, 1366 and 1920 px, in Chinese, light
    ./dev shots --all                 four widths, light and dark, Chinese and English, normal and large type
    ./dev shots --look 1366-dark-en-large     this look, and others given the same way
    ./dev shots /desk/circulation/    only pages whose address begins so

Serves the installation in WENLAN_HOME on a free port and walks its links as a stranger, as a reader at home and at
a station, and as one member of staff for each set of rights in use: one page for each view, some for each person. The
installation is copied and gets one of each thing that it holds none of (tools/preparing.py); nothing is written into
it itself. The pictures stand in var/shots/<view>--<who>--<look>.png, with var/shots/index.html to look through;
whatever axe finds, and every page wider than its screen, is a finding.
"""

import argparse
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from itertools import product

import django
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from tools import pages, preparing
from tools.chromium import provide_browser
from tools.console import ROOT, Failure, leave, say
from tools.postgres import free_port
from tools.visiting import SEEN_BY_ALL, Visitor, find_pages, visitors
from wenlan.ui.testing import AT_REST, AXE

SHOTS = ROOT / "var" / "shots"
DRAWN = "() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"


@dataclass(frozen=True, slots=True)
class Look:
    """One way to look at a page."""

    width: int
    theme: str = "light"
    language: str = "zh"
    type: str = "normal"

    @property
    def height(self) -> int:
        """The height of such a screen, in pixels."""
        return {360: 740, 768: 1024, 1366: 768}.get(self.width, 1080)

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


def context(browser: Browser, address: str, look: Look, visitor: Visitor) -> BrowserContext:
    """Return a browser in which somebody is signed in and has chosen a look."""
    locale = {"zh": "zh-CN", "en": "en-US"}[look.language]
    opened = browser.new_context(locale=locale, viewport={"width": look.width, "height": look.height})
    kept = visitor.cookies() | {"wenlan_theme": look.theme, "wenlan_type": look.type.replace("normal", "")}
    opened.add_cookies([{"name": name, "value": value, "url": address} for name, value in kept.items()])
    return opened


def take(page: Page, url: str, name: str, looks: list[Look]) -> list[str]:
    """Load a page once and take it in each width; return what is wrong with it."""
    try:
        page.goto(url)
    except Error as gone:  # an answer without a page
        return [f"{name}: {gone.message.splitlines()[0]}"]
    page.evaluate(DRAWN)  # what the page asks for once it stands has been asked for
    page.wait_for_function("document.fonts.ready.then(() => !document.querySelector('.htmx-request'))")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return [fault for look in looks for fault in take_in(page, name, look)]


def take_in(page: Page, name: str, look: Look) -> list[str]:
    """Take a page and its dialogs in one width; return axe's violations, and text beyond the screen."""
    page.set_viewport_size({"width": look.width, "height": look.height})
    page.evaluate(AT_REST)
    page.screenshot(path=SHOTS / f"{name}--{look}.png", full_page=True)
    faults = examined(page)
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > look.width:
        faults.append(f"reaches beyond the screen: {wide} px of {look.width}")
    for dialog in dialogs(page):
        page.evaluate("id => document.getElementById(id).showModal()", dialog)
        page.screenshot(path=SHOTS / f"{name}--{look}--{dialog}.png")
        faults += [f"dialog {dialog}: {fault}" for fault in examined(page)]
        page.evaluate("id => document.getElementById(id).close()", dialog)
    return [f"{name} ({look}): {fault}" for fault in dict.fromkeys(faults)]


def dialogs(page: Page) -> list[str]:
    """Return the dialogs that buttons of a page open; the page of keys is the same everywhere, and taken once."""
    opened: list[str] = page.evaluate("[...document.querySelectorAll('[data-dialog]')].map(b => b.dataset.dialog)")
    keys = ["keys-dialog"] if page.url.endswith("/desk/") else []
    return [dialog for dialog in dict.fromkeys(opened + keys) if page.locator(f"dialog#{dialog}").count()]


def examined(page: Page) -> list[str]:
    """Return what axe has against a page as it stands, with the first place of each fault."""
    found: list[str] = page.evaluate(
        "async () => (await axe.run()).violations.map("
        "v => `${v.impact} ${v.id}: ${v.help} (${v.nodes.length}: ${v.nodes[0].target})`)"
    )
    return found


def in_one_browser(looks: list[Look]) -> list[list[Look]]:
    """Return the looks by all that must be known before a page is loaded; its width can change afterwards."""
    kept: dict[tuple[str, str, str], list[Look]] = {}
    for look in looks:
        kept.setdefault((look.theme, look.language, look.type), []).append(look)
    return list(kept.values())


def write_index(taken: dict[str, str], looks: list[Look], faults: list[str]) -> None:
    """Write a page with all the pictures."""
    figures = "".join(
        f"<h2>{escape(name)} <small>{escape(path)}</small></h2>"
        + "".join(
            f'<a href="{picture.name}"><img src="{picture.name}" height="360" loading="lazy"></a> '
            for look in looks
            for picture in sorted(SHOTS.glob(f"{name}--{look}*.png"))
        )
        for name, path in taken.items()
    )
    listed = "".join(f"<li>{escape(fault)}</li>" for fault in faults)
    text = f'<!doctype html><meta charset="utf-8"><title>Wenlan</title><ul>{listed}</ul>{figures}'
    (SHOTS / "index.html").write_text(text, encoding="utf-8")


def take_all(
    browser: Browser, address: str, looks: list[Look], wanted: tuple[str, ...], more: tuple[str, ...]
) -> tuple[dict[str, str], list[str]]:
    """Take every page that anybody finds, in every look; return the addresses by name, and all faults.

    `more` are addresses to which no link leads.
    """
    taken: dict[str, str] = {}
    faults: list[str] = []
    views: set[str] = set()
    for visitor in visitors(more):
        found, unanswered = find_pages(visitor, context(browser, address, looks[0], visitor), address)
        faults += unanswered
        print(*unanswered, sep="\n", end="\n" if unanswered else "", flush=True)
        new = {
            f"{view}--{visitor.name}": path
            for view, path in found.items()
            if path.startswith(wanted) and (view not in views or view in SEEN_BY_ALL)
        }
        views |= set(found)
        taken |= new
        for alike in in_one_browser(looks) if new else ():
            opened = context(browser, address, alike[0], visitor)
            page = opened.new_page()
            for name, path in new.items():
                found_here = take(page, address + path, name, alike)
                print(*found_here, sep="\n", end="\n" if found_here else "", flush=True)
                faults += found_here
            opened.close()
    return taken, faults


def lost(taken: dict[str, str]) -> list[str]:
    """Return the pages that stand in the list of the walk, but to which no link led."""
    found = {name.partition("--")[0] for name in taken}
    return [f"nobody found a way to {name}" for name in sorted(pages.walked()) if name.replace(":", "-") not in found]


def set_up(is_copy: bool) -> tuple[str, ...]:
    """Let Django know the installation, and make what it lacks when it is a copy; return addresses without a link."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenlan.config.settings")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop in this thread
    django.setup()
    return preparing.prepare() if is_copy else ()


def main() -> int:
    """Take the pictures; return 1 when axe has found something."""
    parser = argparse.ArgumentParser(prog="./dev shots")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--look", action="append", default=[], help="WIDTH-THEME-LANGUAGE-TYPE; may be repeated")
    parser.add_argument("begins", nargs="*", metavar="ADDRESS")
    options = parser.parse_args()
    executable = provide_browser()
    if executable is None:
        raise Failure("no Chromium is installed (Debian: apt install chromium)")
    SHOTS.mkdir(parents=True, exist_ok=True)
    for picture in SHOTS.glob("*.png") if not options.begins else ():
        picture.unlink()
    stated = [Look(int(width), *rest) for width, *rest in (text.split("-") for text in options.look)]
    looks = stated or (ALL if options.all else USUAL)
    wanted = tuple(options.begins) or ("/",)
    with preparing.copied() as is_copy:
        more = set_up(is_copy)
        with served() as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--lang=zh-CN"])
            taken, faults = take_all(browser, address, looks, wanted, more)
            browser.close()
    write_index(taken, looks, faults)
    if not options.begins:
        faults += lost(taken)
    say(f"{len(taken)} pages in {len(looks)} looks, {len(faults)} findings: {SHOTS / 'index.html'}")
    return 1 if faults else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failure as failure:
        leave(failure)
