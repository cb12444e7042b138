"""Registering readers, and the life of their accounts and cards.

Whoever changes a card locks its reader's row first: circulation decides under that lock.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Q

from wenlan.files import operations as files
from wenlan.jobs import operations as jobs
from wenlan.jobs import queries as jobs_queries
from wenlan.kernel.acts import Act, Channel
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.network import queries as network
from wenlan.patrons import categories, policies, queries, registering
from wenlan.patrons.belongings import end_with_accounts
from wenlan.patrons.errors import (
    CardEnded,
    CardTaken,
    CardUnknown,
    CategoryWrong,
    NotSettled,
    PatronDeregistered,
    PatronNotDeregistered,
    PatronUnknown,
    TermWrong,
)
from wenlan.patrons.models import (
    Application,
    Card,
    Category,
    Contact,
    FamilyBond,
    Guardian,
    IntakeLine,
    Password,
    Patron,
    UnitMember,
)
from wenlan.patrons.portraits.queries import owner_of
from wenlan.patrons.types import (
    CardKind,
    CardStatus,
    CardView,
    CategoryView,
    Closing,
    NewReader,
    PatronStatus,
    PatronView,
    ValidPatrons,
)
from wenlan.staff.operations import audit

POLICIES = "policies"  # the version that hot acts fetch; categories carry limits
VALID_CARDS, DEPOSIT_FREE = "valid_cards", "valid_cards_deposit_free"
ERASED_OF_APPLICATION = ("name", "phone", "email", "guardian_name", "guardian_relation", "guardian_phone", "password")
NOTHING_LEFT = {"document_cipher": None, "document_hash": "", "birth_date": None, "reason": ""}


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
def set_category(act: Act, *, category: CategoryView, is_new: bool = False) -> CategoryView:
    """Make a category of readers, or change what one may do from now on; accounts that are open keep their last day.

    Its id is not looked at; `is_open` False ends registration under it. Raises CategoryWrong for a new one whose code
    is taken or that has no name, and for an unknown code.
    """
    row = Category.objects.select_for_update().filter(code=category.code).first()
    if (row is None) != is_new or not category.code or not category.words.get("zh") or category.loan_limit < 0:
        raise CategoryWrong()
    before = {name: getattr(row, name) for name in categories.CHANGEABLE} if row else None
    row = row or Category(code=category.code, position=Category.objects.count() + 1)
    for name in categories.CHANGEABLE:
        setattr(row, name, getattr(category, name))
    row.words = dict(category.words)
    row.closed_on = None if category.is_open else row.closed_on or act.day
    row.save()
    after = {name: getattr(row, name) for name in categories.CHANGEABLE} | {"is_open": category.is_open}
    audit(act, "patrons.category", f"category:{category.code}", before=before, after=after)
    jobs.bump(POLICIES)
    return queries.category_view(row)


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
    known = registering.registered_before(keys)
    fresh = [(key, reader) for key, reader in zip(keys, readers, strict=True) if key not in known]
    registering.refuse(act.day, [reader for _, reader in fresh], is_taken_over=act.channel == Channel.IMPORT)
    rows = registering.rows_of(act, fresh)
    known |= {row.registration_key: row.pk for row in rows}
    return tuple(known[key] for key in keys)


def locked(patron_id: int) -> Patron:
    """Return a reader's row, locked in the caller's transaction. Raises PatronUnknown."""
    row = Patron.objects.select_for_update().filter(pk=patron_id).first()
    if row is None:
        raise PatronUnknown(what=patron_id)
    return row


def _locked_card(card_id: int) -> Card:
    """Return a serving card, its reader's row locked."""
    patron_id = Card.objects.filter(pk=card_id).values_list("patron_id", flat=True).first()
    if patron_id is None:
        raise CardUnknown(what=card_id)
    locked(patron_id)
    card = Card.objects.get(pk=card_id)
    if card.until_day is not None:
        raise CardEnded()
    return card


