"""Reads of family bonds and contacts."""

from django.db.models import Q

from wenlan.patrons.families.models import Contact, FamilyBond
from wenlan.patrons.families.types import BondView, ContactView
from wenlan.patrons.types import PatronStatus, masked_name


def family(patron: int, *, masked: bool = False) -> tuple[BondView, ...]:
    """Return the bonds of a reader, those that wait for a yes too, in the order they were asked for (one statement)."""
    rows = FamilyBond.objects.filter(Q(holder=patron) | Q(member=patron), ended_at=None)
    found = []
    for row in rows.select_related("holder", "member").order_by("asked_at", "id"):
        other = row.member if row.holder_id == patron else row.holder
        found.append(
            BondView(
                id=row.pk,
                holder=row.holder_id,
                member=row.member_id,
                other=other.pk,
                name=masked_name(other.name) if masked else other.name,
                relation=row.relation,
                asked_at=row.asked_at,
                is_asked=row.agreed_at is None,
                holds=row.holder_id == patron,
            )
        )
    return tuple(found)


def may_see(holder: int, member: int) -> bool:
    """Return whether a reader may see and renew what another has at home: agreed to, and both accounts open."""
    agreed = FamilyBond.objects.filter(holder=holder, member=member, ended_at=None, agreed_at__isnull=False)
    return agreed.exclude(member__status=PatronStatus.DEREGISTERED).exists()


def contacts(patron: int) -> tuple[ContactView, ...]:
    """Return the contact persons of an institution, as far as they serve (one statement)."""
    rows = Contact.objects.filter(patron=patron, until_day=None).order_by("id")
    return tuple(
        ContactView(id=row.pk, name=row.name, phone=row.phone, duty=row.duty, from_day=row.from_day) for row in rows
    )
