"""What machines are called where acts name who did them."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from wenlan.network import queries as network
from wenlan.protocols.models import Terminal


def subject_words(kinds: Collection[str], codes: Collection[str]) -> dict[str, str]:
    """Return nothing: acts over SIP2 have no subject of their own."""
    return {}


def device_words(codes: Collection[str]) -> dict[str, str]:
    """Return the names of self-service machines by code: where they stand, and the code on them (one statement)."""
    found = Terminal.objects.filter(code__in=codes).values_list("code", "node", "department")
    return {
        code: _("%(place)s machine %(code)s") % {"place": place_of(node, department), "code": code}
        for code, node, department in found
    }


def place_of(node: int, department: int | None) -> str:
    """Return the room a machine stands in, or else its library."""
    return network.department(department).name if department is not None else network.node(node).name
