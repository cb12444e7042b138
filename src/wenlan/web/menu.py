"""The desk's menu: every page that is a place of work, in the groups in which a librarian thinks of the day.

A page is offered to whoever may open it: the right is the one its view `needs`, and stands nowhere else. The key of a
group (Alt and a digit) and of a page in it are their places in this list, so they are the same for everybody.
"""

import tomllib
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from django.urls import resolve, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenlan.staff.types import Right

KEYS = "123456789abcdefghijklmnopqrstuvwxyz"

MENU = (
    (_("Lend and return"), (
        (_("At the counter"), (
            (_("Lending desk"), "circulation:desk"),
            (_("Overdue"), "circulation:overdue"),
            (_("Dunning"), "desk:reminders"),
            (_("Slips by class"), "desk:slips"),
            (_("Recall campaigns"), "circulation:campaigns"),
            (_("Compensation"), "circulation:compensation"),
            (_("Duty roster"), "circulation:roster"),
        )),
        (_("Other ways to lend"), (
            (_("Group loans"), "circulation:groups"),
            (_("Orders of books"), "circulation:orders"),
            (_("Themed sets"), "circulation:menus"),
            (_("Books to the door"), "doorstep:runs"),
            (_("Use in the house"), "circulation:in_house"),
            (_("Book drifting"), "circulation:drifting"),
            (_("Loans told by points"), "circulation:tallies"),
        )),
        (_("Off line and on paper"), (
            (_("Desk without a line"), "circulation:off_line"),
            (_("Without a line"), "circulation:journals"),
            (_("Paper registers"), "circulation:paper"),
        )),
    )),
    (_("Reserve and move"), (
        (_("Reservations and crates"), (
            (pgettext_lazy("at the desk", "Reservations"), "circulation:reservations"),
            (_("Transport"), "circulation:transport"),
        )),
        (_("Stock on the move"), (
            (_("Transfers"), "holdings:transfers"),
            (_("Rotation plan"), "holdings:rotation"),
            (_("Bulk deposits"), "holdings:deposits"),
        )),
    )),
    (_("Readers"), (
        (_("Readers and cards"), (
            (_("Readers"), "patrons:search"),
            (_("Register a reader"), "patrons:register"),
            (_("Applications"), "patrons:applications"),
            (_("Lists of readers"), "patrons:intakes"),
            (_("Classes and units"), "patrons:units"),
            (_("Strike off"), "patrons:strike_off"),
        )),
        (_("Credit"), (
            (_("Readers' accounts"), "credit:home"),
            (_("Requests to look again"), "credit:reviews"),
            (_("Amnesties"), "credit:amnesties"),
        )),
        (_("Till"), (
            (_("Drawer"), "till:home"),
            (_("Refunds and waivers"), "till:approvals"),
            (_("Numbered receipts"), "till:receipts"),
            (_("Deposits held"), "till:deposits"),
            (_("End of a deposit scheme"), "till:schemes"),
            (_("Close of the day"), "till:days"),
        )),
        (_("Notices"), (
            (_("What went out"), "notices:log"),
            (_("Slips"), "notices:slips"),
        )),
    )),
    (_("Titles and items"), (
        (_("Catalogue"), (
            (_("Catalogue"), "catalogue:search"),
            (_("Classes"), "catalogue:classes"),
            (_("Cataloguing"), "catalogue:begin"),
            (_("Copy cataloguing"), "copying:search"),
            (_("Names and subjects"), "catalogue:authorities"),
            (_("Imports"), "catalogue:imports"),
            (_("Handed to union centres"), "uploading:uploads"),
        )),
        (_("Purchases"), (
            (_("Acquisitions"), "acquisitions:batches"),
            (_("Receive a batch"), "acquisitions:receive"),
            (_("Suppliers"), "acquisitions:suppliers"),
            (_("Choosing at the bookshop"), "bookshop:counter"),
            (_("Bookshop campaigns"), "bookshop:campaigns"),
        )),
        (_("Items"), (
            (_("Items"), "holdings:find"),
            (_("Batch changes"), "holdings:batches"),
            (_("Take in a file"), "holdings:incoming"),
            (_("Call numbers"), "holdings:call_numbers"),
            (_("Labels"), "labels:desk"),
            (_("Barcodes printed ahead"), "labels:all_series"),
            (_("RFID tags"), "tags:station"),
        )),
        (_("Care of the stock"), (
            (_("Handover"), "holdings:handovers"),
            (_("Stocktaking"), "holdings:counts"),
            (_("Weeding"), "holdings:weedings"),
            (_("Registers of the stock"), "holdings:registers"),
            (_("Repair and bindery"), "holdings:treatments"),
            (_("Shelving"), "shelving:home"),
        )),
    )),
    (_("Rooms and events"), (
        (_("Reading and visits"), (
            (_("Reading-room desks"), "circulation:reading"),
            (_("Visits"), "facilities:visits"),
            (_("Capped admission"), "facilities:admission"),
            (_("Openings as kept"), "facilities:openings"),
            (_("Keeper's page"), "keeper:today"),
        )),
        (_("Book bus"), (
            (_("Trips of the bus"), "bus:trips"),
            (_("Lines and stops"), "bus:plan"),
        )),
        (_("Activities"), (
            (_("Activities"), "activities:list"),
            (_("Digital resources"), "digital:resources"),
            (_("Programmes"), "activities:programmes"),
            (_("Plan of the year"), "activities:plan"),
            (_("Volunteers"), "volunteers:list"),
        )),
    )),
    (_("Reports"), (
        (_("Figures"), (
            (_("Figures"), "indicators:today"),
            (_("Rankings"), "circulation:rankings"),
            (_("Workload"), "desk:workload"),
            (_("Holidays and seasons"), "indicators:calendar"),
            (_("Dictionary of measures"), "indicators:dictionary"),
        )),
        (_("Books and reports"), (
            (_("Record books"), "registers:books"),
            (_("Annual report"), "annual_report:editions"),
        )),
    )),
    (_("Settings"), (
        (_("Rules"), (
            (_("Lending rules"), "circulation:rules"),
            (_("Closures and due dates"), "circulation:closures"),
            (_("Categories"), "patrons:categories"),
            (_("Registration on line"), "patrons:joining_rules"),
            (_("Rules of credit and charges"), "credit:rules"),
        )),
        (_("What readers are told"), (
            (_("Wordings"), "notices:wordings"),
            (_("Ways and hours"), "notices:rules"),
        )),
        (_("For cataloguers"), (
            (_("Schemes of call numbers"), "holdings:schemes"),
            (_("Targets of copy cataloguing"), "copying:targets"),
            (_("Protected fields"), "copying:protection"),
            (_("Union centres"), "uploading:centres"),
        )),
        (_("Devices and systems"), (
            (_("Devices"), "devices:devices"),
            (_("Pad and card readers of this computer"), "desk:agent"),
            (_("Moving in"), "moving:runs"),
            (_("Machines"), "machines:list"),
        )),
    )),
)  # fmt: skip
ELSEWHERE = (
    (_("Look for a reader"), "patrons:search"),
    (_("Look in the catalogue"), "catalogue:search"),
    (_("Look for a barcode"), "holdings:find"),
)


