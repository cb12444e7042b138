"""Where a reader sits, whether they may open a resource, and what a supplier's table says."""

import csv
import hmac
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from ipaddress import ip_address, ip_network

from wenlan.digital.access.types import OpenTo, Way

METRIC = "Total_Item_Requests"
NAMES = ("Database", "Platform", "Title")
ABBREVIATIONS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS = {name: number for number, name in enumerate(ABBREVIATIONS, 1)}
FIRST_YEAR = 1990
MOST_DIGITS = 12  # of a number of items
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
    """Return the node in whose network an address lies, the narrowest range first; None for an address outside.

    An address of version 4 as a socket of version 6 tells it (::ffff:10.1.2.7, RFC 4291 2.5.5.2) is the one meant.
    """
    try:
        at = ip_address(address)
    except ValueError:
        return None
    at = getattr(at, "ipv4_mapped", None) or at
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
    try:
        lines = list(csv.reader(text.splitlines(), delimiter="\t" if "\t" in text else ","))
    except csv.Error:
        return []
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


def added_up(found: Iterable[Stated], known: Mapping[str, int]) -> list[Stated]:
    """Return one number for each resource and month; `known` are resources by the names in use, in lower case.

    What stands under several names of a resource is told under the first; unknown names stay as they are.
    """
    sums: dict[tuple[int | str, date], Stated] = {}
    for one in found:
        key = known.get(one.named.lower(), one.named), one.month
        first = sums.get(key)
        sums[key] = one if first is None else replace(first, items=first.items + one.items)
    return list(sums.values())


def month_of(text: str) -> date | None:
    """Return the first day of a month written as Mar-2020 or 2020-03; None for anything else."""
    year = month = 0
    if named := NAMED_MONTH.fullmatch(text.strip()):
        year, month = int(named[2]), MONTHS.get(named[1].lower(), 0)
    elif numbered := NUMBERED_MONTH.fullmatch(text.strip()):
        year, month = int(numbered[1]), int(numbered[2])
    return date(year, month, 1) if year >= FIRST_YEAR and 1 <= month <= len(MONTHS) else None


def number_in(line: Collection[str], place: int) -> int:
    """Return the whole number in a place of a line, 0 for none and for one that no supplier can mean."""
    text = list(line)[place].replace(",", "").strip() if place < len(line) else ""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else 0
