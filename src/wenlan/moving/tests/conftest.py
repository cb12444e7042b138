"""The places that every export is taken in at."""

import pytest

from wenlan.circulation.testing import make_rule
from wenlan.network.testing import make_network
from wenlan.patrons import operations as patrons


@pytest.fixture
def places(db) -> dict[str, int]:
    """Return the nodes of a network of two branches with a lending rule, by their codes."""
    patrons.load_categories()
    root, east, west = make_network("EAST", "WEST")
    make_rule(root.id)
    return {"root": root.id, "EAST": east.id, "WEST": west.id}
