"""Binding readers of one family, and keeping the contact persons of institutions."""

from django.db import transaction

from wenlan.kernel.acts import Act
from wenlan.kernel.errors import NotFound
from wenlan.patrons import operations
from wenlan.patrons.errors import NoBond, PatronDeregistered
from wenlan.patrons.families.models import Contact, FamilyBond
from wenlan.patrons.policies import tidy
from wenlan.patrons.types import PatronStatus
from wenlan.staff.operations import audit


@transaction.atomic
def bind(act: Act, *, holder: int, member: int, relation: str = "", agreed: bool) -> int:
    """Let `holder` see and renew for `member`, or ask for it; return the bond's id.

    `agreed` says that the member (a child's guardian) agreed with this act, at the desk with the card in hand. Without
    it the member is asked and nothing is seen before the yes. Twice is as once. Raises PatronUnknown, NoBond for one
    and the same reader, a closed account or an institution.
    """
    rows = {patron: operations.locked(patron) for patron in sorted({holder, member})}
    if len(rows) < 2 or any(row.status == PatronStatus.DEREGISTERED for row in rows.values()):
        raise NoBond()
    if any(row.category.is_institution for row in rows.values()):
        raise NoBond()
    bond = FamilyBond.objects.filter(holder=holder, member=member, ended_at=None).first()
    is_new = bond is None
    bond = bond or FamilyBond(holder_id=holder, member_id=member, asked_at=act.at)
    bond.relation = relation[:40] or bond.relation
    if agreed and bond.agreed_at is None:
        bond.agreed_at, bond.agreed_through = act.at, act.channel
    bond.save()
    if is_new or agreed:
        _audit(act, bond, "agreed" if agreed else "asked")
    return bond.pk


@transaction.atomic
def agree(act: Act, *, bond: int, member: int) -> None:
    """Say yes, as the reader whose loans will be seen. Raises NotFound for a bond that does not ask this reader."""
    row = FamilyBond.objects.select_for_update().filter(pk=bond, member=member, ended_at=None).first()
    if row is None:
        raise NotFound(what=str(bond))
    if row.agreed_at is None:
        row.agreed_at, row.agreed_through = act.at, act.channel
        row.save(update_fields=["agreed_at", "agreed_through"])
        _audit(act, row, "agreed")


@transaction.atomic
def unbind(act: Act, *, bond: int, patron: int) -> None:
    """End a bond, as either of the two may at any time. Twice is as once. Raises NotFound for another's."""
    row = FamilyBond.objects.select_for_update().filter(pk=bond).first()
    if row is None or patron not in (row.holder_id, row.member_id):
        raise NotFound(what=str(bond))
    if row.ended_at is None:
        row.ended_at = act.at
        row.save(update_fields=["ended_at"])
        _audit(act, row, "ended")


def _audit(act: Act, bond: FamilyBond, what: str) -> None:
    after = {"bond": bond.pk, "holder": bond.holder_id, "member": bond.member_id, "what": what}
    for patron in (bond.holder_id, bond.member_id):
        audit(act, "patrons.family", f"patron:{patron}", after=after)


@transaction.atomic
def add_contact(act: Act, *, patron: int, name: str, phone: str = "", duty: str = "") -> int:
    """Name a person whom an institution sends; return the contact's id. Raises PatronUnknown, PatronDeregistered."""
    row = operations.locked(patron)
    if row.status == PatronStatus.DEREGISTERED:
        raise PatronDeregistered()
    contact = Contact.objects.create(patron=row, name=name.strip(), phone=tidy(phone), duty=duty, from_day=act.day)
    audit(act, "patrons.contact", f"patron:{patron}", after={"contact": contact.pk})
    return contact.pk


@transaction.atomic
def end_contact(act: Act, *, patron: int, contact: int) -> None:
    """Take a person off an institution's list; the row stays with its day. Raises NotFound."""
    if not Contact.objects.filter(pk=contact, patron=patron, until_day=None).update(until_day=act.day):
        raise NotFound(what=str(contact))
    audit(act, "patrons.contact", f"patron:{patron}", before={"contact": contact})
