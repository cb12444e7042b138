"""Giving out book numbers: two cataloguers can never get the same one."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db import transaction

from wenlan.catalogue import queries as catalogue
from wenlan.catalogue.types import ShelfFacts
from wenlan.holdings.call_numbers import author_tables, queries
from wenlan.holdings.call_numbers.copies import Copy, copy_marks
from wenlan.holdings.call_numbers.policies import CallNumber, compose, rule_for, running_number, sort_key, split
from wenlan.holdings.errors import CallNumberTaken, ClassMissing, NumberNotFree
from wenlan.holdings.models import Item, KeptNumber
from wenlan.holdings.states import CHUNK, lock_items
from wenlan.holdings.types import BookNumbers, ItemStatus, NumberState, Scheme
from wenlan.jobs import operations as jobs
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import NotFound
from wenlan.staff.operations import audit

Wanted = tuple[str, int]  # the scheme's code and the record


def bare(text: str) -> str:
    """Return class and book number alone, with the collection's line: what all copies of a title share."""
    parts = split(text)
    return compose(CallNumber(class_number=parts.class_number, book=parts.book, line=parts.line))


def marks(
    act: Act, wanted: Collection[Wanted], records: Mapping[int, ShelfFacts], schemes: Mapping[str, Scheme]
) -> dict[Wanted, str]:
    """Return the shelf mark of each record in each scheme, with few statements: that of its other items, else the
    number reserved for it, else the next of its class or its author's number.

    Without a class number there is none; by hand means an empty one until somebody writes it.
    """
    found = dict.fromkeys(wanted, "")
    found |= _marks_of_items({record for _, record in wanted}, found, schemes)
    unmarked = [one for one in sorted(wanted) if not found[one] and records[one[1]].class_number]
    found |= _reserved(act, unmarked, records)
    running = [one for one in unmarked if not found[one] and _kind(schemes, records, one) == BookNumbers.RUNNING]
    needed = Counter((code, records[record].class_number) for code, record in running)
    following = {
        place: jobs.next_number(queries.counter_name(place[0]), place[1], count=count)
        for place, count in sorted(needed.items())
    }
    for one in running:
        place = one[0], records[one[1]].class_number
        found[one] = compose(CallNumber(class_number=place[1], book=str(following[place])))
        following[place] += 1
    for one in unmarked:
        kind, table = rule_for(schemes[one[0]], records[one[1]].class_number)
        if not found[one] and kind == BookNumbers.AUTHOR:
            found[one] = author_mark(records[one[1]], table)
    return found


def _kind(schemes: Mapping[str, Scheme], records: Mapping[int, ShelfFacts], one: Wanted) -> str:
    return rule_for(schemes[one[0]], records[one[1]].class_number)[0]


def author_mark(record: ShelfFacts, table: str) -> str:
    """Return class and author number; the title stands in for an author who is not named."""
    name = next(iter(record.authors), "") or record.title_proper
    number = author_tables.table(table or author_tables.SHIPPED).number(name)
    return compose(CallNumber(class_number=record.class_number, book=number))


def _marks_of_items(records: set[int], wanted: Collection[Wanted], schemes: Mapping[str, Scheme]) -> dict[Wanted, str]:
    places = {code: queries.places_of(scheme) for code, scheme in schemes.items()} if len(schemes) > 1 else {}
    found: dict[Wanted, str] = {}
    ids = sorted(records)
    for start in range(0, len(ids), CHUNK):
        rows = Item.objects.filter(record__in=ids[start : start + CHUNK]).exclude(call_number="").order_by("-id")
        for record, mark, place in rows.values_list("record_id", "call_number", "shelved_at_id"):
            for code in schemes:
                if (code, record) in wanted and (not places or place in places[code]):
                    found[code, record] = bare(mark)
    return found


def _reserved(act: Act, unmarked: Sequence[Wanted], records: Mapping[int, ShelfFacts]) -> dict[Wanted, str]:
    found: dict[Wanted, str] = {}
    wanted = set(unmarked)
    ids = sorted({record for _, record in unmarked})
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        rows = KeptNumber.objects.select_for_update().filter(record__in=chunk, state=NumberState.RESERVED)
        for row in rows.order_by("-number"):
            one = row.scheme, row.record_id or 0
            if one in wanted and records[one[1]].class_number == row.class_number:
                found[one] = compose(CallNumber(class_number=row.class_number, book=str(row.number)))
                KeptNumber.objects.filter(pk=row.pk).update(state=NumberState.USED, changed_at=act.at)
    return found


def note_given(numbers: Iterable[tuple[str, str]]) -> None:
    """Take note of call numbers given elsewhere, as (scheme, call number): their running numbers are taken now."""
    highest: dict[str, dict[str, int]] = defaultdict(dict)
    for scheme, text in numbers:
        number = running_number(text) if text else None
        if number is not None:
            of_class = split(text).class_number[:80]
            highest[scheme][of_class] = max(number, highest[scheme].get(of_class, 0))
    for scheme, values in sorted(highest.items()):
        jobs.raise_counters(queries.counter_name(scheme), values)


