"""Writes about terminals: entered, changed, given another password, switched off."""

import secrets
from dataclasses import asdict

from django.contrib.auth.hashers import make_password
from django.db import transaction

from wenlan.kernel.acts import Act
from wenlan.protocols.models import Terminal
from wenlan.protocols.sip2 import queries
from wenlan.protocols.sip2.errors import TerminalTaken, TerminalUnknown
from wenlan.protocols.sip2.types import TerminalFacts, TerminalState
from wenlan.staff.operations import audit


@transaction.atomic
def save_terminal(
    act: Act, *, facts: TerminalFacts, terminal: int | None = None, password: str = ""
) -> tuple[TerminalState, str]:
    """Enter a terminal, or change one; return it and its new password, empty when the old one stays.

    A new terminal without a password gets one made for it. The password is kept as a slow hash only and cannot be
    shown again. Raises TerminalUnknown, TerminalTaken.
    """
    row = Terminal() if terminal is None else Terminal.objects.select_for_update().filter(pk=terminal).first()
    if row is None:
        raise TerminalUnknown(what=str(terminal))
    if Terminal.objects.filter(code=facts.code).exclude(pk=row.pk).exists():
        raise TerminalTaken(code=facts.code)
    values = asdict(facts)
    row.node_id, row.department_id = values.pop("node"), values.pop("department")
    values["rights"], values["sort_rules"] = list(values["rights"]), list(values["sort_rules"])
    for name, value in values.items():
        setattr(row, name, value)
    if terminal is None:
        password = password or made_password()
    if password:
        row.password = make_password(password)
    row.save()
    after = values | {"node": row.node_id, "department": row.department_id, "password": bool(password)}
    audit(act, "protocols.save_terminal", f"terminal:{row.pk}", after=after)
    return queries.terminal(row.pk), password


@transaction.atomic
def renew_password(act: Act, *, terminal: int) -> str:
    """Give a terminal a new password and return it; open connections end within seconds. Raises TerminalUnknown."""
    password = made_password()
    if not Terminal.objects.filter(pk=terminal).update(password=make_password(password)):
        raise TerminalUnknown(what=str(terminal))
    audit(act, "protocols.terminal_password", f"terminal:{terminal}")
    return password


@transaction.atomic
def switch(act: Act, *, terminal: int, on: bool) -> None:
    """Switch a terminal on or off; off ends its open connections within seconds. Raises TerminalUnknown."""
    if not Terminal.objects.filter(pk=terminal).update(is_active=on):
        raise TerminalUnknown(what=str(terminal))
    audit(act, "protocols.switch_terminal", f"terminal:{terminal}", after={"is_active": on})


def made_password() -> str:
    """Return a password that a person can type into a machine."""
    return secrets.token_urlsafe(9)
