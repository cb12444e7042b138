"""What may be kept, and where."""

from datetime import date

LARGEST = 12_000_000
BEGINNINGS = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"%PDF-", "application/pdf"))


def content_type(content: bytes) -> str:
    """Return what the first bytes say a file is, '' for none that is kept. The name and the sender are not believed."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for beginning, kind in BEGINNINGS if content.startswith(beginning)), "")


def address(digest: str) -> str:
    """Return where a content lies under the media: by its own digest, so that it lies there once."""
    return f"files/{digest[:2]}/{digest}"


def may_go(keep_until: date | None, today: date) -> bool:
    """Tell whether a file's time is over."""
    return keep_until is not None and keep_until <= today
