"""The parts of the pocket file."""

from wenlan.catalogue.pocket.models import PocketPart
from wenlan.catalogue.pocket.types import PartView


def parts() -> tuple[PartView, ...]:
    """Return every part that has lines, without its bytes (one statement)."""
    rows = PocketPart.objects.filter(lines__gt=0).order_by("number").values_list("number", "digest", "bytes", "lines")
    return tuple(PartView(number=row[0], digest=row[1], bytes=row[2], lines=row[3]) for row in rows)


def is_made() -> bool:
    """Return whether the file has been made at all (one statement)."""
    return PocketPart.objects.exists()


def content(number: int, digest: str) -> bytes | None:
    """Return the bytes of a part, None where it is no longer so (one statement)."""
    row = PocketPart.objects.filter(number=number, digest=digest).values_list("content", flat=True).first()
    return bytes(row) if row is not None else None
