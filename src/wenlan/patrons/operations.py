"""Registering readers, and the life of their accounts and cards.

Whoever changes a card locks its reader's row first: circulation decides under that lock.
"""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from wenlan.jobs import operations as jobs
from wenlan.jobs import queries as jobs_queries
from wenlan.kernel.acts import Act
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.ledger.types import EventRow, ReaderDimensions
from wenlan.network import queries as network
from wenlan.patrons import categories, identity, policies, queries
from wenlan.patrons.errors import (
    CardEnded,
    CardTaken,
    CardUnknown,
    PatronDeregistered,
    PatronNotDeregistered,
    PatronUnknown,
    RegistrationRefused,
    StillHoldsItems,
)
from wenlan.patrons.models import Card, Category, Guardian, Password, Patron
from wenlan.patrons.policies import RegistrationFacts, completed_years, is_id_number, masked_id_number, tidy
from wenlan.patrons.types import CardKind, CardStatus, CardView, NewReader, PatronStatus, PatronView
from wenlan.staff.operations import audit

POLICIES = "policies"  # the version that hot acts fetch; categories carry limits
VALID_CARDS = "valid_cards"


@transaction.atomic
def load_categories() -> int:
    """Add the shipped categories that the installation does not have; return how many were added."""
    known = set(Category.objects.values_list("code", flat=True))
    new = [
        Category(position=position, **facts)
        for position, facts in enumerate(categories.SHIPPED, start=1)
        if facts["code"] not in known
    ]
    Category.objects.bulk_create(new)
    if new:
        jobs.bump(POLICIES)
    return len(new)


@transaction.atomic
def change_category(act: Act, *, code: str, loan_limit: int, overdue_limit: int | None, valid_days: int | None) -> None:
    """Change what a category of readers may do, from now on. Raises RegistrationRefused for an unknown code."""
    row = Category.objects.select_for_update().get(code=code)
    before = {"loan_limit": row.loan_limit, "overdue_limit": row.overdue_limit, "valid_days": row.valid_days}
    row.loan_limit, row.overdue_limit, row.valid_days = loan_limit, overdue_limit, valid_days
    row.save(update_fields=["loan_limit", "overdue_limit", "valid_days"])
    after = {"loan_limit": loan_limit, "overdue_limit": overdue_limit, "valid_days": valid_days}
    audit(act, "patrons.change_category", f"category:{code}", before=before, after=after)
    jobs.bump(POLICIES)


def register(act: Act, *, reader: NewReader) -> PatronView:
    """Register one reader with a first card, and record it in the ledger.

    Raises RegistrationRefused with every reason; then nothing is written. Repeating `act.key` returns
    the reader registered the first time.
    """
    (patron_id,) = register_many(act, readers=[reader])
    return queries.patron(patron_id)


@transaction.atomic
def register_many(act: Act, *, readers: Sequence[NewReader]) -> tuple[int, ...]:
    """Register a batch by the rules of `register` with a fixed number of statements; return the readers' ids.

    All or none: RegistrationRefused names the first refused reader by `position` (from 0) in its
    parameters. `reader.key` (default: the act's key and the position) makes a repeated batch safe.
    """
    keys = [reader.key or (f"{act.key}/{at}" if at else act.key) for at, reader in enumerate(readers)]
    known = _registered_before(keys)
    fresh = [(key, reader) for key, reader in zip(keys, readers, strict=True) if key not in known]
    by_code = {row.code: row for row in Category.objects.all()}
    _refuse(act, [reader for _, reader in fresh], by_code)
    rows = [_patron_row(act, key=key, reader=reader, category=by_code[reader.category]) for key, reader in fresh]
    Patron.objects.bulk_create(rows, batch_size=500)
    made = list(zip(rows, (reader for _, reader in fresh), strict=True))
    Card.objects.bulk_create([_card_row(act, row, reader) for row, reader in made], batch_size=500)
    Guardian.objects.bulk_create(
        [guardian for row, reader in made if (guardian := _guardian_row(act, row, reader))], batch_size=500
    )
    ledger.record_many([_registered(act, row) for row in rows])
    known |= {row.registration_key: row.pk for row in rows}
    return tuple(known[key] for key in keys)


