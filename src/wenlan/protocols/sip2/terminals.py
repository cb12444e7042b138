"""Which terminal speaks, and where its acts happen."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password

from wenlan.kernel.acts import Act, Channel
from wenlan.protocols.models import Terminal


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminalView:
    """A signed-in terminal: its code, place and encoding."""

    code: str
    node: int
    department: int | None
    encoding: str

    def act(self, *, at: datetime, content: bytes) -> Act:
        """Return the act that a message asks for.

        Its key is made of the terminal and the message's own bytes without sequence and checksum, so that a
        message sent again (after a lost answer, or on a new connection) is known as the same.
        """
        digest = hashlib.blake2b(content, digest_size=16, key=self.code.encode()).hexdigest()
        return Act(
            at=at,
            node=self.node,
            department=self.department,
            channel=Channel.SIP2,
            device=self.code,
            key=f"sip2:{digest}",
        )


def sign_in(*, code: str, password: str, at: datetime) -> TerminalView | None:
    """Return the terminal whose code and password these are, or None."""
    found = Terminal.objects.filter(code=code, is_active=True).first()
    if found is None or not check_password(password, found.password):
        return None
    Terminal.objects.filter(pk=found.pk).update(last_seen_at=at)
    return TerminalView(code=found.code, node=found.node_id, department=found.department_id, encoding=found.encoding)


def enrol(*, code: str, password: str, node: int, department: int | None = None, encoding: str = "utf-8") -> None:
    """Enter a terminal, or give it another password, place or encoding."""
    "".encode(encoding)  # raises LookupError for a name that Python does not know
    Terminal.objects.update_or_create(
        code=code,
        defaults={
            "password": make_password(password),
            "node_id": node,
            "department_id": department,
            "encoding": encoding,
            "is_active": True,
        },
    )
