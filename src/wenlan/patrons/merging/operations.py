"""Two accounts of one person become one: what stands with the one goes to the other."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q

from wenlan.jobs import operations as jobs
from wenlan.jobs import queries as jobs_queries
from wenlan.kernel.acts import Act
from wenlan.patrons import operations, policies, queries, registering
from wenlan.patrons.belongings import Belonging, packages
from wenlan.patrons.errors import CannotMerge, PatronUnknown
from wenlan.patrons.models import (
    Application,
    Card,
    Contact,
    FamilyBond,
    Guardian,
    IntakeLine,
    Password,
    Patron,
    UnitMember,
)
from wenlan.patrons.policies import AccountFacts
from wenlan.patrons.types import Closing, MergeRefusal, PatronStatus, PatronView
from wenlan.staff.operations import audit

OPERATION = "patrons.merge"
FILLED = ("sex", "birth_date", "phone", "phone_tail", "email", "address", "special_group")
OWN = (Contact, IntakeLine, Application)


class LeftBehind(RuntimeError):
    """Something stands still with the account that is closed: a package did not move what it keeps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePreview:
    """What a merge would do. `moves` is what stands with `gone`; `fills` names what `kept` lacks and gets."""

    kept: PatronView
    gone: PatronView
    refusals: tuple[MergeRefusal, ...]
    moves: tuple[Belonging, ...]
    fills: tuple[str, ...]


def preview(*, kept: int, gone: int) -> MergePreview:
    """Return what `merge` would do now. Raises PatronUnknown."""
    rows = {row.pk: row for row in Patron.objects.select_related("category").filter(pk__in=(kept, gone))}
    for patron in (kept, gone):
        if patron not in rows:
            raise PatronUnknown(what=patron)
    moves = [belonging for package in packages().values() for belonging in package.of(gone) if belonging.count]
    return MergePreview(
        kept=queries.patron(kept),
        gone=queries.patron(gone),
        refusals=policies.merge_refusals(facts_of(rows[kept]), facts_of(rows[gone])),
        moves=tuple(moves),
        fills=tuple(_lacking(rows[kept], rows[gone])),
    )


@transaction.atomic
def merge(act: Act, *, kept: int, gone: int, reason: str = "") -> PatronView:
    """Give everything that stands with `gone` to `kept`, and close `gone`: its cards open the account of `kept`.

    Loans, reservations, points and money go by what their packages offer (`belongings`). Rows of the ledger stay as
    they are; one is added, for an account is closed. What is personal in `gone` is erased, for it stands with `kept`.
    Locks both rows by id. Raises PatronUnknown, CannotMerge with every reason. Repeating `act.key` returns the reader.
    """
    if first := jobs_queries.answer(act.key, OPERATION):
        return queries.patron(first["kept"])
    rows = {patron: operations.locked(patron) for patron in sorted({kept, gone})}
    if refusals := policies.merge_refusals(facts_of(rows[kept]), facts_of(rows[gone])):
        raise CannotMerge(refusals)
    moved = {str(one.words): one.count for package in packages().values() for one in package.of(gone) if one.count}
    _move_own(act, rows[gone], rows[kept])
    for package in packages().values():
        package.move(act, gone, kept)
    _close(act, gone, kept, reason)
    audit(act, OPERATION, f"patron:{kept}", after={"gone": gone, "moved": moved}, reason=reason)
    audit(act, OPERATION, f"patron:{gone}", after={"kept": kept}, reason=reason)
    jobs.remember(act.key, OPERATION, {"kept": kept}, at=act.at)
    return queries.patron(kept)


def facts_of(row: Patron) -> AccountFacts:
    """Return an account as the rules of merging see it."""
    return AccountFacts(
        id=row.pk,
        is_open=row.status != PatronStatus.DEREGISTERED,
        is_institution=row.category.is_institution,
        document=row.id_number_hash,
        birth_date=row.birth_date,
    )


def _lacking(kept: Patron, gone: Patron) -> list[str]:
    """Return the names of what one account lacks and the other knows."""
    found = [name for name in FILLED if not getattr(kept, name) and getattr(gone, name)]
    if kept.id_number_hash is None and gone.id_number_hash is not None:
        found.append("id_number")
    return found


def _move_own(act: Act, gone: Patron, kept: Patron) -> None:
    """Move what this package keeps, and fill what the surviving account lacks; the later last day holds."""
    number, kind = registering.document_of(gone), gone.document_kind
    lacking = _lacking(kept, gone)
    if number:  # one open account a number: it leaves the one row before it stands on the other
        Patron.objects.filter(pk=gone.pk).update(id_number_cipher=None, id_number_hash=None)
    for name in lacking:
        if name == "id_number":
            registering.set_document(kept, kind=kind, number=number)
        else:
            setattr(kept, name, getattr(gone, name))
    if kept.valid_until is not None:
        kept.valid_until = max(kept.valid_until, gone.valid_until) if gone.valid_until else None
    _stay_stopped(act, gone, kept)
    kept.keeps_history = kept.keeps_history or gone.keeps_history
    kept.save()
    Card.objects.filter(patron=gone).update(patron=kept)
    for only_one in (Guardian, Password, UnitMember):
        if not only_one.objects.filter(patron=kept).exists():
            only_one.objects.filter(patron=gone).update(patron=kept)
    for model in OWN:
        model.objects.filter(patron=gone).update(patron=kept)
    _move_bonds(act, gone, kept)


def _stay_stopped(act: Act, gone: Patron, kept: Patron) -> None:
    """Let a suspension of the account that goes hold for the one that stays; of two the longer one."""
    last = {row: row.suspended_until or date.max for row in (kept, gone) if row.status == PatronStatus.SUSPENDED}
    if last.get(gone, date.min) < max(act.day, last.get(kept, date.min)):
        return
    kept.status, kept.status_since, kept.status_reason = gone.status, gone.status_since, gone.status_reason
    kept.suspended_until = gone.suspended_until


def _move_bonds(act: Act, gone: Patron, kept: Patron) -> None:
    for bond in FamilyBond.objects.filter(Q(holder=gone) | Q(member=gone), ended_at=None):
        holder = kept.pk if bond.holder_id == gone.pk else bond.holder_id
        member = kept.pk if bond.member_id == gone.pk else bond.member_id
        if holder == member or FamilyBond.objects.filter(holder=holder, member=member, ended_at=None).exists():
            bond.ended_at = act.at
        else:
            bond.holder_id, bond.member_id = holder, member
        bond.save()


def _close(act: Act, gone: int, kept: int, reason: str) -> None:
    row = operations.locked(gone)
    if row.open_loans or row.owed_fen or row.deposit_fen:
        raise LeftBehind(f"reader {gone}: {row.open_loans} loans, {row.owed_fen} owed, {row.deposit_fen} deposit")
    operations.close(act, row, reason=reason, why=Closing.MERGED)
    row.merged_into_id = kept
    operations.forget(act, row)
