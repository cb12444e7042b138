"""Accounts, roles, signing in, and writing the audit trail."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import pyotp
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from wenlan.kernel.acts import Act
from wenlan.kernel.errors import NotFound
from wenlan.staff.errors import NameTaken, SignInRefused, TooManyTries
from wenlan.staff.models import AuditEntry, Grant, Role, SignInTry, StaffMember
from wenlan.staff.queries import view_of
from wenlan.staff.roles import SHIPPED
from wenlan.staff.types import StaffView

FREE_TRIES = 5
HELD_BACK = timedelta(minutes=15)


@cache
def nobodys_password() -> str:
    """Return a hash that fits nobody: an unknown name takes as long to refuse as a wrong password."""
    return make_password("nobody's password")


@transaction.atomic
def ship_roles() -> None:
    """Write the shipped roles; those that a library changed by hand keep their rights."""
    for facts in SHIPPED:
        Role.objects.get_or_create(
            code=facts.code, defaults={"names": dict(facts.names), "rights": [right.value for right in facts.rights]}
        )


@transaction.atomic
def create_member(
    act: Act | None,
    *,
    username: str,
    name: str,
    password: str,
    home_node: int,
    department: int | None = None,
    must_change_password: bool = False,
) -> StaffView:
    """Open an account. Raises NameTaken. `act` is None only for the first administrator."""
    if StaffMember.objects.filter(username__iexact=username).exists():
        raise NameTaken(username=username)
    member = StaffMember.objects.create(
        username=username,
        name=name,
        password=make_password(password),
        home_node_id=home_node,
        department_id=department,
        must_change_password=must_change_password,
    )
    if act is not None:
        audit(act, "staff.created", f"staff:{member.pk}", after={"username": username})
    return view_of(member)


@transaction.atomic
def grant(act: Act | None, *, staff: int, role: str, node: int, from_day: date, until_day: date | None = None) -> None:
    """Give a role over a node and all under it; a delegation carries its last day. Raises NotFound."""
    found = Role.objects.filter(code=role).first()
    if found is None:
        raise NotFound(what=role)
    Grant.objects.update_or_create(
        staff_id=staff,
        role=found,
        node_id=node,
        from_day=from_day,
        defaults={"until_day": until_day, "granted_by_id": act.staff if act else None},
    )
    if act is not None:
        audit(act, "staff.granted", f"staff:{staff}", after={"role": role, "node": node})


def check_sign_in(*, username: str, password: str, code: str = "", at: datetime) -> StaffView:
    """Return whose name, password and one-time code these are.

    Raises SignInRefused, or TooManyTries after `FREE_TRIES` failures in a row until `HELD_BACK` has passed.
    """
    tried = SignInTry.objects.filter(username=username.lower()).first()
    if tried and tried.failures >= FREE_TRIES and at - tried.last_at < HELD_BACK:
        raise TooManyTries(minutes=int(HELD_BACK.total_seconds() // 60))
    member = StaffMember.objects.filter(username__iexact=username, is_active=True).first()
    right = check_password(password, member.password if member else nobodys_password())
    if member is None or not right or not code_is_right(member, code, at):
        failures = tried.failures + 1 if tried and at - tried.last_at < HELD_BACK else 1
        SignInTry.objects.update_or_create(
            username=username.lower()[:60], defaults={"failures": failures, "last_at": at}
        )
        raise SignInRefused()
    SignInTry.objects.filter(username=username.lower()).delete()
    return view_of(member)


def code_is_right(member: StaffMember, code: str, at: datetime) -> bool:
    """Return whether the one-time code fits; members without a secret need none (RFC 6238, ±30 s)."""
    if not member.totp_secret:
        return True
    return pyotp.TOTP(member.totp_secret).verify(code, for_time=at, valid_window=1)


@transaction.atomic
def set_totp(act: Act, *, staff: int, secret: str, code: str) -> None:
    """Ask for one-time codes of this secret from now on. Raises SignInRefused when `code` does not fit it."""
    if not pyotp.TOTP(secret).verify(code, for_time=act.at, valid_window=1):
        raise SignInRefused()
    StaffMember.objects.filter(pk=staff).update(totp_secret=secret)
    audit(act, "staff.totp_set", f"staff:{staff}")


@transaction.atomic
def set_password(act: Act, *, staff: int, password: str) -> None:
    """Replace a password; all sessions opened with the old one end."""
    StaffMember.objects.filter(pk=staff).update(password=make_password(password), must_change_password=False)
    audit(act, "staff.password_set", f"staff:{staff}")


def audit(
    act: Act,
    action: str,
    subject: str,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> None:
    """Write who changed what into the other book, in the transaction of the change."""
    AuditEntry.objects.create(
        at=act.at,
        staff_id=act.staff,
        device=act.device,
        node_id=act.node,
        action=action,
        subject=subject,
        before=dict(before) if before is not None else None,
        after=dict(after) if after is not None else None,
        reason=reason[:200],
    )


def audit_many(act: Act, action: str, subjects: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
    """Write the same act on several subjects, each with what it became, by few statements."""
    AuditEntry.objects.bulk_create(
        [
            AuditEntry(
                at=act.at,
                staff_id=act.staff,
                device=act.device,
                node_id=act.node,
                action=action,
                subject=subject,
                after=dict(after),
            )
            for subject, after in subjects
        ],
        batch_size=500,
    )