def _registered_before(keys: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(0, len(keys), 500):
        rows = Patron.objects.filter(registration_key__in=keys[start : start + 500])
        found.update(rows.values_list("registration_key", "id"))
    return found


def _refuse(act: Act, readers: Sequence[NewReader], by_code: dict[str, Category]) -> None:
    cards = [identity.card_key(reader.card_number) for reader in readers]
    hashes = [identity.lookup_hash(reader.id_number) if reader.id_number else None for reader in readers]
    taken_cards, taken_hashes = _open_cards(cards), _open_hashes([found for found in hashes if found])
    for position, (reader, card, hashed) in enumerate(zip(readers, cards, hashes, strict=True)):
        facts = _registration_facts(act.day, reader, by_code.get(reader.category), card, card in taken_cards)
        if hashed in taken_hashes:
            facts = policies.with_taken_id_number(facts)
        if refusals := policies.registration_refusals(facts):
            raise RegistrationRefused(refusals, position=position)
        taken_cards.add(card)
        if hashed:
            taken_hashes.add(hashed)


def _open_cards(keys: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(keys), 500):
        chunk = keys[start : start + 500]
        found.update(Card.objects.filter(number_key__in=chunk, until_day=None).values_list("number_key", flat=True))
    return found


def _open_hashes(hashes: Sequence[str]) -> set[str | None]:
    found: set[str | None] = set()
    for start in range(0, len(hashes), 500):
        rows = Patron.objects.filter(id_number_hash__in=hashes[start : start + 500])
        found.update(rows.exclude(status=PatronStatus.DEREGISTERED).values_list("id_number_hash", flat=True))
    return found


def _registration_facts(
    on: date, reader: NewReader, category: Category | None, card: str, card_is_taken: bool
) -> RegistrationFacts:
    is_open = category is not None and (category.closed_on is None or category.closed_on > on)
    return RegistrationFacts(
        on=on,
        name=reader.name,
        category_is_open=is_open,
        is_institution=bool(category and category.is_institution),
        needs_guardian_under=category.needs_guardian_under if category else None,
        birth_date=reader.birth_date,
        sex=reader.sex,
        id_number=tidy(reader.id_number),
        id_number_is_taken=False,
        has_guardian=bool(reader.guardian and reader.guardian.name.strip()),
        guardian_consents=bool(reader.guardian and reader.guardian.consents),
        card_key=card,
        card_is_taken=card_is_taken,
    )


def _patron_row(act: Act, *, key: str, reader: NewReader, category: Category) -> Patron:
    number = tidy(reader.id_number)
    row = Patron(
        category=category,
        home_node_id=reader.home_node or act.node,
        name=" ".join(reader.name.split()),
        sex=reader.sex or (policies.sex_of(number) if number else ""),
        birth_date=reader.birth_date or (policies.born_on(number) if number else None),
        phone=tidy(reader.phone),
        phone_tail=queries.phone_tail(reader.phone),
        email=reader.email,
        address=reader.address,
        status_since=act.day,
        valid_from=act.day,
        valid_until=policies.valid_until(on=act.day, valid_days=category.valid_days),
        registered_at=act.at,
        registered_on=act.day,
        registered_node_id=act.node,
        registration_key=key,
        special_group=reader.special_group or category.special_group,
    )
    if number:
        row.id_number_cipher = identity.cipher().encrypt(number, bound_to=row.uid.bytes)
        row.id_number_hash = identity.lookup_hash(number)
        row.id_key_version = identity.PRESENT_VERSION
    return row


def _card_row(act: Act, patron: Patron, reader: NewReader) -> Card:
    return _new_card(act, patron, kind=reader.card_kind, number=reader.card_number)


def _new_card(act: Act, patron: Patron, *, kind: str, number: str) -> Card:
    tidied = tidy(number)
    return Card(
        patron=patron,
        kind=kind,
        number=masked_id_number(tidied) if is_id_number(tidied) else number.strip(),
        number_key=identity.card_key(number),
        status_since=act.day,
        from_day=act.day,
    )


def _guardian_row(act: Act, patron: Patron, reader: NewReader) -> Guardian | None:
    if reader.guardian is None:
        return None
    return Guardian(
        patron=patron,
        name=reader.guardian.name,
        relation=reader.guardian.relation,
        phone=tidy(reader.guardian.phone),
        consented_at=act.at,
        consented_through=act.channel,
    )


def _registered(act: Act, row: Patron) -> EventRow:
    return ledger.event_row(
        act,
        Kind.PATRON_REGISTERED,
        reader=_dimensions(row, row.category.code, act.day),
        special_group=row.special_group,
        source=f"patron:{row.uid}",
    )


def _dimensions(row: Patron, category: str, on: date) -> ReaderDimensions:
    return ReaderDimensions(
        category=category, sex=row.sex, age=completed_years(row.birth_date, on), home_node=row.home_node_id
    )


def _locked(patron_id: int) -> Patron:
    row = Patron.objects.select_for_update().filter(pk=patron_id).first()
    if row is None:
        raise PatronUnknown(what=patron_id)
    return row


def _locked_card(card_id: int) -> Card:
    """Return a serving card, its reader's row locked."""
    patron_id = Card.objects.filter(pk=card_id).values_list("patron_id", flat=True).first()
    if patron_id is None:
        raise CardUnknown(what=card_id)
    _locked(patron_id)
    card = Card.objects.get(pk=card_id)
    if card.until_day is not None:
        raise CardEnded()
    return card


@transaction.atomic
def issue_card(act: Act, *, patron: int, number: str, kind: str = CardKind.BARCODE) -> CardView:
    """Give a reader one more card. It is no new registration.

    Raises PatronUnknown, PatronDeregistered, CardTaken. Repeating `act.key` returns the card.
    """
    row = _locked(patron)
    if row.status == PatronStatus.DEREGISTERED:
        raise PatronDeregistered()
    card = _new_card(act, row, kind=kind, number=number)
    holder = Card.objects.filter(number_key=card.number_key, until_day=None).first()
    if holder is not None:
        if holder.patron_id == patron and holder.kind == kind:
            return queries.card_view(holder)
        raise CardTaken()
    card.save()
    audit(act, "patrons.issue_card", f"patron:{patron}", after={"kind": kind, "card": card.pk})
    return queries.card_view(card)


@transaction.atomic
def replace_card(act: Act, *, card: int, new: str) -> CardView:
    """End a card (lost or worn) and give its reader another of the same kind (补证, 换证); no new registration.

    Raises CardUnknown, CardEnded, CardTaken. Repeating `act.key` returns the new card.
    """
    if first := jobs_queries.answer(act.key, "patrons.replace_card"):
        return queries.card_view(Card.objects.get(pk=first["card"]))
    ended = _locked_card(card)
    fresh = _new_card(act, ended.patron, kind=ended.kind, number=new)
    if Card.objects.filter(number_key=fresh.number_key, until_day=None).exists():
        raise CardTaken()
    ended.status, ended.status_since, ended.until_day = CardStatus.REPLACED, act.day, act.day
    ended.save(update_fields=["status", "status_since", "until_day"])
    fresh.replaces = ended
    fresh.save()
    audit(act, "patrons.replace_card", f"patron:{ended.patron_id}", before={"card": ended.pk}, after={"card": fresh.pk})
    jobs.remember(act.key, "patrons.replace_card", {"card": fresh.pk}, at=act.at)
    return queries.card_view(fresh)


def lose_card(act: Act, *, card: int, reason: str = "") -> CardView:
    """Report a card lost (挂失): it serves nobody until it is lifted or replaced. Raises CardUnknown, CardEnded."""
    return _set_card_status(act, card, CardStatus.LOST, reason)


def suspend_card(act: Act, *, card: int, reason: str = "") -> CardView:
    """Stop one card; the reader's other cards serve on. Raises CardUnknown, CardEnded."""
    return _set_card_status(act, card, CardStatus.SUSPENDED, reason)


def lift_card(act: Act, *, card: int, reason: str = "") -> CardView:
    """Let a lost or suspended card serve again (解挂). Raises CardUnknown, CardEnded."""
    return _set_card_status(act, card, CardStatus.VALID, reason)


@transaction.atomic
def _set_card_status(act: Act, card_id: int, status: CardStatus, reason: str) -> CardView:
    card = _locked_card(card_id)
    if card.status != status:
        audit(
            act,
            "patrons.card_status",
            f"patron:{card.patron_id}",
            before={"card": card.pk, "status": card.status},
            after={"card": card.pk, "status": status},
            reason=reason,
        )
        card.status, card.status_since = status, act.day
        card.save(update_fields=["status", "status_since"])
    return queries.card_view(card)


@transaction.atomic
def suspend(act: Act, *, patron: int, until: date | None = None, reason: str = "") -> PatronView:
    """Stop a reader from borrowing (停借), up to and with the day `until` or without end.

    Raises PatronUnknown, PatronDeregistered.
    """
    row = _locked(patron)
    if row.status == PatronStatus.DEREGISTERED:
        raise PatronDeregistered()
    _change(act, row, reason, status=PatronStatus.SUSPENDED, suspended_until=until, status_reason=reason[:200])
    return queries.patron(patron)


@transaction.atomic
def lift(act: Act, *, patron: int, reason: str = "") -> PatronView:
    """Let a suspended reader borrow again. Raises PatronUnknown, PatronDeregistered."""
    row = _locked(patron)
    if row.status == PatronStatus.DEREGISTERED:
        raise PatronDeregistered()
    _change(act, row, reason, status=PatronStatus.VALID, suspended_until=None, status_reason="")
    return queries.patron(patron)


@transaction.atomic
def extend(act: Act, *, patron: int, until: date | None) -> PatronView:
    """Verify a reader and set the last day of the account (验证, 延期); None is without end.

    Raises PatronUnknown, PatronDeregistered.
    """
    row = _locked(patron)
    if row.status == PatronStatus.DEREGISTERED:
        raise PatronDeregistered()
    audit(
        act,
        "patrons.extend",
        f"patron:{patron}",
        before={"valid_until": row.valid_until and row.valid_until.isoformat()},
        after={"valid_until": until and until.isoformat()},
    )
    row.valid_until = until
    row.save(update_fields=["valid_until"])
    return queries.patron(patron)


@transaction.atomic
def keep_history(act: Act, *, patron: int, keep: bool) -> None:
    """Remember a reader's returned loans, or let them be forgotten, as the reader wishes. Raises PatronUnknown."""
    row = _locked(patron)
    if row.keeps_history != keep:
        audit(act, "patrons.keep_history", f"patron:{patron}", after={"keep": keep})
        row.keeps_history = keep
        row.save(update_fields=["keeps_history"])


def _change(
    act: Act, row: Patron, reason: str, *, status: PatronStatus, suspended_until: date | None, status_reason: str
) -> None:
    audit(
        act,
        "patrons.status",
        f"patron:{row.pk}",
        before={"status": row.status},
        after={"status": status, "until": suspended_until and suspended_until.isoformat()},
        reason=reason,
    )
    row.status, row.status_since, row.status_reason = status, act.day, status_reason
    row.suspended_until = suspended_until
    row.save(update_fields=["status", "status_since", "status_reason", "suspended_until"])


@transaction.atomic
def deregister(act: Act, *, patron: int, reason: str = "") -> PatronView:
    """Close an account and all its cards (退证), and record it in the ledger.

    Raises PatronUnknown, and StillHoldsItems while loans are open. Twice is as once.
    """
    row = _locked(patron)
    if row.status != PatronStatus.DEREGISTERED:
        if row.open_loans:
            raise StillHoldsItems(count=row.open_loans)
        _change(act, row, reason, status=PatronStatus.DEREGISTERED, suspended_until=None, status_reason=reason[:200])
        row.deregistered_on = act.day
        row.save(update_fields=["deregistered_on"])
        Card.objects.filter(patron=row, until_day=None).update(
            status=CardStatus.CLOSED, status_since=act.day, until_day=act.day
        )
        ledger.record(
            act,
            Kind.PATRON_DEREGISTERED,
            reader=_dimensions(row, row.category.code, act.day),
            special_group=row.special_group,
            source=f"patron-end:{row.uid}",
        )
    return queries.patron(patron)


@transaction.atomic
def erase(act: Act, *, patron: int, reason: str = "") -> None:
    """Erase what is personal in a closed account, as `PERSONAL_FIELDS` declares; figures do not change.

    Raises PatronUnknown and PatronNotDeregistered. Twice is as once.
    """
    row = _locked(patron)
    if row.status != PatronStatus.DEREGISTERED:
        raise PatronNotDeregistered()
    if row.erased_at is not None:
        return
    row.birth_date = row.birth_date and row.birth_date.replace(month=1, day=1)
    row.name = row.phone = row.phone_tail = row.email = row.address = row.status_reason = ""
    row.id_number_cipher = row.id_number_hash = None
    row.erased_at = act.at
    row.save()
    for card in Card.objects.filter(patron=row):
        card.number = card.number_key = f"#{card.pk}"
        card.save(update_fields=["number", "number_key"])
    Guardian.objects.filter(patron=row).delete()
    Password.objects.filter(patron=row).delete()
    audit(act, "patrons.erase", f"patron:{patron}", reason=reason)


@transaction.atomic
def id_number(act: Act, *, patron: int, reason: str) -> str:
    """Return a reader's identity number in clear, '' when none is kept; that it was read stands in the audit trail.

    Raises PatronUnknown.
    """
    row = _locked(patron)
    if row.id_number_cipher is None:
        return ""
    audit(act, "patrons.read_id_number", f"patron:{patron}", reason=reason)
    return identity.cipher(row.id_key_version).decrypt(bytes(row.id_number_cipher), bound_to=row.uid.bytes)


@transaction.atomic
def snapshot_valid_patrons(*, on: date) -> int:
    """Keep how many valid accounts there are at the end of a day, by home node, category, sex and age.

    Ages move by themselves, so this stock is counted and not added up. Repeating it replaces the day's.
    """
    rows: list[tuple[int, dict[str, str | int | None], int]] = [
        (line.home_node, {"category": line.category, "sex": line.sex, "age": line.age}, line.readers)
        for line in queries.valid_patron_counts(on)
    ]
    if not rows:  # counted, and nobody there: not the same as not counted
        rows.append((network.root().id, {"category": "", "sex": "", "age": None}, 0))
    return ledger.take_snapshot(measure=VALID_CARDS, day=on, rows=rows)
