"""What a registration is made of: what was known before, what speaks against it, and the rows it becomes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from wenlan.kernel.acts import Act
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.ledger.types import EventRow, ReaderDimensions
from wenlan.patrons import identity, policies, queries
from wenlan.patrons.errors import RegistrationRefused
from wenlan.patrons.models import Card, Category, Guardian, Patron
from wenlan.patrons.policies import RegistrationFacts, completed_years, is_id_number, masked_id_number, tidy
from wenlan.patrons.types import NewGuardian, NewReader, PatronStatus, Refusal, Term
from wenlan.patrons.units import operations as units
from wenlan.staff.operations import audit_many

CHUNK = 500


def registered_before(keys: Sequence[str]) -> dict[str, int]:
    """Return the readers who were registered with these keys."""
    found: dict[str, int] = {}
    for start in range(0, len(keys), CHUNK):
        rows = Patron.objects.filter(registration_key__in=keys[start : start + CHUNK])
        found.update(rows.values_list("registration_key", "id"))
    return found


def judge(on: date, readers: Sequence[NewReader], *, is_taken_over: bool = False) -> list[tuple[Refusal, ...]]:
    """Return what speaks against each reader of a batch, empty where nothing does; a fixed number of statements.

    A card or number that an earlier reader of the batch takes is taken for the later ones.
    """
    by_code = {row.code: row for row in Category.objects.all()}
    cards = [identity.card_key(reader.card_number) for reader in readers]
    hashes = [hash_of(reader) for reader in readers]
    taken_cards, taken_hashes = open_cards(cards), open_hashes([found for found in hashes if found])
    judged = []
    for reader, card, hashed in zip(readers, cards, hashes, strict=True):
        facts = registration_facts(on, reader, by_code.get(reader.category), card, card in taken_cards)
        facts = replace(facts, id_number_is_taken=hashed in taken_hashes, is_taken_over=is_taken_over)
        judged.append(policies.registration_refusals(facts))
        taken_cards.add(card)
        if hashed:
            taken_hashes.add(hashed)
    return judged


def refuse(on: date, readers: Sequence[NewReader], *, is_taken_over: bool) -> None:
    """Raise RegistrationRefused for the first reader against whom something speaks, naming the position."""
    for position, refusals in enumerate(judge(on, readers, is_taken_over=is_taken_over)):
        if refusals:
            raise RegistrationRefused(refusals, position=position)


def hash_of(reader: NewReader) -> str | None:
    """Return what the reader's document is found by; None without one."""
    return identity.document_hash(reader.document_kind, reader.id_number) if reader.id_number.strip() else None


def open_cards(keys: Sequence[str]) -> set[str]:
    """Return which of the cards serve somebody."""
    found: set[str] = set()
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        found.update(Card.objects.filter(number_key__in=chunk, until_day=None).values_list("number_key", flat=True))
    return found


def open_hashes(hashes: Sequence[str]) -> set[str | None]:
    """Return which of the documents belong to a registered reader."""
    found: set[str | None] = set()
    for start in range(0, len(hashes), CHUNK):
        rows = Patron.objects.filter(id_number_hash__in=hashes[start : start + CHUNK])
        found.update(rows.exclude(status=PatronStatus.DEREGISTERED).values_list("id_number_hash", flat=True))
    return found


def registration_facts(
    on: date, reader: NewReader, category: Category | None, card: str, card_is_taken: bool
) -> RegistrationFacts:
    """Return what the rules look at; a date of birth that was left out is taken from the identity number."""
    number = tidy(reader.id_number)
    return RegistrationFacts(
        on=on,
        name=reader.name,
        category_is_open=category is not None and (category.closed_on is None or category.closed_on > on),
        is_institution=bool(category and category.is_institution),
        needs_guardian_under=category.needs_guardian_under if category else None,
        birth_date=reader.birth_date or (policies.born_on(number) if is_id_number(number) else None),
        sex=reader.sex,
        id_number=number,
        document_kind=reader.document_kind,
        id_number_is_taken=False,
        has_guardian=bool(reader.guardian and reader.guardian.name.strip()),
        guardian_consents=bool(reader.guardian and reader.guardian.consents),
        card_key=card,
        card_is_taken=card_is_taken,
    )