class Page(NamedTuple):
    """A page of the menu as it stands for everybody."""

    label: Any
    url: str
    rights: tuple[Right, ...]
    key: str

    def opens(self, allowed: Collection[str]) -> bool:
        """Whether these rights open it."""
        return not self.rights or any(right.value in allowed for right in self.rights)


@cache
def known_pages() -> dict[str, Page]:
    """Return the pages by the names of their views, with their addresses, rights and keys."""
    found = {}
    for _label, sections in MENU:
        keys = iter(KEYS)
        for _section, pages in sections:
            for label, name in pages:
                url = reverse(name)
                found[name] = Page(label, url, rights_of(url), next(keys))
    return found


def rights_of(url: str) -> tuple[Right, ...]:
    """Return the rights of which the view behind an address needs one; none: any staff."""
    return getattr(resolve(url).func, "rights", ())


@cache
def readings() -> dict[str, str]:
    """Return how the pages' Chinese names are read, in pinyin; what is typed to find a page."""
    text = files("wenlan.web").joinpath("readings.toml").read_text(encoding="utf-8")
    known: dict[str, str] = tomllib.loads(text)["readings"]
    return known


def offered(path: str, allowed: Collection[str]) -> list[dict[str, Any]]:
    """Return the groups of pages that these rights open, and where among them `path` stands; no empty one is left."""
    open_ = {name: page for name, page in known_pages().items() if page.opens(allowed)}
    here = max((page.url for page in open_.values() if path.startswith(page.url)), key=len, default="")
    groups = ((label, str(number), told(sections, open_, here)) for number, (label, sections) in enumerate(MENU, 1))
    return [marked({"label": label, "key": key, "parts": parts}, parts) for label, key, parts in groups if parts]


def told(
    sections: Iterable[tuple[Any, Sequence[tuple[Any, str]]]], open_: dict[str, Page], here: str
) -> list[dict[str, Any]]:
    """Return the sections of a group with the pages that open."""
    parts = []
    for label, names in sections:
        pages = [shown(open_[name], here) for _label, name in names if name in open_]
        if pages:
            parts.append(marked({"label": label, "pages": pages}, pages))
    return parts


def shown(page: Page, here: str) -> dict[str, Any]:
    """Return a page as the menu shows it."""
    label = str(page.label)
    reads = readings().get(label, "")
    return {"label": label, "url": page.url, "key": page.key, "reads": reads, "current": page.url == here}


def marked(whole: dict[str, Any], parts: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a group or a section, saying whether the page shown belongs to it, and its first address."""
    return whole | {"url": parts[0]["url"], "current": any(part["current"] for part in parts)}


def here(groups: Iterable[dict[str, Any]]) -> str:
    """Return the way to the page shown, in words: 借还 › 逾期; empty when it stands outside the menu."""
    return next(
        (
            f"{group['label']} › {page['label']}"
            for group in groups
            for part in group["parts"]
            for page in part["pages"]
            if page["current"]
        ),
        "",
    )


def siblings(groups: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return the section that the page shown belongs to; nothing when it stands outside the menu or alone."""
    found = next((part for group in groups for part in group["parts"] if part["current"]), None)
    return found if found and len(found["pages"]) > 1 else {}


def elsewhere(allowed: Collection[str]) -> list[dict[str, Any]]:
    """Return the searches that what was typed can be handed to when it is no page's name."""
    pages = known_pages()
    asked = ((words, pages[name]) for words, name in ELSEWHERE)
    may_open = (one for one in asked if one[1].opens(allowed))
    return [{"words": words, "url": f"{page.url}?q="} for words, page in may_open]
