"""Reads of schemes, kept numbers and the shelf list."""

from collections.abc import Collection

from django.db.models import QuerySet

from wenlan.holdings.call_numbers.policies import CallNumber, compose, sort_key, split
from wenlan.holdings.models import CallNumberScheme, Item, KeptNumber
from wenlan.holdings.queries import item_view
from wenlan.holdings.types import ClassRule, ItemStatus, ItemView, KeptNumberView, NumberState, Scheme
from wenlan.jobs import queries as jobs
from wenlan.kernel.words import say
from wenlan.network import queries as network

COUNTER = "call_number"
MOST_KEPT = 200
MOST_OF_A_CLASS = 2000
EVERYBODYS = Scheme()


def counter_name(scheme: str) -> str:
    """Return the counter's name of a scheme."""
    return f"{COUNTER}:{scheme}" if scheme else COUNTER


def schemes() -> dict[int, Scheme]:
    """Return the schemes that nodes have, by node (one statement)."""
    return {row.node_id: scheme_view(row) for row in CallNumberScheme.objects.all()}


def scheme_view(row: CallNumberScheme) -> Scheme:
    """Return the public side of a scheme."""
    return Scheme(
        code=row.code,
        name=say(row.names),
        node=row.node_id,
        book_numbers=row.book_numbers,
        author_table=row.author_table,
        rules=tuple(
            ClassRule(first=first, last=last, book_numbers=kind, author_table=table)
            for first, last, kind, table in row.rules
        ),
        lines={int(department): line for department, line in row.lines.items()},
        with_volume=row.with_volume,
        with_year=row.with_year,
        with_copy=row.with_copy,
    )


def scheme_of(node: int, known: dict[int, Scheme] | None = None) -> Scheme:
    """Return the scheme of a node: its own, the nearest above, or everybody's."""
    known = schemes() if known is None else known
    return next((known[place] for place in network.ancestors(node) if place in known), EVERYBODYS)


def places_of(scheme: Scheme, known: dict[int, Scheme] | None = None) -> frozenset[int]:
    """Return the nodes where a scheme is in force."""
    known = schemes() if known is None else known
    return frozenset(view.id for view in network.nodes() if scheme_of(view.id, known).code == scheme.code)


def last_number(scheme: Scheme, class_number: str) -> int:
    """Return the last running number of a class that was given out; 0 before the first."""
    return jobs.last_number(counter_name(scheme.code), class_number)


def kept_numbers(scheme: Scheme, class_number: str) -> tuple[KeptNumberView, ...]:
    """Return the numbers of a class that are reserved or free again, in order (one statement)."""
    return _kept(KeptNumber.objects.filter(scheme=scheme.code, class_number=class_number))


def kept_of(scheme: Scheme) -> tuple[KeptNumberView, ...]:
    """Return the numbers of a scheme that are reserved or free again, by class (one statement)."""
    return _kept(KeptNumber.objects.filter(scheme=scheme.code))


def kept_for(record: int) -> tuple[str, ...]:
    """Return the call numbers that are reserved for a record, in whichever scheme (one statement)."""
    rows = KeptNumber.objects.filter(record=record, state=NumberState.RESERVED).order_by("scheme", "number")
    return tuple(compose(CallNumber(class_number=row.class_number, book=str(row.number))) for row in rows)


def _kept(rows: QuerySet[KeptNumber]) -> tuple[KeptNumberView, ...]:
    rows = rows.exclude(state="used")
    return tuple(
        KeptNumberView(
            id=row.pk,
            class_number=row.class_number,
            number=row.number,
            state=row.state,
            record=row.record_id,
            changed_at=row.changed_at,
            operator=row.operator,
            note=row.note,
        )
        for row in rows.order_by("class_number", "number")[:MOST_KEPT]
    )


def shelf_list(class_number: str, nodes: Collection[int]) -> tuple[ItemView, ...]:
    """Return the items of one class at the nodes as they stand on the shelf (one statement, at most 2,000)."""
    start = CallNumber(class_number=class_number)
    rows = Item.objects.filter(shelved_at__in=nodes, call_number__startswith=compose(start))
    rows = rows.exclude(status=ItemStatus.WITHDRAWN).order_by("call_key", "barcode_key")
    return tuple(
        item_view(row) for row in rows[:MOST_OF_A_CLASS] if split(row.call_number).class_number == class_number
    )


def titles_with(call_number: str, nodes: Collection[int]) -> frozenset[int]:
    """Return the records whose items at the nodes carry the class and book number (one statement)."""
    parts = split(call_number)
    bare = compose(CallNumber(class_number=parts.class_number, book=parts.book, line=parts.line))
    rows = Item.objects.filter(call_number__startswith=bare, shelved_at__in=nodes).exclude(status=ItemStatus.WITHDRAWN)
    wanted = sort_key(bare)
    found = rows.values_list("record_id", "call_number")
    return frozenset(record for record, text in found if sort_key(_bare(text)) == wanted)


def _bare(text: str) -> str:
    parts = split(text)
    return compose(CallNumber(class_number=parts.class_number, book=parts.book, line=parts.line))