@transaction.atomic
def issue_card(act: Act, *, patron: int, number: str, kind: str = CardKind.BARCODE, bearer: str = "") -> CardView:
    """Give a reader one more card; `bearer` is who carries it, of an institution. It is no new registration.

    Raises PatronUnknown, PatronDeregistered, CardTaken. Repeating `act.key` returns the card.
    """
    row = locked(patron)
    if row.status == PatronStatus.DEREGISTERED:
        raise PatronDeregistered()
    card = registering.new_card(act, row, kind=kind, number=number, bearer=bearer)
    holder = Card.objects.filter(number_key=card.number_key, until_day=None).first()
    if holder is not None:
        if holder.patron_id == patron and holder.kind == kind:
            return queries.card_view(holder)
        raise CardTaken()
    card.save()
    audit(act, "patrons.issue_card", f"patron:{patron}", after={"kind": kind, "card": card.pk})
    return queries.card_view(card)


@transaction.atomic
def replace_card(act: Act, *, card: int, new: str, reason: str = "") -> CardView:
    """End a card (lost or worn) and give its reader another of the same kind (补证, 换证); no new registration.

    Raises CardUnknown, CardEnded, CardTaken. Repeating `act.key` returns the new card.
    """
    if first := jobs_queries.answer(act.key, "patrons.replace_card"):
        return queries.card_view(Card.objects.get(pk=first["card"]))
    ended = _locked_card(card)
    fresh = registering.new_card(act, ended.patron, kind=ended.kind, number=new, bearer=ended.bearer)
    if Card.objects.filter(number_key=fresh.number_key, until_day=None).exists():
        raise CardTaken()
    ended.status, ended.status_since, ended.until_day = CardStatus.REPLACED, act.day, act.day
    ended.save(update_fields=["status", "status_since", "until_day"])
    fresh.replaces = ended
    fresh.save()
    cards = {"before": {"card": ended.pk}, "after": {"card": fresh.pk}}
    audit(act, "patrons.replace_card", f"patron:{ended.patron_id}", reason=reason, **cards)
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
    row = locked(patron)
    if row.status == PatronStatus.DEREGISTERED:
        raise PatronDeregistered()
    _change(act, row, reason, status=PatronStatus.SUSPENDED, suspended_until=until, status_reason=reason[:200])
    return queries.patron(patron)


@transaction.atomic
def lift(act: Act, *, patron: int, reason: str = "") -> PatronView:
    """Let a suspended reader borrow again. Raises PatronUnknown, PatronDeregistered."""
    row = locked(patron)
    if row.status == PatronStatus.DEREGISTERED:
        raise PatronDeregistered()
    _change(act, row, reason, status=PatronStatus.VALID, suspended_until=None, status_reason="")
    return queries.patron(patron)


@transaction.atomic
def extend(act: Act, *, patron: int, until: date | None, reason: str = "") -> PatronView:
    """Verify a reader and set the last day of the account (验证, 延期); None is without end.

    Raises PatronUnknown, PatronDeregistered, TermWrong.
    """
    row = locked(patron)
    if row.status == PatronStatus.DEREGISTERED:
        raise PatronDeregistered()
    if until is not None and until < row.valid_from:
        raise TermWrong(start=row.valid_from.isoformat())
    audit(
        act,
        "patrons.extend",
        f"patron:{patron}",
        before={"valid_until": row.valid_until and row.valid_until.isoformat()},
        after={"valid_until": until and until.isoformat()},
        reason=reason,
    )
    row.valid_until = until
    row.save(update_fields=["valid_until"])
    return queries.patron(patron)


@transaction.atomic
def keep_history(act: Act, *, patron: int, keep: bool) -> None:
    """Remember a reader's returned loans, or let them be forgotten, as the reader wishes. Raises PatronUnknown."""
    row = locked(patron)
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

    Raises PatronUnknown, and NotSettled with every reason while loans, sums or a deposit are open. Twice is as once.
    """
    row = locked(patron)
    if row.status != PatronStatus.DEREGISTERED:
        settled(row)
        close(act, row, reason=reason, why=Closing.ASKED)
    return queries.patron(patron)


def settled(row: Patron) -> None:
    """Raise NotSettled unless nothing is open in a locked reader's account."""
    sums = {"owed_fen": row.owed_fen, "deposit_fen": row.deposit_fen}
    if open_still := policies.unsettled(open_loans=row.open_loans, **sums):
        raise NotSettled(open_still, loans=row.open_loans, **sums)


