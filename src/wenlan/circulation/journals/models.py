"""The lines of journals, each with what became of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wenlan.circulation.journals.types import Decision, LineState, Problem


class JournalLine(models.Model):
    """One act that happened without a line to us, under the uuid that its device gave it.

    `told` is what the device said (None: no act could be read, `text` is the line), `happened_at` its time by our
    clock. A waiting line has a `problem` and what was `found`; `is_recorded` says that the act stands in the
    tables nevertheless. `accepted` lists the problems that a person has accepted so far. `ends_nothing` marks a
    return of what was not on loan: a loan that another device tells of later may have ended with it. `card_key` finds
    the acts on a card that was handed out without a line.
    """

    PERSONAL_FIELDS: ClassVar = {
        "told": "erase",
        "text": "erase",
        "found": "erase",
        "said": "erase",
        "card_key": "erase",
    }
    HARMLESS_FIELDS: ClassVar = {
        "id", "uid", "device", "act", "happened_at", "received_at", "node", "by", "sent_by", "state", "problem",
        "is_recorded", "ends_nothing", "accepted", "item_key", "decision", "decided_at", "decided_by", "reason",
    }  # fmt: skip

    uid = models.UUIDField(unique=True, editable=False)
    device = models.CharField(max_length=40)
    act = models.CharField(max_length=12, blank=True)
    happened_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField()
    node = models.ForeignKey("network.Node", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    by = models.CharField(max_length=200, blank=True)  # the user name, as told
    sent_by = models.CharField(max_length=64, blank=True)
    told = models.JSONField(null=True, blank=True)
    text = models.TextField(blank=True, default="")
    state = models.CharField(max_length=12, choices=LineState)
    problem = models.CharField(max_length=20, choices=Problem, blank=True, default="")
    is_recorded = models.BooleanField(default=False)
    ends_nothing = models.BooleanField(default=False)
    found = models.JSONField(default=dict, blank=True)
    said = models.JSONField(default=dict, blank=True)
    accepted = models.JSONField(default=list, blank=True)
    item_key = models.CharField(max_length=200, blank=True, default="")
    card_key = models.CharField(max_length=80, blank=True, default="")
    decision = models.CharField(max_length=12, choices=Decision, blank=True, default="")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=64, blank=True, default="")
    reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="circulation_waiting_line_has_a_problem", condition=~Q(state="waiting") | ~Q(problem="")
            ),
            models.CheckConstraint(
                name="circulation_decided_line_is_whole",
                condition=Q(state__in=["recorded", "waiting"]) | Q(decided_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="circulation_lines_waiting", fields=["node", "id"], condition=Q(state="waiting")),
            models.Index(name="circulation_lines_of_an_item", fields=["item_key", "id"]),
            models.Index(
                name="circulation_lines_of_a_card", fields=["device", "card_key", "id"], condition=~Q(card_key="")
            ),
            models.Index(name="circulation_lines_by_device", fields=["device", "id"]),
            models.Index(name="circulation_lines_by_age", fields=["received_at"]),
        ]

    def __str__(self) -> str:
        return str(self.uid)
