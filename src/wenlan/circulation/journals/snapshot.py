"""What a device takes along to lend without a line: cards and items around a place, rules, open days.

Only what is needed: a card as a salted hash of its number, the reader's name masked, what stands against lending,
how many items the reader has; no address, no birth, no title that somebody has at home but those of the items
themselves. Rows are dealt into buckets; a device says the digests that it has and gets those that differ.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from wenlan.circulation import policies, rulebook
from wenlan.circulation.journals import statements
from wenlan.circulation.journals.kinds import LimitedKinds
from wenlan.circulation.journals.statements import CardAround, ItemAround
from wenlan.circulation.types import Decision, Refusal
from wenlan.holdings.types import Lending
from wenlan.network import queries as network
from wenlan.network import trees
from wenlan.patrons import queries as patrons
from wenlan.patrons.identity import key
from wenlan.patrons.types import CardStatus, CategoryView, PatronStatus

VERSION = 1
MOST_READERS, MOST_ITEMS = 60_000, 60_000
BUCKETS = 1024
HASH_SIGNS, DIGEST_SIGNS = 20, 10
LONGEST_TITLE = 40
DAYS_AHEAD = 400
RULE_DAYS = 31
USUAL_MATERIAL = "book"
Rows = dict[str, list[list[Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Around what a device works: its node, and the readers' and items' nodes."""

    node: int
    readers_of: frozenset[int]
    items_of: frozenset[int]


