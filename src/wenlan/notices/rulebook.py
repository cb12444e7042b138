"""How notices go at a place: the nearest rule and the nearest carriers on the way up the tree."""

from wenlan.network import queries as network
from wenlan.notices.models import NoticeRule, Sender
from wenlan.notices.types import Means, Rule, SenderView


def rule_at(node: int) -> Rule:
    """Return the rule of a place: its own, or the nearest one above, or the shipped one (one statement)."""
    way_up = network.ancestors(node)
    own = {row.node_id: row for row in NoticeRule.objects.filter(node__in=way_up)}
    row = next((own[place] for place in way_up if place in own), None)
    if row is None:
        return Rule(node=way_up[-1] if way_up else node)
    return Rule(
        node=row.node_id,
        quiet_from=row.quiet_from,
        quiet_until=row.quiet_until,
        means=tuple(Means(code) for code in row.means),
        off=frozenset(row.off),
    )


def senders_at(node: int) -> dict[str, Sender]:
    """Return the carriers of a place by means: for each the nearest one up the tree, if it is on (one statement).

    A carrier that is switched off at a place keeps those above from being used there.
    """
    way_up = network.ancestors(node)
    found: dict[str, Sender] = {}
    rows = sorted(Sender.objects.filter(node__in=way_up), key=lambda row: way_up.index(row.node_id))
    for row in rows:
        found.setdefault(row.means, row)
    return {means: row for means, row in found.items() if row.is_on}


def sender_view(row: Sender) -> SenderView:
    """Return the public side of a carrier."""
    return SenderView(
        id=row.pk,
        node=row.node_id,
        means=row.means,
        name=row.name,
        host=row.host,
        port=row.port,
        is_encrypted=row.is_encrypted,
        user=row.user,
        has_secret=bool(row.sealed),
        signature=row.signature,
        templates=row.templates,
        is_on=row.is_on,
    )
