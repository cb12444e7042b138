"""Reads of notices, where each stands, and what waits for a person."""

from collections import Counter
from collections.abc import Collection

from django.db.models import Count, Q

from wenlan.kernel.words import say
from wenlan.notices import composing, rulebook, wordings
from wenlan.notices.models import Delivery, Notice, OwnWording, Sender, Wish
from wenlan.notices.types import (
    OUTSIDE,
    DeliveryView,
    Means,
    NoticeView,
    Rule,
    SenderView,
    Sendings,
    Standing,
    Wording,
)
from wenlan.patrons import queries as patrons
from wenlan.patrons.types import masked_phone


def notices(
    nodes: Collection[int],
    *,
    standing: str = "",
    means: str = "",
    code: str = "",
    before: int | None = None,
    limit: int = 50,
) -> tuple[NoticeView, ...]:
    """Return notices of places, the latest first, with their ways (two statements)."""
    rows = Notice.objects.filter(node__in=nodes)
    ways = Q()
    if standing:
        ways &= Q(standing=standing)
    if means:
        ways &= Q(means=means)
    if standing or means:
        rows = rows.filter(pk__in=Delivery.objects.filter(ways).values("notice"))
    if code:
        rows = rows.filter(code=code)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return tuple(notice_view(row) for row in rows.order_by("-pk").prefetch_related("ways")[:limit])


def of_reader(patron: int, *, limit: int = 50) -> tuple[NoticeView, ...]:
    """Return what is kept among a reader's messages, the latest first (one statement)."""
    kept = Delivery.objects.filter(means=Means.IN_APP).values("notice")
    rows = Notice.objects.filter(patron=patron, pk__in=kept)
    return tuple(notice_view(row, with_ways=False) for row in rows.order_by("-pk")[:limit])


def unread(patron: int) -> int:
    """Return how many of a reader's messages are new (one statement)."""
    kept = Delivery.objects.filter(means=Means.IN_APP).values("notice")
    return Notice.objects.filter(patron=patron, read_at=None, pk__in=kept).count()


def sendings(key_begins: str) -> Sendings:
    """Return what became of the notices whose keys begin so (three statements)."""
    rows = Notice.objects.filter(key__startswith=key_begins)
    ways = Delivery.objects.filter(notice__in=rows.values("pk"))
    gone = Q(means__in=OUTSIDE, standing__in=[Standing.SENT, Standing.ARRIVED]) | Q(standing=Standing.PRINTED)
    reached = Q(read_at__isnull=False) | Q(pk__in=ways.filter(gone).values("notice"))
    counted = ways.values_list("means", "standing").annotate(n=Count("id")).order_by()
    return Sendings(
        notices=rows.count(),
        reached=rows.filter(reached).count(),
        ways={(means, standing): n for means, standing, n in counted},
    )


def first_ways(readers: Collection[int], *, code: str) -> Counter[str]:
    """Return by which ways readers would be told something first, in readers (six statements and two for a library).

    Who is reached by none outside is told on line and, where the notice prints, by a slip.
    """
    views = patrons.patrons_by_id(readers)
    wishes = {one.patron_id: one for one in Wish.objects.filter(patron__in=readers)}
    rules: dict[int, Rule] = {}
    senders: dict[int, dict[str, Sender]] = {}
    found: Counter[str] = Counter()
    for view in views.values():
        node = view.home_node
        if node not in rules:
            rules[node], senders[node] = rulebook.rule_at(node), rulebook.senders_at(node)
        person = composing.Reader(view=view, wish=wishes.get(view.id) or Wish(), phone="")
        on_line = Means.PRINT if wordings.shipped()[code].prints else Means.IN_APP
        way = None if code in rules[node].off else composing.first_way(person, rules[node], senders[node], code)
        found[way or on_line] += 1
    return found


def standings(nodes: Collection[int]) -> dict[str, int]:
    """Return how many ways stand where, without those that need nobody (one statement)."""
    rows = Delivery.objects.filter(notice__node__in=nodes).exclude(standing=Standing.ARRIVED)
    return dict(rows.values_list("standing").annotate(count=Count("id")).order_by())


def slips(nodes: Collection[int], *, limit: int = 200) -> tuple[tuple[int, NoticeView], ...]:
    """Return the slips to be printed as (id of the way, notice), by library (one statement)."""
    rows = Delivery.objects.filter(standing=Standing.TO_PRINT, notice__node__in=nodes).select_related("notice")
    return tuple(
        (row.pk, notice_view(row.notice, with_ways=False)) for row in rows.order_by("notice__node", "pk")[:limit]
    )


def senders(nodes: Collection[int]) -> tuple[SenderView, ...]:
    """Return the carriers set up at places (one statement)."""
    rows = Sender.objects.filter(node__in=nodes).order_by("node", "means")
    return tuple(rulebook.sender_view(row) for row in rows)


def own_wording(node: int, code: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return title and text that a place itself says, by language; empty where it says them as shipped."""
    row = OwnWording.objects.filter(node=node, code=code).first()
    return (row.title, row.text) if row else ({}, {})


def own_codes(node: int) -> frozenset[str]:
    """Return the codes that a place says in its own words (one statement)."""
    return frozenset(OwnWording.objects.filter(node=node).values_list("code", flat=True))


def kinds() -> tuple[Wording, ...]:
    """Return the kinds of notices there are."""
    return tuple(wordings.shipped().values())


def wish(patron: int) -> tuple[str, frozenset[str], bool]:
    """Return a reader's language, the ways not wanted, and whether a WeChat account is known (one statement)."""
    row = Wish.objects.filter(patron=patron).first() or Wish()
    return row.language, frozenset(row.unwanted), bool(row.wechat)


def notice_view(row: Notice, *, with_ways: bool = True) -> NoticeView:
    """Return the public side of a notice."""
    said = wordings.shipped().get(row.code)
    return NoticeView(
        id=row.pk,
        code=row.code,
        name=say(said.name) if said else row.code,
        patron=row.patron_id,
        node=row.node_id,
        title=row.title,
        text=row.text,
        made_at=row.made_at,
        read_at=row.read_at,
        ways=tuple(delivery_view(way) for way in row.ways.all()) if with_ways else (),
    )


def delivery_view(row: Delivery) -> DeliveryView:
    """Return one way of a notice, the address masked."""
    return DeliveryView(
        id=row.pk,
        means=row.means,
        standing=row.standing,
        to=masked_address(row.to),
        tries=row.tries,
        due_at=row.due_at,
        settled_at=row.settled_at,
        details=row.details,
    )


def masked_address(address: str) -> str:
    """Return a telephone, an e-mail address or an account with its middle hidden."""
    name, sign, domain = address.partition("@")
    return f"{name[:1]}***@{domain}" if sign else masked_phone(address)
