"""The dated tree: nodes keep their code for ever, all else about them has a first and a last day.

Spans are half-open: `from_day` is in, `until_day` is out, and null means still so.
"""

from django.db import models
from django.db.models import F, Q

from wenlan.kernel.ids import new_uid
from wenlan.network.almanac.models import AdmissionCap, Season, SpecialDay
from wenlan.network.types import DepartmentKind, NodeKind, NodeStatus

__all__ = [
    "AdmissionCap",
    "ClosedPeriod",
    "Closure",
    "Department",
    "Node",
    "NodeState",
    "OpeningHours",
    "Placement",
    "Season",
    "SpecialDay",
]


def span_is_forward(name: str) -> models.CheckConstraint:
    """Return the constraint that a span ends after it starts."""
    return models.CheckConstraint(condition=Q(until_day__isnull=True) | Q(until_day__gt=F("from_day")), name=name)


class Node(models.Model):
    """A place of the network. Its code is immutable; names, kind and parent are dated rows."""

    code = models.CharField(max_length=40, unique=True)
    uid = models.UUIDField(unique=True, default=new_uid, editable=False)
    isil = models.CharField(max_length=16, blank=True)
    division_code = models.CharField(max_length=12, blank=True)
    address = models.CharField(max_length=200, blank=True)
    area_m2 = models.PositiveIntegerField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return self.code


class NodeState(models.Model):
    """What a node is called and what it is, for a span of days."""

    node = models.ForeignKey(Node, models.PROTECT, related_name="+")
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)
    names = models.JSONField()
    kind = models.CharField(max_length=20, choices=NodeKind)
    status = models.CharField(max_length=12, choices=NodeStatus, default=NodeStatus.OPEN)
    statistical_unit = models.BooleanField(default=False)
    host_kind = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            span_is_forward("network_nodestate_span"),
            models.UniqueConstraint(fields=["node", "from_day"], name="network_one_state_a_day"),
            models.UniqueConstraint(
                fields=["node"], condition=Q(until_day__isnull=True), name="network_one_present_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.node_id} {self.from_day}"


class Placement(models.Model):
    """Under which node a node stands, for a span of days. The root has none."""

    node = models.ForeignKey(Node, models.PROTECT, related_name="+")
    parent = models.ForeignKey(Node, models.PROTECT, related_name="+")
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            span_is_forward("network_placement_span"),
            models.CheckConstraint(condition=~Q(node=F("parent")), name="network_not_under_itself"),
            models.UniqueConstraint(
                fields=["node"], condition=Q(until_day__isnull=True), name="network_one_present_parent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.node_id} under {self.parent_id}"


class Closure(models.Model):
    """Every ancestor of every node with its span; a node is its own ancestor at depth 0."""

    ancestor = models.ForeignKey(Node, models.PROTECT, related_name="+")
    descendant = models.ForeignKey(Node, models.PROTECT, related_name="+")
    depth = models.PositiveSmallIntegerField()
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            span_is_forward("network_closure_span"),
            models.UniqueConstraint(fields=["ancestor", "descendant", "from_day"], name="network_closure_once"),
        ]
        indexes = [models.Index(fields=["descendant", "ancestor"], name="network_closure_up")]

    def __str__(self) -> str:
        return f"{self.ancestor_id} over {self.descendant_id}"


class Department(models.Model):
    """A department, desk or room of a node: a dimension of loans, visits, activities and staff."""

    node = models.ForeignKey(Node, models.PROTECT, related_name="+")
    code = models.CharField(max_length=40, unique=True)
    names = models.JSONField()
    kind = models.CharField(max_length=20, choices=DepartmentKind)
    seats = models.PositiveIntegerField(null=True, blank=True)
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [span_is_forward("network_department_span")]

    def __str__(self) -> str:
        return self.code


class OpeningHours(models.Model):
    """One opening of a weekday (0 = Monday) for a span of days; several a day are allowed (a noon break)."""

    node = models.ForeignKey(Node, models.PROTECT, related_name="+")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            span_is_forward("network_openinghours_span"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="network_weekday_is_a_day"),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="network_closes_after_opening"),
            models.UniqueConstraint(fields=["node", "weekday", "opens", "from_day"], name="network_hours_once"),
        ]

    def __str__(self) -> str:
        return f"{self.node_id} {self.weekday} {self.opens}"


class ClosedPeriod(models.Model):
    """Days on which a node and all under it are shut: holidays, repairs, an epidemic. `end` is out."""

    node = models.ForeignKey(Node, models.PROTECT, related_name="+")
    start = models.DateField()
    end = models.DateField()
    reason = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="network_closedperiod_span"),
            models.UniqueConstraint(fields=["node", "start"], name="network_closed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.node_id} {self.start}"
