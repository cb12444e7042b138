"""What every page shell needs to know."""

from typing import Any

from django.http import HttpRequest

from wenlan.network import queries as network
from wenlan.ui import clock


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the library's name, the demo mark, the day, and the desk of whoever is signed in."""
    root = network.root_or_none()
    return {
        "library_name": root.name if root else "文澜",
        "demo_mark": bool(root and root.is_demo),
        "today": clock.today(),
        "desk": getattr(request, "desk", None),
    }
