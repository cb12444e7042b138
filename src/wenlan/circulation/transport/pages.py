"""The lists of transport as tabs."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

LISTS = (
    ("way", gettext_lazy("On the way")),
    ("crates", gettext_lazy("Crates")),
    ("boxes", gettext_lazy("Boxes of return machines")),
    ("flows", gettext_lazy("Who sends to whom")),
    ("away", gettext_lazy("Away from home")),
    ("rebalance", gettext_lazy("Rebalance")),
)


def lists(chosen: str) -> list[dict[str, Any]]:
    """Return the lists as tabs, the chosen one marked; boxes and rebalancing are pages of their own."""
    page = reverse("circulation:transport")
    urls = {"rebalance": reverse("circulation:rebalance"), "boxes": reverse("circulation:boxes")}
    return [
        {"label": label, "url": urls.get(code, f"{page}?list={code}"), "current": code == chosen}
        for code, label in LISTS
    ]
