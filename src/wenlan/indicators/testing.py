"""A small tree and acts on it, for tests of figures."""

from datetime import date

from wenlan.ledger.testing import make_act
from wenlan.network import operations as network
from wenlan.network.types import NodeFacts, NodeKind

LONG_AGO = date(2010, 1, 1)


def make_node(code: str, *, kind: NodeKind, parent: int | None = None, since: date = LONG_AGO) -> int:
    """Open a node and return its id."""
    names = {"zh": code, "en": code}
    return network.open_node(make_act(), NodeFacts(code=code, names=names, kind=kind, parent=parent, since=since)).id


def make_tree() -> dict[str, int]:
    """Open a network with a main library (and its bus) and two branches; return their ids by code."""
    root = make_node("NET", kind=NodeKind.NETWORK)
    main = make_node("MAIN", kind=NodeKind.LIBRARY, parent=root)
    return {
        "NET": root,
        "MAIN": main,
        "BUS": make_node("BUS", kind=NodeKind.BUS, parent=main),
        "EAST": make_node("EAST", kind=NodeKind.BRANCH, parent=root),
        "WEST": make_node("WEST", kind=NodeKind.BRANCH, parent=root),
    }
