"""The desk of whoever is signed in: who, where, and what they may do there."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest

from wenlan.kernel.acts import Act, Channel
from wenlan.kernel.ids import new_uid
from wenlan.network import queries as network
from wenlan.network.types import NodeKind, NodeView
from wenlan.staff import queries
from wenlan.staff.errors import NotAllowed
from wenlan.staff.sessions import signed_in
from wenlan.staff.types import Right, StaffView
from wenlan.ui import clock

LOCKED = "desk_locked"
PLACE, DEPARTMENT, DEVICE = "desk_node", "desk_department", "desk_device"


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A member of staff at a place. Rights are asked of the tree as it stands today.

    `granted` are the rights granted at each node, where whoever made the desk has read them.
    """

    staff: StaffView
    node: int
    department: int | None
    device: str
    channel: Channel = Channel.DESK
    granted: Mapping[int, frozenset[str]] | None = None

    def act(self, key: str | None = None) -> Act:
        """Return the act that happens now at this desk; `key` makes it safe to repeat."""
        return Act(
            at=clock.now(),
            node=self.node,
            department=self.department,
            channel=self.channel,
            staff=self.staff.id,
            device=self.device,
            key=key or str(new_uid()),
        )

    @cached_property
    def rights(self) -> Mapping[int, frozenset[str]]:
        """The rights granted at each node today."""
        return self.granted if self.granted is not None else queries.rights_by_node(self.staff.id, clock.today())

    @cached_property
    def visible(self) -> frozenset[int]:
        """The nodes whose lists this member of staff sees."""
        today = clock.today()
        return frozenset().union(*(network.subtree(node, today) for node in self.rights))

    def nodes_with(self, right: Right) -> frozenset[int]:
        """Return the nodes at which the right is held."""
        today = clock.today()
        return frozenset().union(
            *(network.subtree(node, today) for node, granted in self.rights.items() if right.value in granted)
        )

    def may(self, right: Right, node: int | None = None) -> bool:
        """Return whether the right is held at the node (default: this desk's)."""
        way_up = network.ancestors(self.node if node is None else node, clock.today())
        return any(right.value in self.rights.get(place, ()) for place in way_up)

    def insist(self, right: Right, node: int | None = None) -> None:
        """Raise NotAllowed unless the right is held at the node."""
        if not self.may(right, node):
            raise NotAllowed(right=right.label)

    @property
    def place(self) -> NodeView:
        """The node this desk stands at."""
        return network.node(self.node)

    @property
    def allowed(self) -> frozenset[str]:
        """Every right held at this desk, for the menu."""
        way_up = network.ancestors(self.node, clock.today())
        return frozenset().union(*(self.rights.get(place, frozenset()) for place in way_up))


def desk_of(request: HttpRequest) -> Desk | None:
    """Return the desk of a signed-in request; None for strangers and locked sessions."""
    account = signed_in(request.session)
    if account is None or request.session.get(LOCKED):
        return None
    staff = account.staff
    node = request.session.get(PLACE, staff.home_node)
    return Desk(
        staff=staff,
        node=node,
        channel=channel_at(node),
        department=request.session.get(DEPARTMENT, staff.department),
        device=request.session.get(DEVICE, ""),
        granted=account.rights,
    )


def channel_at(node: int) -> Channel:
    """Return by which channel a desk at a place serves: on the bus it is the bus (流动办证), anywhere else the desk."""
    kinds = {NodeKind.BUS, NodeKind.BUS_STOP}
    return Channel.BUS if network.node(node).kind in kinds else Channel.DESK
