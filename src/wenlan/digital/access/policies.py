"""Where a reader sits, whether they may open a resource, and what a supplier's table says."""

import csv
import hmac
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from ipaddress import ip_address, ip_network

from wenlan.digital.access.types import OpenTo, Way

METRIC = "Total_Item_Requests"
NAMES = ("Database", "Platform", "Title")
ABBREVIATIONS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS = {name: number for number, name in enumerate(ABBREVIATIONS, 1)}
NAMED_MONTH = re.compile(r"([A-Za-z]{3})-(\d{4})")
NUMBERED_MONTH = re.compile(r"(\d{4})-(\d{1,2})(?:-\d{1,2})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """One number of a supplier's table: of what, in which month, how many items were requested."""

    named: str
    month: date
    items: int


def is_range(text: str) -> bool:
    """Return whether a text is a range of addresses, as 10.1.2.0/24 or 2001:db8::/32."""
    try:
        ip_network(text, strict=False)
    except ValueError:
        return False
    return True


def house_of(address: str, ranges: Iterable[tuple[int, str]]) -> int | None:
    """Return the node in whose network an address lies, the narrowest range first; None for an address outside."""
    try:
        at = ip_address(address)
    except ValueError:
        return None
    known = [(ip_network(text, strict=False), node) for node, text in ranges]
    holding = [(net.prefixlen, node) for net, node in known if net.version == at.version and at in net]
    return max(holding)[1] if holding else None


def may_open(open_to: str, *, is_reader: bool, is_in_house: bool) -> bool:
    """Return whether somebody may open a resource. A closed house closes no resource."""
    return open_to == OpenTo.ALL or is_reader or is_in_house


def way(*, is_in_house: bool, is_shut: bool) -> Way:
    """Return how a resource is being used."""
    if is_in_house:
        return Way.HOUSE
    return Way.REMOTE_SHUT if is_shut else Way.REMOTE


def signature(secret: bytes, *, reader: str, expires: int) -> str:
    """Return the signature that a supplier checks: HMAC-SHA256 over `reader|expires`, in hexadecimal digits."""
    return hmac.new(secret, f"{reader}|{expires}".encode(), sha256).hexdigest()


def stated(text: str) -> list[Stated]:
    """Return the items requested by name and month in a COUNTER table (release 5, CSV or tab separated).

    Lines above the head are passed over; names of one resource in several lines are added up. Empty: no such table.
    """
    lines = list(csv.reader(text.splitlines(), delimiter="\t" if "\t" in text else ","))
    head = next((number for number, line in enumerate(lines) if "Metric_Type" in line), None)
    if head is None:
        return []
    columns = {name: place for place, name in enumerate(lines[head])}
    months = [(place, month) for name, place in columns.items() if (month := month_of(name))]
    name_at = next((columns[name] for name in NAMES if name in columns), None)
    if name_at is None:
        return []
    found: dict[tuple[str, date], int] = {}
    for line in lines[head + 1 :]:
        if len(line) > columns["Metric_Type"] and line[columns["Metric_Type"]].strip() == METRIC:
            for place, month in months:
                key = line[name_at].strip(), month
                found[key] = found.get(key, 0) + number_in(line, place)
    return [Stated(named=named, month=month, items=items) for (named, month), items in found.items()]


def month_of(text: str) -> date | None:
    """Return the first day of a month written as Mar-2020 or 2020-03; None for anything else."""
    if (named := NAMED_MONTH.fullmatch(text.strip())) and named[1].lower() in MONTHS:
        return date(int(named[2]), MONTHS[named[1].lower()], 1)
    numbered = NUMBERED_MONTH.fullmatch(text.strip())
    return date(int(numbered[1]), int(numbered[2]), 1) if numbered and 1 <= int(numbered[2]) <= len(MONTHS) else None


def number_in(line: Collection[str], place: int) -> int:
    """Return the whole number in a place of a line, 0 for none."""
    text = list(line)[place].replace(",", "").strip() if place < len(line) else ""
    return int(text) if text.isdecimal() else 0
