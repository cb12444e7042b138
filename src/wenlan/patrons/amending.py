"""Correcting what is known of a reader, and another category: no new registration, no figure of the past changes."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from wenlan.kernel.acts import Act
from wenlan.patrons import identity, policies, queries, registering
from wenlan.patrons.errors import PatronDeregistered, RegistrationRefused
from wenlan.patrons.models import Category, Guardian, Patron
from wenlan.patrons.operations import locked
from wenlan.patrons.policies import is_id_number, tidy
from wenlan.patrons.types import DocumentKind, NewGuardian, NewReader, PatronStatus, PatronView, Refusal
from wenlan.patrons.units import operations as units
from wenlan.staff.operations import audit

PLAIN = ("name", "sex", "birth_date", "phone", "email", "address", "special_group")


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What is known of a reader. An empty `id_number` leaves the one that is kept, so does None as `unit`."""

    name: str
    category: str
    sex: str = ""
    birth_date: date | None = None
    phone: str = ""
    email: str = ""
    address: str = ""
    special_group: str = ""
    document_kind: str = DocumentKind.CITIZEN
    id_number: str = ""
    guardian: NewGuardian | None = None
    unit: str | None = None
    group: str = ""


@transaction.atomic
def amend(act: Act, *, patron: int, details: Details) -> PatronView:
    """Change what is known of a reader from now on; the audit trail says which things were changed, and by whom.

    A guardian who consented and does so no longer withdraws the consent; another one has to consent anew. Raises
    PatronUnknown, PatronDeregistered, and RegistrationRefused with every reason.
    """
    row = locked(patron)
    if row.status == PatronStatus.DEREGISTERED:
        raise PatronDeregistered()
    category = Category.objects.filter(code=details.category).first()
    if refusals := _refusals(act, row, category, details):
        raise RegistrationRefused(refusals)
    changed = _write(row, category or row.category, details)
    if details.guardian is not None:
        changed += _guardian(act, row, details.guardian)
    if details.unit is not None and units.belong(act, patron=patron, unit=details.unit, group=details.group):
        changed.append("unit")
    if changed:
        row.save()
        audit(act, "patrons.amend", f"patron:{patron}", after={"changed": changed})
    return queries.patron(patron)


def _refusals(act: Act, row: Patron, category: Category | None, details: Details) -> list[Refusal]:
    """Return what speaks against the details: the rules of registration, but for the card."""
    guardian = details.guardian or _present_guardian(row)
    reader = NewReader(
        name=details.name,
        category=details.category,
        card_number="",
        sex=details.sex,
        birth_date=details.birth_date,
        document_kind=details.document_kind,
        id_number=details.id_number or registering.document_of(row),
        guardian=guardian,
    )
    facts = registering.registration_facts(act.day, reader, category, "-", card_is_taken=False)
    found = [
        reason
        for reason in policies.registration_refusals(facts)
        if not (reason == Refusal.CATEGORY_UNKNOWN and details.category == row.category.code)
    ]
    if details.id_number.strip():
        hashed = identity.document_hash(details.document_kind, details.id_number)
        others = Patron.objects.filter(id_number_hash=hashed).exclude(status=PatronStatus.DEREGISTERED)
        if others.exclude(pk=row.pk).exists():
            found.append(Refusal.ID_NUMBER_TAKEN)
    return found


def _present_guardian(row: Patron) -> NewGuardian | None:
    kept = Guardian.objects.filter(patron=row).first()
    return NewGuardian(name=kept.name, consents=consents(kept)) if kept else None


def consents(kept: Guardian) -> bool:
    """Return whether a guardian's consent stands."""
    return kept.consented_at is not None and kept.withdrawn_at is None


def _write(row: Patron, category: Category, details: Details) -> list[str]:
    """Set the row's fields; return the names of those that differ now."""
    number = tidy(details.id_number)
    new = {name: getattr(details, name) for name in PLAIN}
    new |= {"name": " ".join(details.name.split()), "phone": tidy(details.phone)}
    if is_id_number(number):
        new["sex"] = details.sex or policies.sex_of(number).value
        new["birth_date"] = details.birth_date or policies.born_on(number)
    changed = [name for name, value in new.items() if getattr(row, name) != value]
    for name, value in new.items():
        setattr(row, name, value)
    row.phone_tail = queries.phone_tail(row.phone)
    if category.pk != row.category_id:
        row.category = category
        changed.append("category")
    if number and number != registering.document_of(row):
        registering.set_document(row, kind=details.document_kind, number=number)
        changed.append("id_number")
    return changed


def _guardian(act: Act, row: Patron, guardian: NewGuardian) -> list[str]:
    kept = Guardian.objects.filter(patron=row).first()
    facts: dict[str, Any] = {"name": guardian.name, "relation": guardian.relation, "phone": tidy(guardian.phone)}
    if kept is None or kept.name != guardian.name or (guardian.consents and not consents(kept)):
        facts |= registering.consent_of(act, guardian)
    elif consents(kept) and not guardian.consents:
        facts["withdrawn_at"] = act.at
    if kept is not None and all(getattr(kept, name) == value for name, value in facts.items()):
        return []
    Guardian.objects.update_or_create(patron=row, defaults=facts)
    return ["guardian"]
