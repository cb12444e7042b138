"""Who looks at the pages for `./dev shots`, and which pages each of them finds."""

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from html import unescape
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import BrowserContext

from tools.console import Failure
from tools.pages import without_a_number
from wenlan.patrons.types import PatronView
from wenlan.ui import clock

FOR_A_STRANGER = (
    *("/", "/desk/sign-in/", "/my/sign-in/", "/keeper/sign-in/", "/kiosk/", "/kiosk/device/"),
    *("/nowhere/", "/screen/", "/search/?q=没有这本书的书名"),
)
# The first screen comes last: it forgets who stood there.
AT_A_STATION = (
    *("/kiosk/borrow/", "/kiosk/account/", "/kiosk/borrow/done/", "/kiosk/return/", "/kiosk/account/password/"),
    *("/kiosk/borrow/card/", "/kiosk/join/", "/kiosk/"),
)
# Tabs of one page from which others are reached.
LISTS_AT_THE_DESK = (
    *("/desk/circulation/transport/?list=crates", "/desk/circulation/transport/?list=flows"),
    *("/desk/circulation/reservations/?list=fetch", "/desk/circulation/reservations/?list=waiting"),
)
STARTS_AT_THE_DESK = ("/desk/", "/desk/password/", "/desk/nowhere/")
NOT_PAGES = ("sign-out", "/lock/", "/api/", "/media/", "/metrics", "/healthz", "download")
NOT_PAGES_AT_THE_END = (".csv", ".xlsx", ".docx", ".pdf", ".json", ".mrc", ".xml")
# Pages that look different to different people, taken once for each of them.
SEEN_BY_ALL = ("desk-home", "portal-home", "patrons-reader", "holdings-item")
MOST_PAGES = 300
LINK = re.compile(r'<a\s[^>]*href="([^"#]+)')


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who looks, with what gives the cookies that say who it is: some do not last long."""

    name: str
    cookies: Callable[[], dict[str, str]] = dict
    starts: tuple[str, ...] = STARTS_AT_THE_DESK


def visitors(more: tuple[str, ...] = ()) -> list[Visitor]:
    """Return a stranger, readers at a station and at home, and one member of staff for each set of rights in use.

    Staff begin at the addresses `more`, too.
    """
    return [Visitor("stranger", starts=FOR_A_STRANGER), *applicants(), *stations(), *readers(), *members(more)]


def applicants() -> list[Visitor]:
    """Return somebody who has applied to become a reader, where the installation has an application."""
    from django.core import signing

    from wenlan.patrons.joining.models import Application
    from wenlan.web.portal import joining

    uid = Application.objects.order_by("-pk").values_list("uid", flat=True).first()
    kept = {joining.COOKIE: signing.dumps(str(uid), salt=joining.SALT)}
    return [Visitor("applicant", partial(dict, kept), starts=("/join/application/",))] if uid else []


def stations() -> list[Visitor]:
    """Return a self-service station of the hall with a reader before it, where the installation has one."""
    from django.http import HttpResponse

    from wenlan.protocols.kiosk import station
    from wenlan.protocols.models import Terminal
    from wenlan.protocols.sip2.terminals import view_of

    terminal, reader = Terminal.objects.filter(is_active=True).order_by("pk").first(), reader_with_loans()
    if terminal is None or reader is None:
        return []

    def cookies() -> dict[str, str]:
        device, answer = view_of(terminal), HttpResponse()
        station.remember_device(answer, device)
        card = reader.cards[0].number
        sitting = station.Sitting(patron=reader.id, card=card, began_at=clock.now(), is_proven=True)
        station.begin(answer, device, sitting)
        return {name: morsel.value for name, morsel in answer.cookies.items()}

    return [Visitor("station", cookies, starts=AT_A_STATION)]


def readers() -> list[Visitor]:
    """Return a reader who has set a password and has something at home, where there is one."""
    from django.http import HttpResponse

    from wenlan.web.portal import reading

    found = reader_with_loans()
    if found is None:
        return []
    answer = HttpResponse()
    reading.remember(answer, found)
    kept = {reading.COOKIE: answer.cookies[reading.COOKIE].value}
    return [Visitor("reader", partial(dict, kept), starts=("/", "/my/", "/my/entry/"))]


def reader_with_loans() -> PatronView | None:
    """Return the reader with a password who has the most at home."""
    from wenlan.patrons import queries
    from wenlan.patrons.models import Password

    kept = (queries.patron(patron) for patron in Password.objects.values_list("patron", flat=True)[:50])
    return max(kept, key=lambda reader: reader.open_loans, default=None)


def members(more: tuple[str, ...]) -> list[Visitor]:
    """Return members of staff signed in without a password, those first who may do the most at the most places.

    Whoever sees the whole network finds its lists filled, where a branch may have nothing in them.
    """
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    from wenlan.staff.queries import rights_by_node, visible_nodes

    found: dict[frozenset[str], tuple[int, Visitor]] = {}
    lists = (path for path in without_a_number() if path.startswith(("/desk/", "/keeper/")) and is_new_page(path, path))
    starts = tuple(dict.fromkeys((*STARTS_AT_THE_DESK, *LISTS_AT_THE_DESK, *full_pages(), *more, *lists)))
    for member in get_user_model().objects.filter(is_active=True).order_by("pk")[:200]:
        rights = frozenset[str]().union(*rights_by_node(member.pk, clock.today()).values())
        if rights not in found:
            client = Client()
            client.force_login(member)
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            kept = {settings.SESSION_COOKIE_NAME: session}
            reach = len(rights) * len(visible_nodes(member.pk, clock.today()))
            found[rights] = reach, Visitor(member.get_username(), partial(dict, kept), starts)
    if not found:
        raise Failure("nobody can sign in here; make a demonstration first: ./dev demo")
    return [visitor for _reach, visitor in sorted(found.values(), key=lambda one: -one[0])]


def full_pages() -> tuple[str, ...]:
    """Return addresses under which pages have something to show: the year before, and readers with loans."""
    from wenlan.catalogue.models import RecordVersion
    from wenlan.patrons import queries
    from wenlan.patrons.models import Password

    year = clock.today().year - 1
    span = f"start={year}-01-01&last={year}-12-31"
    pages = [f"/desk/figures/loans/?{span}", f"/desk/figures/loans/acts/?{span}", f"/desk/activities/?month={year}-12"]
    readers = [queries.patron(patron) for patron in Password.objects.values_list("patron", flat=True)[:3]]
    pages += [f"/desk/readers/{reader.id}/" for reader in readers]
    pages += [f"/desk/readers/?q={reader.cards[0].number}" for reader in readers]
    pages += [f"/desk/circulation/compensation/?q={reader.cards[0].number}" for reader in readers]
    changed = RecordVersion.objects.order_by("pk").values_list("record", flat=True).first()
    pages += [f"/desk/catalogue/{changed}/history/"] if changed else []
    return tuple(pages)


def find_pages(visitor: Visitor, browser: BrowserContext, address: str) -> tuple[dict[str, str], list[str]]:
    """Walk the links; return, by the name of its view, the first address of each page, and what did not answer.

    A start that this visitor may not open is no fault.
    """
    found: dict[str, str] = {}
    faults: list[str] = []
    waiting, seen = deque(visitor.starts), set(visitor.starts)
    while waiting and len(found) < MOST_PAGES:
        path = waiting.popleft()
        if view_name(path.partition("?")[0]) in found and path not in visitor.starts:
            continue
        answer = browser.request.get(address + path)
        if answer.status >= 400 and path not in visitor.starts:
            faults.append(f"{visitor.name}: {path} answers {answer.status}")
        if not answer.headers.get("content-type", "").startswith("text/html") or answer.status == 403:
            continue
        found.setdefault(view_name(urlsplit(answer.url).path), path)
        for link in LINK.findall(answer.text()):
            whole = urljoin(answer.url, unescape(link)).removeprefix(address)
            path = whole.partition("?")[0]
            if is_new_page(whole, path) and whole not in seen and view_name(path) not in found:
                seen.add(whole)
                waiting.append(whole)
    return found, faults


def is_new_page(whole: str, path: str) -> bool:
    """Whether an address may lead to a page at all."""
    return (
        path.startswith("/")
        and not any(part in whole for part in NOT_PAGES)
        and not whole.endswith(NOT_PAGES_AT_THE_END)
    )


def view_name(path: str) -> str:
    """Return the name of the view that answers under a path, in the form of a file name."""
    from django.urls import Resolver404, resolve

    try:
        return (resolve(path).view_name or "page").replace(":", "-")
    except Resolver404:
        return path.strip("/").replace("/", "-") or "home"
