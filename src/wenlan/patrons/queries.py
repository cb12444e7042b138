"""Reads of readers, cards and categories."""

from collections import Counter
from collections.abc import Collection
from datetime import date

from django.db.models import Count, F, Prefetch, Q, QuerySet

from wenlan.patrons import statements
from wenlan.patrons.errors import CardUnknown, PatronUnknown
from wenlan.patrons.identity import card_key, cipher, document_hash, lookup_hash
from wenlan.patrons.models import Card, Category, Guardian, Patron, UnitMember
from wenlan.patrons.policies import completed_years, masked_id_number, tidy
from wenlan.patrons.types import (
    CardView,
    CategoryView,
    GuardianView,
    PatronLine,
    PatronStatus,
    PatronView,
    ValidPatrons,
    masked_name,
    masked_phone,
)

__all__ = [
    "categories",
    "category",
    "history_keepers",
    "is_card_known",
    "is_card_of",
    "is_id_number_known",
    "lookalikes",
    "masked_name",
    "patron",
    "patron_by_card",
    "patron_id_by_card",
    "patrons_by_id",
    "search",
    "valid_patron_counts",
    "valid_patrons",
]
LARGEST_ID = 2**63 - 1  # an address may name more than a table holds


def categories() -> tuple[CategoryView, ...]:
    """Return every category, also those closed to new readers (one statement)."""
    return tuple(category_view(row) for row in Category.objects.all())


def category(code: str) -> CategoryView | None:
    """Return a category by its code, None when there is none."""
    row = Category.objects.filter(code=code).first()
    return category_view(row) if row else None


def patron(patron_id: int) -> PatronView:
    """Return a reader, unmasked (one statement). Raises PatronUnknown."""
    rows = statements.whole(patron_id) if patron_id <= LARGEST_ID else ()
    if not rows:
        raise PatronUnknown(what=patron_id)
    reader, category, guardian, _card = rows[0]
    return PatronView(
        **reader,
        category=CategoryView(**category),
        guardian=GuardianView(**guardian) if guardian["name"] is not None else None,
        cards=tuple(CardView(**card) for *_others, card in rows if card["id"]),
    )


def patron_by_card(number: str) -> PatronView:
    """Return the reader whose card was scanned, unmasked, whatever state the card is in. Raises CardUnknown."""
    return patron(patron_id_by_card(number))


def patron_id_by_card(number: str) -> int:
    """Return the id of the reader whose card was scanned (one statement). Raises CardUnknown."""
    found = (
        Card.objects.filter(number_key=card_key(number))
        .order_by(F("until_day").asc(nulls_first=True), "-id")
        .values_list("patron_id", flat=True)
        .first()
    )
    if found is None:
        raise CardUnknown(what=number)
    return found


def is_card_of(number: str, patron: int) -> bool:
    """Return whether a card, serving or ended, is the reader's (one statement)."""
    return Card.objects.filter(number_key=card_key(number), patron=patron).exists()


def is_card_known(number: str) -> bool:
    """Return whether somebody holds a serving card with this number (one statement)."""
    return Card.objects.filter(number_key=card_key(number), until_day=None).exists()


def is_id_number_known(number: str) -> bool:
    """Return whether a reader with this identity number is registered (one statement)."""
    rows = Patron.objects.filter(id_number_hash=lookup_hash(number))
    return rows.exclude(status=PatronStatus.DEREGISTERED).exists()


def masked_document(patron: int) -> str:
    """Return the number of a reader's document with most of it hidden; '' when none is kept (one statement)."""
    row = Patron.objects.filter(pk=patron).first()
    if row is None or row.id_number_cipher is None:
        return ""
    number = cipher(row.id_key_version).decrypt(bytes(row.id_number_cipher), bound_to=row.uid.bytes)
    return masked_id_number(number)