@transaction.atomic
def reserve_number(act: Act, *, record: int, node: int | None = None, note: str = "") -> str:
    """Take the next running number of a record's class and keep it for the record; return the call number.

    The scheme is that of `node` (default: of the act). A record keeps one number in a scheme: asking again returns
    it. Raises NotFound for the record, ClassMissing.
    """
    described = catalogue.record(record)
    if not described.class_number:
        raise ClassMissing()
    scheme = queries.scheme_of(act.node if node is None else node)
    kept = KeptNumber.objects.filter(
        scheme=scheme.code, record=record, class_number=described.class_number, state=NumberState.RESERVED
    ).first()
    if kept is None:
        number = jobs.next_number(queries.counter_name(scheme.code), described.class_number)
        kept = _keep(act, scheme, described.class_number, number, record, note)
    return compose(CallNumber(class_number=kept.class_number, book=str(kept.number)))


def _keep(act: Act, scheme: Scheme, class_number: str, number: int, record: int, note: str) -> KeptNumber:
    row, _made = KeptNumber.objects.update_or_create(
        scheme=scheme.code,
        class_number=class_number,
        number=number,
        defaults={
            "state": NumberState.RESERVED,
            "record_id": record,
            "changed_at": act.at,
            "operator": act.operator,
            "note": note[:100],
            "key": act.key,
        },
    )
    return row


@transaction.atomic
def release_number(act: Act, *, kept: int) -> None:
    """Let a reserved number go: it stays in the list as free, and somebody may take it by hand.

    Releasing twice is as once; a number in use stays in use. Raises NumberNotFree for one that was never kept.
    """
    row = KeptNumber.objects.select_for_update().filter(pk=kept).first()
    if row is None:
        raise NumberNotFree(number=kept, class_number="")
    if row.state == NumberState.RESERVED:
        KeptNumber.objects.filter(pk=kept).update(
            state=NumberState.FREE, record=None, changed_at=act.at, operator=act.operator, key=act.key
        )


@transaction.atomic
def take_free_number(act: Act, *, kept: int, record: int) -> str:
    """Give a number that is free again to a record of its class; return the call number.

    Of two who take it at once one gets it. Raises NumberNotFree, also for a record of another class.
    """
    row = KeptNumber.objects.select_for_update().filter(pk=kept).first()
    if row is None:
        raise NumberNotFree(number=kept, class_number="")
    if (row.key, row.record_id) != (act.key, record):
        if row.state != NumberState.FREE or catalogue.record(record).class_number != row.class_number:
            raise NumberNotFree(number=row.number, class_number=row.class_number)
        KeptNumber.objects.filter(pk=kept).update(
            state=NumberState.RESERVED, record=record, changed_at=act.at, operator=act.operator, key=act.key
        )
    return compose(CallNumber(class_number=row.class_number, book=str(row.number)))


@transaction.atomic
def set_call_number(act: Act, *, items: Collection[int], call_number: str) -> None:
    """Write a call number on items of one title by hand.

    The scheme's numbers are locked for the class meanwhile. Raises ItemUnknown, and CallNumberTaken when another
    title has class and book number in the scheme. A running number written by hand is given to nobody else.
    """
    text = " ".join(call_number.split())[:60]
    rows = list(lock_items(items).values())
    for row in rows:
        _refuse_taken(row, text)
        before, row.call_number, row.call_key = row.call_number, text, sort_key(text)
        audit(act, "holdings.call_number", f"item:{row.pk}", before={"mark": before}, after={"mark": text})
    Item.objects.bulk_update(rows, ("call_number", "call_key"), batch_size=CHUNK)


def _refuse_taken(row: Item, text: str) -> None:
    scheme = queries.scheme_of(row.shelved_at_id)
    note_given([(scheme.code, text)])  # locks the class's counter, so that nobody takes the number meanwhile
    if not split(text).book:
        return
    for record in sorted(queries.titles_with(text, queries.places_of(scheme)) - {row.record_id}):
        raise CallNumberTaken(call_number=bare(text), title=catalogue.titles({record}).get(record, ""))


@transaction.atomic
def give_call_number(act: Act, *, record: int) -> str:
    """Give the items of a record that have no call number the one of their scheme; return the last one given.

    Raises NotFound, ClassMissing. What has a number keeps it, so twice is as once.
    """
    described = catalogue.shelf_facts([record]).get(record)
    if described is None:
        raise NotFound(what=record)
    if not described.class_number:
        raise ClassMissing()
    ids = Item.objects.filter(record=record, call_number="").exclude(status=ItemStatus.WITHDRAWN)
    rows = list(lock_items(ids.values_list("id", flat=True)).values())
    known = queries.schemes()
    of = {row.pk: queries.scheme_of(row.shelved_at_id, known) for row in rows}
    given = marks(
        act,
        {(scheme.code, record) for scheme in of.values()},
        {record: described},
        {scheme.code: scheme for scheme in of.values()},
    )
    copies = [
        Copy(record=record, scheme=of[row.pk], department=row.department_id, volume=row.volume, place=row.shelved_at_id)
        for row in rows
    ]
    composed = copy_marks(copies, {(code, one): mark for (code, one), mark in given.items()})
    for row, mark in zip(rows, composed, strict=True):
        row.call_number = mark[:60]
        row.call_key = sort_key(row.call_number)
    Item.objects.bulk_update(rows, ("call_number", "call_key"), batch_size=CHUNK)
    return rows[-1].call_number if rows else ""