def snapshot(*, node: int, now: datetime, on: date, have: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Return what differs from what a device has (`have`: digests by bucket, of `cards` and of `items`).

    At most 60,000 cards and as many items: the readers of the widest place above the node that has no more, and
    what stands under the node or was lent there. Costs a fixed number of statements but for one for each level.
    """
    place = around(node, on)
    cards = statements.cards_around(place.readers_of, on=on, most=MOST_READERS)
    items = statements.items_around(place.items_of, most=MOST_ITEMS)
    said = Rules(node, on)
    names = patrons.masked_names(place.readers_of)
    kinds = sorted({(item.owner, item.material) for item in items} | {(node, USUAL_MATERIAL)})
    numbered = {kind: number for number, kind in enumerate(kinds)}
    tables = said.tables(kinds)
    had = said.limited.counts(statements.loans_by_kind(place.readers_of)) if said.limited.limits else {}
    dealt = {
        "cards": deal(([*card_row(card, said, names), had.get(card.patron, [])] for card in cards), salt=""),
        "items": deal((item_row(item, numbered) for item in items), salt="item"),
    }
    return {
        "version": VERSION,
        "now": now.isoformat(),
        "salt": salt_of(node),
        "categories": said.categories,
        "rules": tables,
        "kinds": [said.limited.of(*kind) for kind in kinds],
        "usual": numbered[node, USUAL_MATERIAL],
        "closed": said.closed,
        "refusals": {one.value: str(one.label) for one in Refusal},
        "counts": {"cards": len(cards), "items": len(items)},
        **{name: differing(rows, have.get(name, {})) for name, rows in dealt.items()},
    }


def around(node: int, on: date) -> Place:
    """Return the widest place above a node whose readers a device can take along."""
    readers_of = network.subtree(node, on)
    for above in network.ancestors(node, on)[1:]:
        wider = network.subtree(above, on)
        if statements.readers_around(wider, most=MOST_READERS + 1) > MOST_READERS:
            break
        readers_of = wider
    return Place(node=node, readers_of=readers_of, items_of=network.subtree(node, on))


def salt_of(node: int) -> str:
    """Return what the card numbers of a place are hashed with."""
    return hmac.new(key("off-line-cards"), str(node).encode(), hashlib.sha256).hexdigest()[:32]


def card_hash(salt: str, number_key: str) -> str:
    """Return what a device finds a card by."""
    return hashlib.sha256(f"{salt}:{number_key}".encode()).hexdigest()[:HASH_SIGNS]


class Rules:
    """What the rules say at a place, today and on the days within a month on which they change."""

    def __init__(self, node: int, on: date) -> None:
        self.node, self.on = node, on
        self.tree, self.book = trees.current(), rulebook.at_hand()
        self.of_category = {one.id: number for number, one in enumerate(self.book.categories.values())}
        self.categories = [self.category(one) for one in self.book.categories.values()]
        self.salt = salt_of(node)
        self.limited = LimitedKinds(self.tree, on)

    def decision(self, category: str, owner: int, material: str, on: date) -> Decision | None:
        """Return what the rules say of a loan here."""
        return self.book.decision(self.tree, node=self.node, owner=owner, category=category, material=material, on=on)

    def category(self, one: CategoryView) -> dict[str, Any]:
        """Return a category with its limits here."""
        said = self.decision(one.code, self.node, USUAL_MATERIAL, self.on)
        return {
            "name": one.name,
            "limit": policies.limit_in_all(said, of_category=one.loan_limit),
            "late": one.overdue_limit,
            "floor": said.credit_floor if said else None,
            "owed": said.owed_limit_fen if said else None,
            "code": one.code,
            "joins": one.is_open and not one.is_institution,
            "guardian_under": one.needs_guardian_under,
            "days": said.loan_days if said else None,
        }

    def tables(self, kinds: Iterable[tuple[int, str]]) -> list[dict[str, Any]]:
        """Return from which day which terms hold, by kind of item and category; terms are numbered."""
        terms: list[dict[str, Any]] = []
        found = []
        for since in self.days():
            rows = [
                [self.numbered(terms, self.decision(one.code, owner, material, since)) for one in self.named()]
                for owner, material in kinds
            ]
            found.append({"since": since.isoformat(), "terms": rows})
        return [{"all": terms}, *found]

    def named(self) -> Iterable[CategoryView]:
        """Return the categories in their order."""
        return self.book.categories.values()

    def days(self) -> list[date]:
        """Return today and the days of the next month on which a rule begins or ends."""
        last = self.on + timedelta(days=RULE_DAYS)
        turning = {day for rule in self.book.rules for day in (rule.from_day, rule.until_day) if day is not None}
        return sorted({self.on, *(day for day in turning if self.on < day <= last)})

    def numbered(self, terms: list[dict[str, Any]], said: Decision | None) -> int:
        """Return the number of what is said among the terms; -1 where no rule holds."""
        if said is None:
            return -1
        told = {
            "days": said.loan_days,
            "renewals": said.renewals,
            "renewal_days": said.renewal_days,
            "renew_from": said.renew_from,
            "fixed_on": said.fixed_due_on.isoformat() if said.fixed_due_on else "",
            "fixed": said.fixed_due,
            "limits": self.limited.most(said),
        }
        if told not in terms:
            terms.append(told)
        return terms.index(told)

    @property
    def closed(self) -> list[str]:
        """The days within the longest loan on which the place is closed."""
        days = (self.on + timedelta(days=number) for number in range(DAYS_AHEAD))
        return [day.isoformat() for day in days if not self.tree.is_open(self.node, day)]


def card_row(card: CardAround, said: Rules, names: Mapping[int, str]) -> list[Any]:
    """Return a card: hash, masked name, category, what stands against it, days, loans, days late."""
    kind = said.of_category[card.category]
    against = [
        flag
        for flag, holds in (
            ("card_lost", card.card_status == CardStatus.LOST),
            ("card_suspended", card.card_status == CardStatus.SUSPENDED),
            ("reader_suspended", card.status == PatronStatus.SUSPENDED and card.suspended_until is None),
            *owing(card, said.categories[kind]),
        )
        if holds
    ]
    until = day_text(card.suspended_until) if card.status == PatronStatus.SUSPENDED else ""
    hashed = card_hash(said.salt, card.number_key)
    name = names.get(card.patron, "")
    return [hashed, name, kind, against, until, day_text(card.valid_until), card.open_loans, card.late]


def owing(card: CardAround, category: Mapping[str, Any]) -> Iterable[tuple[str, bool]]:
    """Yield what the reader's account says against lending."""
    floor, owed, late = category["floor"], category["owed"], category["late"]
    yield "credit_too_low", card.credit_points is not None and floor is not None and card.credit_points < floor
    yield "sums_owed", owed is not None and card.owed_fen > owed
    yield "items_overdue", late is not None and card.late >= late


def item_row(item: ItemAround, kinds: Mapping[tuple[int, str], int]) -> list[Any]:
    """Return an item: barcode, scope, title, status, kind, may be lent, is waited for, due day, renewals."""
    return [
        item.barcode_key,
        item.scope,
        item.title[:LONGEST_TITLE],
        item.status,
        kinds[item.owner, item.material],
        int(item.lending == Lending.LENDABLE),
        int(item.reserved),
        day_text(item.due_on),
        item.renewals or 0,
    ]


def day_text(day: date | str | None) -> str:
    """Return a day as text; SQLite gives it so."""
    return day if isinstance(day, str) else day.isoformat() if day else ""


def deal(rows: Iterable[list[Any]], *, salt: str) -> Rows:
    """Return the rows by bucket: those of a card by its hash, those of an item by its barcode's."""
    dealt: Rows = {}
    for row in rows:
        sign = row[0] if not salt else hashlib.sha256(row[0].encode()).hexdigest()
        dealt.setdefault(f"{int(sign[:6], 16) % BUCKETS:x}", []).append(row)
    return dealt


def differing(dealt: Rows, have: Mapping[str, str]) -> dict[str, Any]:
    """Return the buckets that a device lacks or has otherwise, with their digests, and those that are empty now."""
    changed = {}
    for bucket, rows in dealt.items():
        digest = hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()[:DIGEST_SIGNS]
        if have.get(bucket) != digest:
            changed[bucket] = [digest, rows]
    return {"changed": changed, "gone": sorted(set(have) - dealt.keys())}


def readable_have(sent: object) -> dict[str, dict[str, str]]:
    """Return the digests that a device says it has; what is no such thing counts as none."""
    if not isinstance(sent, Mapping):
        return {}
    return {
        name: {str(bucket)[:8]: str(digest)[:DIGEST_SIGNS] for bucket, digest in list(held.items())[:BUCKETS]}
        for name in ("cards", "items")
        if isinstance(held := sent.get(name), Mapping)
    }