def rows_of(act: Act, keyed: Sequence[tuple[str, NewReader]]) -> list[Patron]:
    """Write readers with their first cards and guardians, the ledger and the audit trail."""
    by_code = {row.code: row for row in Category.objects.all()}
    rows = [patron_row(act, key=key, reader=reader, category=by_code[reader.category]) for key, reader in keyed]
    Patron.objects.bulk_create(rows, batch_size=CHUNK)
    made = list(zip(rows, (reader for _, reader in keyed), strict=True))
    cards = [new_card(act, row, kind=reader.card_kind, number=reader.card_number) for row, reader in made]
    Card.objects.bulk_create(cards, batch_size=CHUNK)
    guardians = [guardian for row, reader in made if (guardian := guardian_row(act, row, reader))]
    Guardian.objects.bulk_create(guardians, batch_size=CHUNK)
    units.enrol(act, [(row.pk, one) for row, reader in made if (one := units.tidied(reader.unit, reader.group))])
    ledger.record_many([registered_event(act, row) for row in rows])
    audit_many(
        act,
        "patrons.register",
        [
            (f"patron:{row.pk}", {"channel": act.channel, "card": card.pk})
            for row, card in zip(rows, cards, strict=True)
        ],
    )
    return rows


def patron_row(act: Act, *, key: str, reader: NewReader, category: Category) -> Patron:
    """Return a reader's row, not yet written; what the identity number says need not be said again."""
    number = tidy(reader.id_number)
    tells = is_id_number(number)
    term = reader.term or Term(start=act.day, last=policies.valid_until(on=act.day, valid_days=category.valid_days))
    row = Patron(
        category=category,
        home_node_id=reader.home_node or act.node,
        name=" ".join(reader.name.split()),
        sex=reader.sex or (policies.sex_of(number) if tells else ""),
        birth_date=reader.birth_date or (policies.born_on(number) if tells else None),
        phone=tidy(reader.phone),
        phone_tail=queries.phone_tail(reader.phone),
        email=reader.email,
        address=reader.address,
        status_since=act.day,
        valid_from=term.start,
        valid_until=term.last,
        registered_at=act.at,
        registered_on=act.day,
        registered_node_id=act.node,
        registration_key=key,
        special_group=reader.special_group or category.special_group,
    )
    if number:
        set_document(row, kind=reader.document_kind, number=number)
    return row


def set_document(row: Patron, *, kind: str, number: str) -> None:
    """Put a tidied number on a reader's row, encrypted and bound to it."""
    row.id_number_cipher = identity.cipher().encrypt(number, bound_to=row.uid.bytes)
    row.id_number_hash = identity.document_hash(kind, number)
    row.id_key_version = identity.PRESENT_VERSION
    row.document_kind = kind


def document_of(row: Patron) -> str:
    """Return the number on a reader's row in clear; '' when there is none. Whoever shows it audits that."""
    if row.id_number_cipher is None:
        return ""
    return identity.cipher(row.id_key_version).decrypt(bytes(row.id_number_cipher), bound_to=row.uid.bytes)


def new_card(act: Act, patron: Patron, *, kind: str, number: str, bearer: str = "") -> Card:
    """Return a card's row, not yet written; an identity number is kept masked, and found by its hash."""
    tidied = tidy(number)
    return Card(
        patron=patron,
        kind=kind,
        number=masked_id_number(tidied) if is_id_number(tidied) else number.strip(),
        number_key=identity.card_key(number),
        bearer=bearer,
        status_since=act.day,
        from_day=act.day,
    )


def guardian_row(act: Act, patron: Patron, reader: NewReader) -> Guardian | None:
    """Return the guardian's row, not yet written; None without one."""
    if reader.guardian is None:
        return None
    return Guardian(
        patron=patron,
        name=reader.guardian.name,
        relation=reader.guardian.relation,
        phone=tidy(reader.guardian.phone),
        **consent_of(act, reader.guardian),
    )


def consent_of(act: Act, guardian: NewGuardian) -> dict[str, Any]:
    """Return what is kept of a guardian's consent: nothing when the guardian is only named."""
    if not guardian.consents:
        return {"consented_at": None, "consented_through": "", "withdrawn_at": None}
    return {"consented_at": act.at, "consented_through": act.channel, "withdrawn_at": None}


def registered_event(act: Act, row: Patron) -> EventRow:
    """Return the ledger's row of a registration."""
    return ledger.event_row(
        act,
        Kind.PATRON_REGISTERED,
        reader=dimensions(row, row.category.code, act.day),
        special_group=row.special_group,
        source=f"patron:{row.uid}",
    )


def dimensions(row: Patron, category: str, on: date) -> ReaderDimensions:
    """Return a reader as the ledger freezes them on a day."""
    return ReaderDimensions(
        category=category, sex=row.sex, age=completed_years(row.birth_date, on), home_node=row.home_node_id
    )