def lookalikes(
    *, name: str, birth_date: date | None, phone: str, kind: str = "", number: str = "", limit: int = 5
) -> tuple[PatronView, ...]:
    """Return readers, unmasked, who may be this person: the same document, or the name with birth or telephone.

    The same telephone alone is a family's.
    """
    same_name = Q(name=" ".join(name.split()))
    alike = Q(pk=None)
    if birth_date is not None:
        alike |= same_name & Q(birth_date=birth_date)
    if phone.strip():
        alike |= same_name & Q(phone=tidy(phone))
    if number.strip():
        alike |= Q(id_number_hash=document_hash(kind, number))
    rows = whole().filter(alike).exclude(status=PatronStatus.DEREGISTERED)
    return tuple(patron_view(row) for row in rows.order_by("id")[:limit])


def card_numbers(ids: Collection[int]) -> dict[int, str]:
    """Return the numbers of cards as they are shown, by id (one statement)."""
    return dict(Card.objects.filter(pk__in=ids).values_list("id", "number"))


def readers_by_category() -> dict[int, int]:
    """Return how many open accounts each category has, by its id (one statement)."""
    rows = Patron.objects.exclude(status=PatronStatus.DEREGISTERED).values_list("category_id")
    return dict(rows.annotate(readers=Count("id")).order_by())


def history_keepers() -> frozenset[int]:
    """Return the readers who asked that their loans be remembered."""
    return frozenset(Patron.objects.filter(keeps_history=True).values_list("id", flat=True))


def patrons_by_id(ids: Collection[int]) -> dict[int, PatronView]:
    """Return several readers, unmasked, by id (four statements)."""
    return {row.pk: patron_view(row) for row in whole().filter(pk__in=ids)}


def search(
    text: str, *, names_of: Collection[int], after: int = 0, limit: int = 50, exact: bool = False
) -> tuple[PatronLine, ...]:
    """Return readers by card number, name, unit, class or the last places of the telephone, in order of registration.

    `names_of` are the nodes whose readers' names the asker may see: others come masked, and are found by
    card only. `after` is the last id seen; `exact` matches whole names instead of their beginnings.
    """
    words = text.strip()
    if not words:
        return ()
    by_name = Q(name=words) if exact else Q(name__startswith=words)
    by_unit = Q(pk__in=UnitMember.objects.filter(Q(unit=words) | Q(group=words)).values("patron_id"))
    by_phone = Q(phone_tail=words) if len(words) == 4 else Q(pk=None)
    by_person = (by_name | by_unit | by_phone) & Q(home_node__in=names_of)
    by_card = Q(pk__in=Card.objects.filter(number_key=card_key(words)).values("patron_id"))
    rows = whole().filter(by_person | by_card, pk__gt=after, erased_at=None).order_by("id")[:limit]
    return tuple(line(row, is_masked=row.home_node_id not in names_of) for row in rows)


def valid_patrons(on: date, nodes: Collection[int]) -> int:
    """Return how many readers, per person and not per card, hold a valid account at the end of the day."""
    return valid_on(on).filter(home_node__in=nodes).count()


def valid_patron_counts(
    on: date, nodes: Collection[int] | None = None, *, deposit_free: bool = False
) -> tuple[ValidPatrons, ...]:
    """Return the valid readers by home node, category, sex and age on the day (one statement).

    `deposit_free` leaves those out who have a deposit with the library now.
    """
    rows = valid_on(on) if nodes is None else valid_on(on).filter(home_node__in=nodes)
    if deposit_free:
        rows = rows.filter(deposit_fen=0)
    counted: Counter[tuple[int, str, str, int | None]] = Counter()
    kinds = rows.values_list("home_node_id", "category__code", "sex", "birth_date").annotate(readers=Count("id"))
    for home_node, code, sex, birth, readers in kinds.order_by():
        counted[home_node, code, sex, completed_years(birth, on)] += readers
    return tuple(
        ValidPatrons(home_node=home_node, category=code, sex=sex, age=age, readers=readers)
        for (home_node, code, sex, age), readers in counted.items()
    )


