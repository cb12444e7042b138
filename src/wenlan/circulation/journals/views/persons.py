"""Who a waiting registration tells of, as far as the desk that decides may see it."""

from typing import Any

from wenlan.circulation.journals import registering
from wenlan.circulation.journals.models import JournalLine
from wenlan.circulation.journals.types import JournalAct
from wenlan.patrons import queries as patrons
from wenlan.patrons.errors import PatronUnknown
from wenlan.patrons.policies import masked_id_number
from wenlan.patrons.types import PatronView, masked_name, masked_phone
from wenlan.staff.desks import Desk
from wenlan.staff.types import Right


def categories() -> list[tuple[str, str]]:
    """Return the categories that readers are registered under, to choose from."""
    return [(one.code, one.name) for one in patrons.categories() if one.is_open]


def person_of(desk: Desk, row: JournalLine) -> dict[str, Any] | None:
    """Return who is to be registered, None for any other line.

    The document always comes masked, the rest only for who may see names there.
    """
    if row.act != JournalAct.REGISTER or row.told is None:
        return None
    try:
        said = registering.person_told(row.told)
    except ValueError:
        return {"name": "", "category": str(row.told.get("category", ""))}
    whole = desk.may(Right.PATRONS_NAMES, row.node_id)
    guardian = said.get("guardian") if isinstance(said.get("guardian"), dict) else {}
    code = str(row.told.get("category", ""))
    category = patrons.category(code)
    return {
        "name": str(said.get("name", "")) if whole else masked_name(str(said.get("name", ""))),
        "document": masked_id_number(str(said.get("document", ""))) if said.get("document") else "",
        "birth": str(said.get("birth", "")) if whole else "",
        "phone": str(said.get("phone", "")) if whole else masked_phone(str(said.get("phone", ""))),
        "category": category.name if category else code,
        "guardian": " ".join(str(guardian.get(part, "")) for part in ("name", "phone")) if whole and guardian else "",
    }


def reader_there(desk: Desk, row: JournalLine) -> PatronView | None:
    """Return the reader who stands in the way of a registration: the same person, or who has the card."""
    known = row.found.get("reader") if row.act == JournalAct.REGISTER else None
    if known is None:
        return None
    try:
        reader = patrons.patron(int(known))
    except PatronUnknown:
        return None
    return reader if desk.may(Right.PATRONS_NAMES, reader.home_node) else reader.masked()