def close(act: Act, row: Patron, *, reason: str, why: Closing) -> None:
    """Close a locked reader's account and its cards in the caller's transaction, and record it in the ledger."""
    _change(act, row, reason, status=PatronStatus.DEREGISTERED, suspended_until=None, status_reason=reason[:200])
    row.deregistered_on = act.day
    row.save(update_fields=["deregistered_on"])
    Card.objects.filter(patron=row, until_day=None).update(
        status=CardStatus.CLOSED, status_since=act.day, until_day=act.day
    )
    end_with_accounts(act, [row.pk])
    end_bonds(act, [row.pk])
    ledger.record(
        act,
        Kind.PATRON_DEREGISTERED,
        subject=why.value,
        reader=registering.dimensions(row, row.category.code, act.day),
        special_group=row.special_group,
        source=f"patron-end:{row.uid}",
    )


def end_bonds(act: Act, patrons: Collection[int]) -> None:
    """End the family bonds of accounts that are closed, in the caller's transaction."""
    bonds = FamilyBond.objects.filter(Q(holder__in=patrons) | Q(member__in=patrons), ended_at=None)
    bonds.update(ended_at=act.at)


@transaction.atomic
def erase(act: Act, *, patron: int, reason: str = "") -> None:
    """Erase what is personal in a closed account, as `PERSONAL_FIELDS` declares; figures do not change.

    Raises PatronUnknown and PatronNotDeregistered. Twice is as once.
    """
    row = locked(patron)
    if row.status != PatronStatus.DEREGISTERED:
        raise PatronNotDeregistered()
    if row.erased_at is None:
        forget(act, row)
        audit(act, "patrons.erase", f"patron:{patron}", reason=reason)


def forget(act: Act, row: Patron) -> None:
    """Erase what is personal in a locked, closed account in the caller's transaction."""
    row.birth_date = row.birth_date and row.birth_date.replace(month=1, day=1)
    row.name = row.phone = row.phone_tail = row.email = row.address = row.status_reason = ""
    row.id_number_cipher = row.id_number_hash = None
    row.erased_at = act.at
    row.save()
    for card in Card.objects.filter(patron=row):
        card.number = card.number_key = f"#{card.pk}"
        card.bearer = ""
        card.save(update_fields=["number", "number_key", "bearer"])
    for belonging in (Guardian, Password, Contact, UnitMember):
        belonging.objects.filter(patron=row).delete()
    end_bonds(act, [row.pk])
    FamilyBond.objects.filter(Q(holder=row) | Q(member=row)).update(relation="")
    files.expire_owned(act, owner=owner_of(row.uid))
    IntakeLine.objects.filter(patron=row).update(said=None, source_id="", problems=[])
    Application.objects.filter(patron=row).update(**dict.fromkeys(ERASED_OF_APPLICATION, ""), **NOTHING_LEFT)


@transaction.atomic
def id_number(act: Act, *, patron: int, reason: str) -> str:
    """Return the number of a reader's document in clear, '' when none is kept; the audit trail says that it was read.

    Raises PatronUnknown.
    """
    row = locked(patron)
    number = registering.document_of(row)
    if number:
        audit(act, "patrons.read_id_number", f"patron:{patron}", reason=reason)
    return number


def snapshot_valid_patrons(*, on: date) -> int:
    """Keep how many valid accounts there are at the end of a day, by home node, category, sex and age.

    Ages move by themselves, so this stock is counted and not added up. Repeating it replaces the day's. Those without a
    deposit are kept a second time for themselves. Counting takes a while, and no desk waits meanwhile: only what was
    counted is written in a transaction.
    """
    deposit_free = tuple(queries.valid_patron_counts(on, deposit_free=True))
    valid = tuple(queries.valid_patron_counts(on))
    with transaction.atomic():
        _keep(DEPOSIT_FREE, on, deposit_free)
        return _keep(VALID_CARDS, on, valid)


def _keep(measure: str, on: date, counted: Iterable[ValidPatrons]) -> int:
    rows: list[tuple[int, dict[str, str | int | None], int]] = [
        (line.home_node, {"category": line.category, "sex": line.sex, "age": line.age}, line.readers)
        for line in counted
    ]
    if not rows:  # counted, and nobody there: not the same as not counted
        rows.append((network.root().id, {"category": "", "sex": "", "age": None}, 0))
    return ledger.take_snapshot(measure=measure, day=on, rows=rows)