def valid_on(on: date) -> QuerySet[Patron]:
    """Readers with a right to borrow on the day: not deregistered, not expired; a lost card or a suspension counts."""
    still = Q(deregistered_on=None) | Q(deregistered_on__gt=on)
    unexpired = Q(valid_until=None) | Q(valid_until__gte=on)
    return Patron.objects.filter(still, unexpired, registered_on__lte=on)


def whole() -> QuerySet[Patron]:
    """Readers with all that a view of them needs (three statements)."""
    cards = Prefetch("cards", Card.objects.order_by("id"))
    return Patron.objects.select_related("category").prefetch_related(cards, "guardian")


def category_view(row: Category) -> CategoryView:
    """Return the public side of a category."""
    return CategoryView(
        id=row.pk,
        code=row.code,
        words=row.words,
        loan_limit=row.loan_limit,
        valid_days=row.valid_days,
        overdue_limit=row.overdue_limit,
        needs_guardian_under=row.needs_guardian_under,
        is_institution=row.is_institution,
        loan_kind=row.loan_kind,
        special_group=row.special_group,
        is_open=row.closed_on is None,
    )


def card_view(row: Card) -> CardView:
    """Return the public side of a card."""
    return CardView(
        id=row.pk,
        kind=row.kind,
        number=row.number,
        status=row.status,
        status_since=row.status_since,
        from_day=row.from_day,
        until_day=row.until_day,
        bearer=row.bearer,
    )


def guardian_view(row: Guardian) -> GuardianView:
    """Return the public side of a guardian."""
    consented_at = row.consented_at if row.withdrawn_at is None else None
    return GuardianView(name=row.name, relation=row.relation, phone=row.phone, consented_at=consented_at)


def patron_view(row: Patron) -> PatronView:
    """Return the public side of a reader loaded by `whole`."""
    guardian = getattr(row, "guardian", None)
    return PatronView(
        id=row.pk,
        uid=row.uid,
        category=category_view(row.category),
        home_node=row.home_node_id,
        name=row.name,
        sex=row.sex,
        birth_date=row.birth_date,
        phone=row.phone,
        has_id_number=row.id_number_hash is not None,
        status=row.status,
        status_since=row.status_since,
        status_reason=row.status_reason,
        suspended_until=row.suspended_until,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        registered_on=row.registered_on,
        special_group=row.special_group,
        open_loans=row.open_loans,
        credit_points=row.credit_points,
        owed_fen=row.owed_fen,
        deposit_fen=row.deposit_fen,
        cards=tuple(card_view(card) for card in row.cards.all()),
        guardian=guardian_view(guardian) if guardian else None,
        email=row.email,
        address=row.address,
        document_kind=row.document_kind,
        merged_into=row.merged_into_id,
    )


def line(row: Patron, *, is_masked: bool) -> PatronLine:
    """Return a reader as a line of a list; institutions have no name to hide."""
    hide = is_masked and not row.category.is_institution
    serving = [card.number for card in row.cards.all() if card.until_day is None]
    return PatronLine(
        id=row.pk,
        name=masked_name(row.name) if hide else row.name,
        category=str(row.category),
        home_node=row.home_node_id,
        card_number=serving[0] if serving else "",
        phone=masked_phone(row.phone) if hide else row.phone,
        status=PatronStatus(row.status),
        valid_until=row.valid_until,
        open_loans=row.open_loans,
        is_masked=hide,
    )


def phone_tail(phone: str) -> str:
    """Return what a telephone number is searched by."""
    return tidy(phone)[-4:]


def masked_names(nodes: Collection[int]) -> dict[int, str]:
    """Return the names of the readers of some libraries as shown to those who may not see them (one statement)."""
    rows = Patron.objects.filter(home_node__in=nodes).values_list("pk", "name")
    return {reader: masked_name(name) for reader, name in rows}
